import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesBelow, isTest, read, root, workspace } from "./repo.ts";

const everything = ["packages", "apps", "docs", "docker"].flatMap(filesBelow);
const code = everything.filter((path) => /\.(ts|tsx|css)$/.test(path));

describe.each(workspace())("$folder", ({ folder }) => {
  test("says in its README what it is, and in its first lines what it will never know", () => {
    expect(existsSync(join(root, folder, "README.md"))).toBe(true);
    if (existsSync(join(root, folder, "src/index.ts"))) expect(read(join(folder, "src/index.ts")).slice(0, 900)).toMatch(/^\/\*\*[\s\S]*never know/);
  });
});

test("files stay small enough to read: 350 lines of code, 500 of tests", () => {
  const long = code.filter((path) => read(path).split("\n").length > (isTest(path) ? 500 : 350));
  expect(long).toEqual([]);
});

test("nothing is left for later, switched off or silenced in the code", () => {
  const marks = /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|expect-error|nocheck)|\bas any\b|: any\b|\.(skip|only|todo)\(/;
  expect(code.filter((path) => !path.startsWith("packages/tidy/") && marks.test(read(path)))).toEqual([]);
});

test("events leave through one file, which masks them", () => {
  const reads = /\bstore\s*\.(search|readEvent|rows|feed|tail|operationEvents|firstOperationEvents)\(/;
  // The worker's rules look at whole events and hand none out; the events of an operation leave through `rowsOut` of the same file.
  const mayRead = ["activity/view-log.ts", "activity/operations.ts", "alerting/evaluate.ts"].map((name) => `packages/services/src/${name}`);
  const others = code.filter((path) => /^(packages\/services|apps\/(api|worker))\/src\//.test(path) && !isTest(path) && !mayRead.includes(path));
  expect(others.filter((path) => reads.test(read(path)))).toEqual([]);
});

test("files are named in kebab-case", () => {
  expect(code.filter((path) => !/^(__root|[a-z0-9-]+(\.[a-z0-9]+)*)\.(ts|tsx|css)$/.test(path.split("/").at(-1) ?? ""))).toEqual([]);
});

test("no private key, vendor token or password stands in a file", () => {
  const secrets = /-----BEGIN (RSA |EC )?PRIVATE KEY-----\n[A-Za-z0-9+/]{20}|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bAKIA[0-9A-Z]{16}\b(?<!EXAMPLE)/;
  expect(everything.filter((path) => /\.(ts|tsx|md|json|yaml|yml|sql)$/.test(path) && secrets.test(read(path)))).toEqual([]);
});

test("paths that the documents name exist", () => {
  const documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", ...filesBelow("docs").filter((path) => path.endsWith(".md"))];
  const broken = documents.flatMap((document) =>
    [...read(document).matchAll(/`((?:apps|packages|docs|docker)\/[\w./-]+)`/g)]
      .map((match) => match[1] ?? "")
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${document}: ${path}`),
  );
  expect(broken).toEqual([]);
});
