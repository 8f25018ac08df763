import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSecrets } from "./secrets.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "daybook-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("secrets are made once, long, and readable by their owner only", () => {
  const made = loadSecrets(folder, {});
  expect(loadSecrets(folder, {})).toEqual(made);
  expect(made.authSecret.length).toBeGreaterThanOrEqual(43);
  expect(made.setupToken.length).toBeGreaterThanOrEqual(24);
  expect(made.authSecret).not.toBe(made.setupToken);
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("what the environment gives wins and is not written down", () => {
  const given = loadSecrets(folder, { AUTH_SECRET: "from-outside", DAYBOOK_SETUP_TOKEN: "token-from-outside" });
  expect(given).toEqual({ authSecret: "from-outside", setupToken: "token-from-outside" });
  expect(loadSecrets(folder, {}).authSecret).not.toBe("from-outside");
});

test("in production no secret is made up", () => {
  const production = { NODE_ENV: "production", DATABASE_URL: "postgres://db.example/daybook" };
  expect(() => loadSecrets(folder, production)).toThrow(/AUTH_SECRET is missing/);
  expect(loadSecrets(folder, { ...production, AUTH_SECRET: "given" }).authSecret).toBe("given");
});

test("a damaged file is named, not overwritten", () => {
  writeFileSync(join(folder, "secrets.json"), '{"authSecret":1}');
  expect(() => loadSecrets(folder, {})).toThrow(/secrets\.json is damaged/);
});
