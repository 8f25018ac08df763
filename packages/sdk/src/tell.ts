import type { Problem } from "./receipt.ts";

/** One line a minute for each code: enough to be seen, too little to fill a disk. */
const quietMs = 60_000;

/** What a listener throws is its own affair: business code that logs must not see it. */
export function openTell(onProblem: ((problem: Problem) => void) | undefined, nowMs: () => number): (problem: Problem) => void {
  const listener = onProblem ?? toConsole(nowMs);
  return (problem) => {
    try {
      listener(problem);
    } catch {
      // Nobody is left to tell.
    }
  };
}

function toConsole(nowMs: () => number): (problem: Problem) => void {
  const lastMs = new Map<string, number>();
  return ({ code, message }) => {
    const now = nowMs();
    if (now - (lastMs.get(code) ?? -Infinity) < quietMs) return;
    lastMs.set(code, now);
    console.warn(`daybook: ${message} (${code})`);
  };
}
