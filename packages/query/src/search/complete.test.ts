import { expect, test } from "vitest";
import { completionAt } from "./complete.ts";
import { suggestKey } from "./suggest-key.ts";

/** The caret stands at `|`. */
test.each<[string, object, string]>([
  ["|", { kind: "key", typed: "", negated: false }, ""],
  ["al|", { kind: "key", typed: "al" }, "al"],
  ["a|l", { kind: "key", typed: "a" }, "al"],
  ["-al|", { kind: "key", typed: "al", negated: true }, "al"],
  ["-|", { kind: "key", typed: "", negated: true }, ""],
  ["-|al", { kind: "key", typed: "", negated: true }, "al"],
  ["x |", { kind: "key", typed: "" }, ""],
  ["metadata.en|", { kind: "key", typed: "metadata.en" }, "metadata.en"],
  ["sta|tus:failed", { kind: "key", typed: "sta" }, "status"],
  ["status:|", { kind: "value", key: "status", typed: "" }, ""],
  ["status:fa|il x", { kind: "value", key: "status", typed: "fa" }, "fail"],
  ["-user:al|", { kind: "value", key: "actor", typed: "al", negated: true }, "al"],
  ["actor:(a OR b|", { kind: "value", key: "actor", typed: "b" }, "b"],
  ["actor:(a OR |", { kind: "value", key: "actor", typed: "" }, ""],
  ["actor:(a| OR b)", { kind: "value", key: "actor", typed: "a" }, "a"],
  ["actor:(a OR b)|", { kind: "key", typed: "" }, ""],
  ['resource:"orders t|', { kind: "value", key: "resource", typed: "orders t" }, '"orders t'],
  ['resource:"orders| table" x', { kind: "value", key: "resource", typed: "orders" }, '"orders table"'],
  ["metadata.env:pr|", { kind: "value", key: "metadata", path: "env", typed: "pr" }, "pr"],
  ["changed:vis|", { kind: "value", key: "changed", typed: "vis" }, "vis"],
  ['changed:vis:"a"→"b|"', { kind: "value", key: "changed", path: "vis", typed: "b" }, '"b"'],
  ["nokey:x|", { kind: "value", typed: "x" }, "x"],
  ['"a phr|', { kind: "text", typed: "a phr" }, '"a phr'],
  ["alice@comp|", { kind: "text", typed: "alice@comp" }, "alice@comp"],
  ["192.168|", { kind: "text", typed: "192.168" }, "192.168"],
])("%s", (marked, expected, replaced) => {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  const found = completionAt(text, caret);
  expect(found).toMatchObject(expected);
  expect(text.slice(found.span.from, found.span.to)).toBe(replaced);
});

test("the value of an unknown key has no key", () => expect(completionAt("nokey:x", 7)).not.toHaveProperty("key"));

test.each([
  ["192.168.1.100", "ip:192.168.1.100"],
  [" 192.168.1 ", "ip:192.168.1"],
  ["10.0.0.0/8", "ip:10.0.0.0/8"],
  ["2001:db8::1", "ip:2001:db8::1"],
  ["alice@company.com", "actor:alice@company.com"],
  ["0190A0C4-7d1e-7000-8000-000000000001", "id:0190a0c4-7d1e-7000-8000-000000000001"],
])("a pasted %s suggests %s", (pasted, text) => expect(suggestKey(pasted)?.text).toBe(text));

test.each(["alice", "1.5", "12:30:45", "10", "status:failed", "a@b c@d", '"@"', "", "999.1.1.1", `${"a".repeat(300)}@b`])("%s suggests no key", (pasted) =>
  expect(suggestKey(pasted)).toBeNull(),
);
