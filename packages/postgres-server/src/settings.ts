import { totalmem } from "node:os";

export interface SettingsRequest {
  /** False only in tests: a crash of the machine may then lose what was committed. A crash of the server does not. */
  durable: boolean;
  memoryBytes?: number;
}

/**
 * The settings file, written at every start and included by postgresql.conf, so that `alter system` still overrides it.
 * Chosen for the machine Daybook is tried on (2 cores, up to 24 GiB) shared with its own API, worker and a browser.
 */
export function settingsFile({ durable, memoryBytes = totalmem() }: SettingsRequest): string {
  const memoryMb = Math.floor(memoryBytes / 2 ** 20);
  const settings = {
    // Reached over loopback only. No socket file: its path may be at most 107 bytes, which a deep checkout exceeds.
    listen_addresses: "'127.0.0.1'",
    unix_socket_directories: "''",
    password_encryption: "'scram-sha-256'",
    timezone: "'UTC'",
    log_timezone: "'UTC'",
    log_line_prefix: "'%m [%p] %a '",
    log_checkpoints: "off",
    // An eighth of the memory up to 512 MB: recent months of the log and their indexes; the rest is the system's file cache.
    shared_buffers: `${Math.max(32, Math.min(512, Math.floor(memoryMb / 8)))}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(memoryMb / 2))}MB`,
    work_mem: "16MB",
    maintenance_work_mem: "128MB",
    // Audit events are written in bursts: fewer, smoother checkpoints, compressed full-page images.
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    wal_compression: "on",
    // Two cores: one helper per query at most, and no compiling of plans, which costs more than these queries take.
    max_parallel_workers_per_gather: "1",
    jit: "off",
    // Solid-state disks answer a random page nearly as fast as the next one.
    random_page_cost: "1.1",
    // A commit still reaches the system's file cache before it is acknowledged, so `kill -9` of the server loses nothing.
    ...(durable ? {} : { fsync: "off", full_page_writes: "off" }),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return `# Written by Daybook at every start. Change settings with \`alter system\`, which wins over this file.\n${lines.join("\n")}\n`;
}

export const settingsFileName = "daybook.conf";
