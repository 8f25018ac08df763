import type { Reporter, TestModule } from "vitest/node";

/**
 * Ends the output of a test run with one line that a machine can read: `412 passed, 0 failed, 3 skipped`.
 * Before it stands each test that only passed when it was tried again: it is a defect to mend, though it does not stop a change.
 */
// A default export because that is how vitest finds a reporter given by its path.
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const lines = [...unsteadyLines(modules.flatMap((module) => [...module.children.allTests()])), closingLine(count(modules, errors.length))];
    // After vitest's own summary, which it prints at the same moment.
    process.once("exit", () => console.log(lines.join("\n")));
  }
}

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}

/** What vitest knows of a test, as far as a second try is concerned. */
interface Tried {
  fullName: string;
  module: { relativeModuleId: string };
  diagnostic: () => { flaky: boolean } | undefined;
}

export const unsteadyLines = (tests: readonly Tried[]): string[] =>
  tests.filter((test) => test.diagnostic()?.flaky).map(({ module, fullName }) => `passed only when tried again: ${module.relativeModuleId} > ${fullName}`);

/** A file that does not even load, and an error outside of any test, count as failures: otherwise they would not show. */
function count(modules: readonly TestModule[], errorsOutside: number): Counts {
  const counts = { passed: 0, failed: errorsOutside, skipped: 0 };
  for (const module of modules) {
    const tests = [...module.children.allTests()];
    for (const test of tests) {
      const { state } = test.result();
      counts[state === "pending" ? "failed" : state] += 1;
    }
    if (module.state() === "failed" && tests.every((test) => test.result().state !== "failed")) counts.failed += 1;
  }
  return counts;
}
