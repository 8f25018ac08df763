import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, stopPostgres } from "@daybook/postgres-server";

const prefix = "daybook-test-";

/** A temporary folder that carries the number of the process it belongs to. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  // Run by root, the server is another user, who must be able to pass.
  chmodSync(folder, 0o755);
  return folder;
}

/** A run that was killed leaves its server behind, for nobody can clean up after SIGKILL but the next one. */
export async function sweepTestFolders(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(/^daybook-test-(\d+)-/.exec(name)?.[1]);
    if (!Number.isInteger(owner) || isAlive(owner)) continue;
    const folder = join(tmpdir(), name);
    try {
      await stopPostgres(join(folder, "postgres"));
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's leftovers are theirs to clean.
    }
  }
}
