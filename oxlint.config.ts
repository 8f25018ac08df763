import { defineConfig } from "oxlint";

const owners = {
  store: ["drizzle-orm", "drizzle-orm/*", "postgres"],
  outbound: ["nodemailer", "undici", "ipaddr.js"],
  reports: ["react-email"],
  api: ["@trpc/server", "@trpc/server/*", "fastify", "@fastify/*", "better-auth", "better-auth/*", "@simplewebauthn/server", "openid-client"],
  worker: ["pg-boss"],
  web: ["react-dom", "react-dom/*", "vite", "@tanstack/*"],
};
const folders: Record<keyof typeof owners, string> = {
  store: "packages/store",
  outbound: "packages/outbound",
  reports: "packages/reports",
  api: "apps/api",
  worker: "apps/worker",
  web: "apps/web",
};

/** Everything that is owned by somebody else. */
const foreign = (own: (keyof typeof owners)[]) =>
  (Object.keys(owners) as (keyof typeof owners)[])
    .filter((owner) => !own.includes(owner))
    .map((owner) => ({ group: owners[owner], message: `${owner} owns this package: go through it.` }));

const restrict = (own: (keyof typeof owners)[]) => ["error", { patterns: foreign(own) }] as const;
const core = ["event", "catalog", "query", "policy", "connectors", "alerts", "retention"].map((name) => `packages/${name}/src/**/*.ts`);

export default defineConfig({
  plugins: ["typescript", "import", "unicorn", "react", "vitest"],
  jsPlugins: ["./packages/tidy/src/lint/house-rules.js"],
  ignorePatterns: ["**/dist/**", "**/node_modules/**", ".data/**"],
  categories: { correctness: "error" },
  rules: {
    "import/no-cycle": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/ban-ts-comment": "error",
    "no-restricted-imports": restrict([]),
    "vitest/no-focused-tests": "error",
    "vitest/no-disabled-tests": "error",
    "vitest/expect-expect": "off",
    "vitest/valid-title": "off",
    "vitest/require-mock-type-parameters": "off",
    "vitest/no-conditional-tests": "off",
    "vitest/no-standalone-expect": "off",
    "vitest/no-conditional-expect": "off",
    "vitest/valid-expect": "off",
    "vitest/require-to-throw-message": "off",
    "unicorn/no-await-in-promise-methods": "error",
    // Code points are what we cut by; grapheme clusters need a locale.
    "typescript/no-misused-spread": "off",
    // Members of our plain objects do not use `this`.
    "typescript/unbound-method": "off",
  },
  overrides: [
    ...(Object.keys(folders) as (keyof typeof folders)[]).map((owner) => ({
      files: [`${folders[owner]}/**/*.{ts,tsx}`],
      rules: { "no-restricted-imports": restrict([owner]) },
    })),
    // The bench measures raw COPY as its peer; a test may speak the protocols that it checks; the client is built as a library.
    {
      files: ["packages/bench/**/*.ts", "packages/sdk/*.ts", "packages/testkit/**/*.ts", "**/*.test.{ts,tsx}", "vitest*.ts"],
      rules: { "no-restricted-imports": "off" },
    },
    { files: core, rules: { "house/no-clock-or-dice": "error" } },
    { files: ["**/*.test.{ts,tsx}"], rules: { "house/no-clock-or-dice": "off" } },
    { files: ["apps/cli/src/**/*.ts", "packages/bench/**/*.ts", "packages/tidy/**/*.ts"], rules: { "no-console": "off" } },
  ],
});
