import { readFileSync, renameSync, rmSync, statSync } from "node:fs";

const logBytesMax = 10_000_000;
const tailLinesMax = 12;

/** Keeps one older file: enough to look back, bounded for a server that complains for weeks. */
export function rotateLog(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size < logBytesMax) return;
  rmSync(`${path}.old`, { force: true });
  renameSync(path, `${path}.old`);
}

/** The last lines written after an offset: what this start said, not the last one. */
export function logTail(path: string, fromByte: number): string {
  try {
    const lines = readFileSync(path).subarray(fromByte).toString("utf8").trimEnd().split("\n");
    return lines.slice(-tailLinesMax).join("\n");
  } catch {
    return "";
  }
}
