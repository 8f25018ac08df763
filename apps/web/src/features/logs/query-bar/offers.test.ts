import { parseSearch } from "@daybook/query";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyClauses } from "../../../testing/any-clauses.ts";
import { textOf } from "../search-text.ts";
import { historyOffers, offersAt, type Observed } from "./offers.ts";
import { addToHistory, readHistory } from "./search-history.ts";
import { piecesOf } from "./text-pieces.ts";

const seen = (...observed: Observed[]) => ({ observed, exact: true });
const offered = (text: string, values = seen(), caret = text.length) =>
  offersAt(text, caret, values).map(({ insert, from, to }) => `${text.slice(0, from)}${insert}${text.slice(to)}`);
const titles = (text: string, values = seen()) => offersAt(text, text.length, values).map(({ title, detail }) => `${title} ${detail ?? ""}`);

test.each([
  ["sta", "status:"],
  ["user", "actor:"],
  ["-stat", "-status:"],
  ["status:failed res", "status:failed resource:"],
  ["meta", "metadata."],
])("%s goes on as %s", (text, next) => expect(offered(text)).toContain(next));

test("a key in the middle keeps the colon that is there", () => expect(offered("sta:failed", seen(), 3)).toContain("status:failed"));

test.each([
  ["status:fa", "status:failed "],
  ["-status:fa", "-status:failed "],
  ["status:(failed OR suc)", "status:(failed OR success)"],
  ["has:cha", "has:changes "],
])("%s goes on as %s", (text, next) => {
  const caret = text.endsWith(")") ? text.length - 1 : text.length;
  expect(offered(text, seen(), caret)).toContain(next);
});

test("the vocabulary comes first, with counts where it occurred; then what occurred; then its beginning", () => {
  const values = seen({ value: "u_1", label: "Alice Chen", count: 1204, hint: "user" }, { value: "al@x.com", label: "al@x.com", count: 1 });
  expect(titles("actor:al", values)).toEqual(["u_1 Alice Chen · user · 1,204 events", "al@x.com 1 event", "al* Begins with"]);
  expect(titles("status:f", seen({ value: "failed", label: "failed", count: 49 }))).toEqual(["failed Failed · 49 events"]);
  expect(offersAt("status:f", 8, { observed: [{ value: "failed", label: "failed", count: 49 }], exact: false })[0]?.detail).toBe("Failed · ≈49 events");
});

test("a value with spaces is offered in quotation marks", () => {
  expect(offered("resource:ord", seen({ value: "orders table", label: "orders table", count: 2 }))).toContain('resource:"orders table" ');
});

test.each([
  ["192.168.1.5", "ip:192.168.1.5 "],
  ["bob@company.com", "actor:bob@company.com "],
  ["status:failed 10.0.0.0/8", "status:failed ip:10.0.0.0/8 "],
])("%s looks like %s", (text, whole) => expect(offered(text)[0]).toBe(whole));

test("whatever is picked as a whole clause is understood, after any search", () => {
  fc.assert(
    fc.property(
      anyClauses,
      fc.constantFrom("sta", "status:", "actor:a", "10.0.0.1", "has:"),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
      (clauses, typed, value) => {
        const text = `${textOf(clauses)} ${typed}`;
        for (const { insert, from, to, runs } of offersAt(text, text.length, seen({ value, label: value, count: 1 }))) {
          const next = `${text.slice(0, from)}${insert}${text.slice(to)}`;
          if (runs && !typed.startsWith("status:") && !typed.startsWith("has:")) expect(parseSearch(next).problems).toEqual([]);
        }
      },
    ),
  );
});

test("an earlier search takes the place of the whole text", () => {
  expect(historyOffers(["status:failed"], "  ")).toEqual([expect.objectContaining({ insert: "status:failed", from: 0, to: 2, runs: true })]);
});

test("twenty searches are remembered, each once, the newest first", () => {
  const held = new Map<string, string>();
  Object.assign(globalThis, {
    localStorage: { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => held.set(key, value) },
  });
  for (let index = 0; index < 30; index += 1) addToHistory("k", `q${index}`);
  addToHistory("k", "q25");
  addToHistory("k", "");
  expect(readHistory("k")).toHaveLength(20);
  expect(readHistory("k").slice(0, 3)).toEqual(["q25", "q29", "q28"]);
  held.set("k", "{");
  expect(readHistory("k")).toEqual([]);
});

test("the pieces of any text are the text", () => {
  fc.assert(
    fc.property(fc.oneof(anyClauses.map(textOf), fc.string({ maxLength: 60 })), (text) => {
      const pieces = piecesOf(text, parseSearch(text));
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    }),
  );
});
