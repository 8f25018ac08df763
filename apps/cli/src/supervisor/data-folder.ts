import { accessSync, chmodSync, constants, mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** The folder that is kept between runs: DAYBOOK_DATA, or `.data` in the checkout. */
export function openDataFolder(checkout: string, chosen: string | undefined): string {
  const folder = chosen === undefined || chosen === "" ? join(checkout, ".data") : resolve(chosen);
  try {
    const made = mkdirSync(folder, { recursive: true });
    // Root's database server runs as another user, who must be able to pass. Files with secrets have their own mode.
    if (made !== undefined) chmodSync(folder, process.getuid?.() === 0 ? 0o755 : 0o700);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(unusable(folder, error), { cause: error });
  }
  return folder;
}

function unusable(folder: string, error: unknown): string {
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
  const why = owner !== undefined && owner !== process.getuid?.() ? `it belongs to another user (number ${owner})` : String(error);
  return `The data folder ${folder} cannot be used: ${why}. Set DAYBOOK_DATA to a folder of yours.`;
}
