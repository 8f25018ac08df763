import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";

const bytesMax = 10_000_000;

export interface LogFile {
  write: (line: string) => void;
  close: () => void;
}

/** Appends lines, and keeps one older file of the same size. A full disk loses log lines, never the process that logs. */
export function openLogFile(path: string): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  let file = openSync(path, "a", 0o600);
  let size = statSync(path).size;
  const rotate = () => {
    closeSync(file);
    renameSync(path, `${path}.old`);
    file = openSync(path, "a", 0o600);
    size = 0;
  };
  return {
    write(line) {
      try {
        if (size > bytesMax) rotate();
        size += writeSync(file, `${line}\n`);
      } catch {
        // Nowhere to say it.
      }
    },
    close: () => closeSync(file),
  };
}
