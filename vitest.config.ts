import { defineConfig } from "vitest/config";

const seconds = 1000;
const notOurs = ["**/node_modules/**", "**/dist/**"];
const inABrowser = ["apps/web/e2e/**/*.e2e.test.ts", "{apps/cli,packages}/**/*.e2e.test.ts", "docker/**/*.e2e.test.ts"];
/** They kill what they run on, or hold it to a time. */
const wantTheMachine = ["apps/web/e2e/{kill,explorer-tail}.e2e.test.ts", "{apps/cli,packages}/**/*.e2e.test.ts", "docker/**/*.e2e.test.ts"];
/** Ends what hangs, and nothing else: work of 1 s has taken 18 s on two cores that thirty processes wanted. What must be quick is held to a ratio or to a bound in its own test. */
const unhurried = { testTimeout: 300 * seconds, hookTimeout: 300 * seconds };
/** They start servers, builds and browsers: long patience. A browser on a machine that somebody else loads too can miss a wait by chance; the closing lines name each such test. */
const patient = { retry: 1, testTimeout: 240 * seconds, hookTimeout: 240 * seconds };

export default defineConfig({
  test: {
    // Two cores: more workers only make each other slow.
    maxWorkers: 2,
    reporters: ["default", "./packages/testkit/src/closing-line.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "core",
          include: ["packages/**/*.test.{ts,tsx}", "apps/{api,worker,cli}/**/*.test.{ts,tsx}"],
          exclude: [...notOurs, "**/*.db.test.ts", "**/*.e2e.test.ts", "packages/tidy/**"],
          ...unhurried,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: notOurs,
          globalSetup: ["./vitest.database.ts"],
          ...unhurried,
        },
      },
      {
        extends: "./apps/web/vite.config.ts",
        test: {
          name: "web",
          root: "./apps/web",
          include: ["src/**/*.test.{ts,tsx}"],
          ...unhurried,
        },
      },
      {
        extends: true,
        test: { name: "tidy", include: ["packages/tidy/**/*.test.ts"], exclude: notOurs, ...unhurried },
      },
      // A page keeps little more than one core busy.
      { extends: true, test: { name: "e2e", include: inABrowser, exclude: [...notOurs, ...wantTheMachine], ...patient } },
      { extends: true, test: { name: "e2e-alone", include: wantTheMachine, exclude: notOurs, fileParallelism: false, ...patient } },
    ],
  },
});
