import { expect, test } from "vitest";
import { filesBelow, isTest, read } from "./repo.ts";

/** A package's `test` folder is part of its tests. */
const code = ["packages", "apps"].flatMap(filesBelow).filter((path) => /\.tsx?$/.test(path) && !isTest(path) && !/\/(e2e|test|testing)\//.test(path));

/** The files outside `allowed` in which the pattern stands. */
const strays = (pattern: RegExp, allowed: RegExp): string[] => code.filter((path) => !allowed.test(path) && pattern.test(read(path)));

test("SQL is written in the store alone; the bench measures raw COPY as its peer", () => {
  const statement = /\b(select\s+[\w*,\s"().]+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|create\s+(table|database))\s/i;
  // The people of the demo write queries, and their log quotes them; so does the sample of an importer.
  expect(
    strays(statement, /^packages\/(store|bench|testkit|postgres-server|tidy|services\/src\/activity\/demo|connectors\/src\/importers)\//).filter(
      (path) => !onlyInWords(path, statement),
    ),
  ).toEqual([]);
});

test("a role's name is compared in policy alone", () => {
  const comparison = /(===|!==|case)\s*"(owner|admin|member|auditor|team_admin)"/;
  // "member" is also a kind of viewer, next to "token" and "daybook".
  expect(strays(comparison, /^packages\/(policy|tidy)\//).filter((path) => !/kind\s*(===|!==)\s*"member"/.test(read(path)))).toEqual([]);
});

test("the environment is read in env files and by the processes' entry files alone", () => {
  expect(
    strays(
      /process\.env\b/,
      /\/(env|main|start|arena|chromium|write-docs)[\w-]*\.ts$|\/vite\.config\.ts$|^packages\/(testkit|postgres-server|tidy)\/|^apps\/cli\//,
    ),
  ).toEqual([]);
});

test("doors are opened in wire files alone", () => {
  expect(strays(/\b(openStore|openMailDoor|openFolderDoor|openHttpDoor)\(/, /\/wire\.ts$|^packages\/(store|outbound|archive|testkit|bench)\//)).toEqual([]);
});

/** Gives the events that were there before it the index terms that the append now gives; what they say it leaves alone. */
const indexesOldEvents = "packages/store/migrations/0025_word_index.sql";

test("no statement updates an event, and only the purge and the removal of an organization delete one", () => {
  const sql = filesBelow("packages/store").filter((path) => /\.(ts|sql)$/.test(path) && !isTest(path));
  expect(sql.filter((path) => /\bupdate\s+events\b/i.test(read(path)))).toEqual([indexesOldEvents]);
  expect(read(indexesOldEvents).match(/\bupdate\s+events\b[^;]*/i)?.[0]).toMatch(/^update events\s+set (?:tokens|words)\b/);
  const deleting = sql.filter((path) => /\bdelete\s+from\s+events\b/i.test(read(path)));
  for (const path of deleting) expect(read(path)).toMatch(/daybook\.purging/);
});

/** A sentence in a comment or message is no statement. */
function onlyInWords(path: string, statement: RegExp): boolean {
  const withoutWords = read(path)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\/\/.*$/gm, "");
  return !statement.test(withoutWords);
}
