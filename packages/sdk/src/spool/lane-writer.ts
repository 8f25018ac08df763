import { closeSync, fdatasync, fdatasyncSync, fstatSync, fsyncSync, ftruncateSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { segmentName } from "./segment.ts";
import type { Position } from "./segment.ts";

/** The end of a lane that its process writes. */
export interface LaneWriter {
  readonly end: Position;
  /** Writes whole lines and returns where each ends. When the disk refuses, nothing of them stays and it throws. */
  append(lines: readonly string[]): Position[];
  /** Resolves when everything appended so far would survive a power cut. */
  sync(): Promise<void>;
  close(): void;
}

/** The folder was renamed by a process that took this one for dead: its lines are in good hands, but not in ours. */
export class LaneLost extends Error {}

const syncData = promisify(fdatasync);

export function openLaneWriter(folder: string, { segmentBytesMax }: { segmentBytesMax: number }): LaneWriter {
  let segment = 0;
  let offset = 0;
  let file = -1;
  let syncing: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function rotate(): void {
    const fresh = openSync(join(folder, segmentName(segment + 1)), "ax", 0o600);
    if (file !== -1) {
      fdatasyncSync(file);
      closeFile();
    }
    file = fresh;
    segment += 1;
    offset = 0;
    syncFolder(folder);
  }

  /** A sync that is under way uses the descriptor until it ends. */
  function closeFile(): void {
    const old = file;
    const close = () => closeSync(old);
    file = -1;
    if (syncing) void syncing.then(close, close);
    else close();
  }

  /** Fails unless the file is still found under its name: written lines may then be claimed as ours. */
  function claim(): void {
    const path = join(folder, segmentName(segment));
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.ino !== fstatSync(file).ino) throw new LaneLost(`${path} was taken over by another process`);
  }

  /** One sync under way and one to come serve everybody, however many ask. */
  function sync(): Promise<void> {
    // Closed: everything in it was acknowledged or synced before.
    if (file === -1) return Promise.resolve();
    if (!syncing) return (syncing = syncData(file).finally(() => (syncing = undefined)));
    const goOn = () => {
      next = undefined;
      return sync();
    };
    return (next ??= syncing.then(goOn, goOn));
  }

  rotate();
  return {
    get end() {
      return { segment, offset };
    },
    append(lines) {
      if (offset >= segmentBytesMax) {
        claim();
        rotate();
      }
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
      try {
        for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
      } catch (error) {
        // Half a line would run into the next one.
        ftruncateSync(file, offset);
        throw error;
      }
      claim();
      return lines.map((line) => ({ segment, offset: (offset += Buffer.byteLength(line) + 1) }));
    },
    sync,
    close: closeFile,
  };
}

/** A new name is durable when its folder is. Windows cannot sync a folder and does not need to. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
