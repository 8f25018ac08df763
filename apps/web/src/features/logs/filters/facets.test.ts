import { expect, test } from "vitest";
import { inPreviousOrder, valuesOfGroup, type FacetGroup } from "./facets.ts";
import { clauseWords, valueWords } from "./filter-words.ts";
import { parseSearch } from "@daybook/query";

const group = (key: FacetGroup["key"], ...values: [string, number, string?][]): FacetGroup => ({
  key,
  values: values.map(([value, count, label = value]) => ({ value, label, count })),
  exact: true,
  more: false,
});
const nothing = { chosen: [], excluded: [] };
const told = (values: ReturnType<typeof valuesOfGroup>) => values.map(({ label, count }) => `${label} ${count ?? "?"}`);

test("the four statuses and the nine verbs stand first in their usual order, whatever occurred", () => {
  expect(told(valuesOfGroup("status", group("status", ["failed", 3], ["success", 9]), nothing))).toEqual([
    "Success 9",
    "Failed 3",
    "In progress 0",
    "Pending 0",
  ]);
  const verbs = told(valuesOfGroup("operation", group("operation", ["granted", 5], ["viewed", 1]), nothing));
  expect(verbs.slice(0, 4)).toEqual(["Created 0", "Updated 0", "Deleted 0", "Viewed 1"]);
  expect(verbs.at(-1)).toBe("Granted 5");
});

test("nothing is counted before the counts are there", () => {
  expect(told(valuesOfGroup("status", undefined, nothing))).toEqual(["Success ?", "Failed ?", "In progress ?", "Pending ?"]);
});

test("what is chosen or left out stays listed at 0, and the reader is no actor among others", () => {
  expect(told(valuesOfGroup("actor", group("actor", ["u_1", 2, "Alice"]), { chosen: ["me", "u_9"], excluded: ["u_8"] }))).toEqual([
    "Alice 2",
    "u_9 0",
    "u_8 0",
  ]);
});

test("two actors of one name are told apart", () => {
  expect(told(valuesOfGroup("actor", group("actor", ["u_1", 2, "Alice"], ["u_2", 1, "Alice"], ["u_3", 1, "Bob"]), nothing))).toEqual([
    "Alice · u_1 2",
    "Alice · u_2 1",
    "Bob 1",
  ]);
});

test("values keep the places they had; new ones follow", () => {
  const values = ["c", "new", "a"].map((value) => ({ value, label: value, count: 1 }));
  expect(inPreviousOrder(["a", "b", "c"], values).map(({ value }) => value)).toEqual(["a", "c", "new"]);
});

test.each([
  ["resource_type", "query", "Queries"],
  ["resource_type", "database", "Databases"],
  ["resource_type", "api_key", "API keys"],
  ["namespace", "service_users", "Service Users"],
  ["status", "pending_approval", "Pending"],
  ["operation", "updated", "Updated"],
  ["actor", "me", "Me"],
  ["actor", "u_7", "u_7"],
  ["ip", "10.0.0.1", "10.0.0.1"],
] as const)("%s %s reads %s", (key, value, words) => expect(valueWords(key, value)).toBe(words));

test.each([
  ["status:(failed OR pending)", "Status: Failed or Pending"],
  ["-operation:viewed", "Operation: not Viewed"],
  ["actor:u_1", "Actor: Alice"],
  ["actor:al*", "Actor: al*"],
  ["source:(a OR b OR c OR d OR e)", "Source: a, b, c or 2 more"],
  ["metadata.env:prod", "env: prod"],
  ["duration:>=1s", "Duration: >=1s"],
  ["-has:ip", "Has no: ip"],
  ["changed:visibility", "Changed: visibility"],
  ['-"two words"', "Not text: “two words”"],
  ["*infix*", "Text: *infix*"],
])("the chip of %s reads %s", (text, words) => {
  const [clause] = parseSearch(text).clauses;
  if (!clause) throw new Error("There is a clause.");
  const chip = clauseWords(clause, (key, value) => (key === "actor" && value === "u_1" ? "Alice" : undefined));
  expect(`${chip.field}: ${chip.words}`).toBe(words);
});
