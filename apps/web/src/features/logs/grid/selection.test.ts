import { expect, test } from "vitest";
import { fakeEvents, rowOf } from "../../../testing/fake-events.ts";
import { differences } from "./compare.ts";
import { csvCell, csvOf } from "./selection-text.ts";

const [one, other] = fakeEvents(2, Date.parse("2024-06-12T14:30:22Z"));
if (!one || !other) throw new Error("There are two events.");

test("copied rows have the header and the form of the exported file", () => {
  const row = {
    ...rowOf(one),
    actor: { type: "user" as const, email: "alice@company.com" },
    operation: "created",
    resource: { type: "database", name: "sales_db" },
  };
  expect(csvOf([{ ...row, occurred_at: "2024-06-12T14:30:22.000Z", status: "success", ip: "192.168.1.100" }])).toBe(
    "timestamp,user,action,resource,status,ip_address\n2024-06-12 14:30:22,alice@company.com,created,sales_db,success,192.168.1.100\n",
  );
});

test.each([
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ["+1", "'+1"],
  ["-cmd", "'-cmd"],
  ["@sum", "'@sum"],
  ["\tx", "'\tx"],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ["two\nlines", '"two\nlines"'],
  ["10.0.0.1", "10.0.0.1"],
])("no cell becomes a formula or breaks its line: %s", (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

test("two events are compared by what differs, down to single fields, and not by which event it is", () => {
  const changed = { ...one, id: other.id, seq: other.seq, status: "failed" as const, metadata: { env: "prod", nested: { a: 1 } } };
  expect(differences({ ...one, status: "success", metadata: { env: "test" } }, changed)).toEqual([
    { path: "metadata.env", left: "test", right: "prod" },
    { path: "metadata.nested.a", left: undefined, right: "1" },
    { path: "status", left: "success", right: "failed" },
  ]);
  expect(differences(one, { ...one, id: other.id })).toEqual([]);
});
