import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, startMark } from "@daybook/postgres-server";

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessMark {
  pid: number;
  mark: string | null;
}

/** Who runs Daybook on this data folder. */
export interface Running extends ProcessMark {
  /** What to open, and where to ask whether it is alive. Null until the console answers. */
  console: { url: string; local: string } | null;
  children: ProcessMark[];
}

export interface Claim {
  /** Processes of a supervisor that was killed and may still be on their way out. */
  leftovers: ProcessMark[];
  update: (running: Partial<Pick<Running, "console" | "children">>) => void;
  release: () => void;
}

const triesMax = 10;

/** Takes the data folder for this process, or tells who has it. A claim whose process is gone counts for nothing. */
export function claimFolder(folder: string): { claim: Claim } | { other: Running } {
  const path = join(folder, "running.json");
  let running: Running = { ...markOf(process.pid), console: null, children: [] };
  let leftovers: ProcessMark[] = [];
  for (let attempt = 0; attempt < triesMax; attempt++) {
    if (createWhole(path, running)) return { claim: makeClaim() };
    const other = readRunning(path);
    if (other !== null && stillRuns(other)) return { other };
    leftovers = other?.children.filter(stillRuns) ?? [];
    setAside(path, other);
  }
  throw new Error(`${path} cannot be taken: other processes keep taking it. Try again.`);

  function makeClaim(): Claim {
    return {
      leftovers,
      update(change) {
        running = { ...running, ...change };
        write(`${path}.new`, running);
        renameSync(`${path}.new`, path);
      },
      release: () => rmSync(path, { force: true }),
    };
  }
}

export function markOf(pid: number): ProcessMark {
  return { pid, mark: startMark(pid) };
}

export function stillRuns({ pid, mark }: ProcessMark): boolean {
  return isAlive(pid) && startMark(pid) === mark;
}

/** The claim as it stands; null when there is none, or none that can be read. */
export function readRunning(path: string): Running | null {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as Running;
    return Number.isInteger(value.pid) && Array.isArray(value.children) ? value : null;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EACCES") throw error;
    return null;
  }
}

/** A link either appears complete or not at all: nobody reads half a claim. */
function createWhole(path: string, running: Running): boolean {
  const draft = `${path}.${process.pid}`;
  write(draft, running);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

/** Two starts may find the same dead claim. Whoever moved away something other than what it judged dead puts it back. */
function setAside(path: string, judged: Running | null): void {
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readRunning(aside);
  if (moved !== null && (moved.pid !== judged?.pid || moved.mark !== judged.mark)) renameSync(aside, path);
  else rmSync(aside);
}

function write(path: string, running: Running): void {
  writeFileSync(path, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
}
