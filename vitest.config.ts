import { defineConfig } from "vitest/config";

const seconds = 1000;
const notOurs = ["**/node_modules/**", "**/dist/**"];

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
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: notOurs,
          globalSetup: ["./vitest.database.ts"],
          testTimeout: 30 * seconds,
          hookTimeout: 60 * seconds,
        },
      },
      {
        extends: "./apps/web/vite.config.ts",
        test: {
          name: "web",
          root: "./apps/web",
          include: ["src/**/*.test.{ts,tsx}"],
          testTimeout: 15 * seconds,
        },
      },
      {
        extends: true,
        test: { name: "tidy", include: ["packages/tidy/**/*.test.ts"], exclude: notOurs, testTimeout: 60 * seconds },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["apps/web/e2e/**/*.e2e.test.ts", "{apps/cli,packages}/**/*.e2e.test.ts", "docker/**/*.e2e.test.ts"],
          exclude: notOurs,
          // They start servers, builds and browsers: one file at a time, and long patience.
          fileParallelism: false,
          // A browser on a machine that somebody else loads too can miss a wait by chance. The closing lines name each such test.
          retry: 1,
          testTimeout: 120 * seconds,
          hookTimeout: 180 * seconds,
        },
      },
    ],
  },
});
