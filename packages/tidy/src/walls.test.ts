import { expect, test } from "vitest";
import { filesBelow, isTest, read } from "./repo.ts";

/** What the walls between organizations rest on (docs/security.md), as far as text can show it. */
const statements = ["packages", "apps"].flatMap(filesBelow).filter((path) => /\.(ts|sql)$/.test(path) && !isTest(path) && !path.startsWith("packages/tidy/"));

test("a setting of the database lasts as long as its transaction: for longer it would greet whoever gets the connection next", () => {
  const lasting = statements.filter((path) => {
    const text = read(path);
    const settings = text.match(/set_config\s*\([^;]*?,\s*(true|false)\s*\)/g) ?? [];
    const calls = text.match(/set_config\s*\(/g) ?? [];
    return (
      calls.length !== settings.length ||
      settings.some((call) => call.endsWith("false)")) ||
      /\bset\s+(?!local\b)(?:session\s+)?(?:role\s+\w|daybook\.)/i.test(text)
    );
  });
  expect(lasting).toEqual([]);
});

test("an organization is claimed in two places: before a transaction's first statement, and by the append", () => {
  const claiming = statements.filter((path) => path.endsWith(".ts") && !path.startsWith("apps/web/") && read(path).includes("daybook.organization"));
  expect(claiming).toEqual(["packages/store/src/events/append.ts", "packages/store/src/in-organization.ts"]);
});

test("what reads the log of one organization reads the view that shows no other", () => {
  const past = statements.filter((path) => path.startsWith("packages/store/src/") && /\b(?:from|join|update|into)\s+events\b(?!\.)/.test(read(path)));
  // For the worker, across organizations.
  expect(past).toEqual(["packages/store/src/purge-events.ts"]);
});

test("nobody is let around row security", () => {
  expect(
    statements.filter((path) => path.endsWith(".sql") && /\b(?:bypassrls|disable row level security|no force row level security)\b/i.test(read(path))),
  ).toEqual([]);
});
