import { splitItems } from "@daybook/event";
import type { EventInput, Json } from "@daybook/event";
import { everything } from "@daybook/query";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import { ingest } from "../activity/ingest.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import {
  createRedactionRule,
  deleteRedactionRule,
  listRedactionRules,
  moveRedactionRule,
  patternRulesMax,
  redactionRulesMax,
  updateRedactionRule,
} from "./rules.ts";
import { tryRedactionRule } from "./try-rule.ts";

let platform: TestPlatform;
let owner: Context;

beforeAll(async () => {
  platform = await testPlatform();
});
beforeEach(async () => {
  owner = await testOrganization(platform);
});
afterAll(() => platform.close());

const salary = { name: "Salaries", kind: "path" as const, expression: "changes.salary" };
const ticket = { name: "Tickets", kind: "pattern" as const, expression: "T-\\d{4}", within: "metadata.**.note" };
const iban = { name: "Bank accounts", kind: "key" as const, expression: "iban" };
const event: EventInput = {
  action: "user_updated",
  actor: { type: "user", id: "u1", name: "Ann" },
  resource: { type: "user", id: "u2", name: "Bob" },
  changes: { before: { salary: 1, x: 1 }, after: { salary: 2, x: 2 } },
  metadata: { a: { note: "see T-1234 and T-12345" }, other: "T-1234", account: { IBAN: "DE00" }, body: '{"iban":"DE01","n":1}' },
};

async function send(input: EventInput, context: Context = owner): Promise<string> {
  const append = (organizationId: string, items: Parameters<TestPlatform["store"]["append"]>[1]) => platform.store.append(organizationId, items);
  const [result] = await ingest(platform, context, splitItems(JSON.stringify([input])), { append, retentionDays: null });
  if (result?.status !== "created") throw new Error(JSON.stringify(result));
  return result.id;
}
const stored = async (id: string, context: Context = owner) => {
  const found = await platform.store.readEvent(context.viewer.organizationId, { id, query: everything });
  if (!found) throw new Error("the event is stored");
  return found.event;
};
const newest = async () => (await platform.store.search(owner.viewer.organizationId, { query: everything, limit: 1 })).events[0];
const namesOf = async () => (await read(platform, owner, listRedactionRules, {})).own.map(({ name }) => name);

test("a rule holds for the next event, is recorded, and another organization never feels it", async () => {
  const before = await send(event);
  for (const rule of [salary, ticket, iban]) await perform(platform, owner, createRedactionRule, rule);
  expect((await newest())?.action).toBe("redaction_rule_created");
  const after = await stored(await send(event));
  expect(after.changes).toEqual({
    before: { salary: "[REDACTED]", x: 1 },
    after: { salary: "[REDACTED]", x: 2 },
    fields: [
      { path: "salary", before: "[REDACTED]", after: "[REDACTED]" },
      { path: "x", before: 1, after: 2 },
    ],
  });
  expect(after.metadata).toEqual({
    a: { note: "see [REDACTED] and [REDACTED]5" },
    other: "T-1234",
    account: { IBAN: "[REDACTED]" },
    body: '{"iban":"[REDACTED]","n":1}',
  });
  expect(new Set(after.redactions.map(({ rule }) => rule))).toEqual(new Set(["organization:Salaries", "organization:Tickets", "organization:Bank accounts"]));
  expect((await stored(before)).redactions).toEqual([]);
  const stranger = await testOrganization(platform);
  expect((await stored(await send(event, stranger), stranger)).redactions).toEqual([]);
});

test("what a rule's test shows is what the next event becomes", async () => {
  const id = await send(event);
  for (const rule of [
    salary,
    ticket,
    iban,
    { name: "Words", kind: "pattern" as const, expression: "(?i)bob|note", within: null },
    { name: "Mail", kind: "path" as const, expression: "resource.name" },
  ]) {
    const tried = await read(platform, owner, tryRedactionRule, { rule });
    const shown = tried.events.find((each) => each.id === id);
    const { id: ruleId } = await perform(platform, owner, createRedactionRule, rule);
    const next = await stored(await send(event));
    const was = await stored(id);
    expect(shown, rule.name).toBeDefined();
    for (const hole of shown?.holes ?? []) {
      expect(printed(at(was, hole.path)), hole.path).toBe(hole.before);
      expect(printed(at(next, hole.path)), hole.path).toBe(hole.after);
    }
    const changed = ["description", "resource", "changes", "metadata"].filter((part) => JSON.stringify(at(was, part)) !== JSON.stringify(at(next, part)));
    expect(new Set(shown?.holes.map(({ path }) => path.split(".")[0]))).toEqual(new Set(changed));
    await perform(platform, owner, deleteRedactionRule, { ruleId });
  }
  expect((await read(platform, owner, tryRedactionRule, { rule: { name: "None", kind: "key", expression: "nowhere" } })).events).toEqual([]);
});

test("a rule that is off, moved, changed or gone does what it says, and each is recorded with before and after", async () => {
  const { id } = await perform(platform, owner, createRedactionRule, iban);
  await perform(platform, owner, createRedactionRule, salary);
  await perform(platform, owner, updateRedactionRule, { ruleId: id, enabled: false });
  expect((await stored(await send(event))).metadata["account"]).toEqual({ IBAN: "DE00" });
  await perform(platform, owner, updateRedactionRule, { ruleId: id, enabled: true, expression: "body" });
  const { metadata } = await stored(await send(event));
  expect(metadata).toMatchObject({ account: { IBAN: "DE00" }, body: "[REDACTED]" });
  await perform(platform, owner, moveRedactionRule, { ruleId: id, to: 1 });
  expect(await namesOf()).toEqual(["Salaries", "Bank accounts"]);
  expect(await perform(platform, owner, updateRedactionRule, { ruleId: id, enabled: true })).toEqual({ changed: false });
  await perform(platform, owner, deleteRedactionRule, { ruleId: id });
  expect(await namesOf()).toEqual(["Salaries"]);
  const { events } = await platform.store.feed(owner.viewer.organizationId, { afterSeq: 0, query: everything, limit: 100 });
  const recorded = events.filter(({ action }) => action.startsWith("redaction_rule_"));
  expect(recorded.map(({ action }) => action.slice("redaction_rule_".length))).toEqual(["created", "created", "updated", "updated", "updated", "deleted"]);
  expect(recorded[2]?.changes?.fields).toEqual([{ path: "enabled", before: true, after: false }]);
});

test("another process holds to a rule within two seconds", async () => {
  let now = Date.now();
  const other: TestPlatform = { ...platform, now: () => new Date(now), store: Object.create(platform.store) as TestPlatform["store"] };
  const append = (organizationId: string, items: Parameters<TestPlatform["store"]["append"]>[1]) => platform.store.append(organizationId, items);
  const there = async () => {
    const [result] = await ingest(other, owner, splitItems(JSON.stringify([event])), { append, retentionDays: null });
    return stored(result?.status === "created" ? result.id : "");
  };
  expect((await there()).redactions).toEqual([]);
  await perform(platform, owner, createRedactionRule, iban);
  now += 2_000;
  expect((await there()).metadata["account"]).toEqual({ IBAN: "[REDACTED]" });
});

test("more verbs at once than the pool has connections all end", async () => {
  await Promise.all(Array.from({ length: 12 }, (_, at) => perform(platform, owner, createRedactionRule, { ...iban, name: `Rule ${at}` })));
  expect(await namesOf()).toHaveLength(12);
});

test.each<[Record<string, Json>, string]>([
  [{ ...salary, expression: "salary" }, "expression"],
  [{ ...ticket, expression: "(a" }, "expression"],
  [{ ...ticket, expression: "(?=a)b" }, "expression"],
  [{ ...ticket, expression: "a*" }, "expression"],
  [{ ...ticket, expression: "x".repeat(257) }, "expression"],
  [{ ...ticket, expression: "[a-z]{1,1000}" }, "expression"],
  [{ ...ticket, within: "nowhere.x" }, "within"],
  [{ ...iban, name: "" }, "name"],
])("%j is refused at the field that is wrong, and nothing is kept", async (draft, path) => {
  await expect(perform(platform, owner, createRedactionRule, draft)).rejects.toMatchObject({ code: "invalid", path });
  expect(await namesOf()).toEqual([]);
});

test("two rules have two names, and there is an end to their number", async () => {
  await perform(platform, owner, createRedactionRule, iban);
  await expect(perform(platform, owner, createRedactionRule, { ...iban, name: "BANK accounts" })).rejects.toMatchObject({ code: "conflict" });
  for (let at = 1; at < redactionRulesMax; at += 1) await perform(platform, owner, createRedactionRule, { ...iban, name: `Rule ${at}` });
  await expect(perform(platform, owner, createRedactionRule, { ...iban, name: "One more" })).rejects.toMatchObject({ code: "conflict" });
});

test("there is an end to the number of patterns, and a path may not become one beyond it", async () => {
  const patterns = Array.from({ length: patternRulesMax }, (_, at) => ({ ...ticket, name: `Pattern ${at}` }));
  for (const pattern of patterns) await perform(platform, owner, createRedactionRule, pattern);
  await expect(perform(platform, owner, createRedactionRule, ticket)).rejects.toMatchObject({ code: "conflict", path: "kind" });
  const { id: ruleId } = await perform(platform, owner, createRedactionRule, salary);
  await expect(perform(platform, owner, updateRedactionRule, { ruleId, kind: "pattern" })).rejects.toMatchObject({ code: "conflict" });
});

test("there is an end to what all patterns take together", async () => {
  const large = { ...ticket, expression: "[a-z]{1,150}\\d" };
  await perform(platform, owner, createRedactionRule, large);
  const { id: ruleId } = await perform(platform, owner, createRedactionRule, { ...salary });
  await expect(perform(platform, owner, createRedactionRule, { ...large, name: "Another" })).rejects.toMatchObject({ code: "conflict", path: "expression" });
  await expect(perform(platform, owner, updateRedactionRule, { ruleId, ...large, name: "Another" })).rejects.toMatchObject({ path: "expression" });
  expect(await namesOf()).toEqual(["Tickets", "Salaries"]);
});

test("a text that takes a pattern too much work goes whole and says so, and the next text is looked at as always", async () => {
  await perform(platform, owner, createRedactionRule, { name: "Squares", kind: "pattern", expression: "b(?:[^c]*é)?" });
  await perform(platform, owner, createRedactionRule, { name: "Many", kind: "pattern", expression: "x" });
  const { metadata, redactions } = await stored(
    await send({ action: "user_updated", metadata: { squares: "ab ".repeat(4_000), many: "x".repeat(2_000), hit: "a bet", long: "e ".repeat(8_000) } }),
  );
  expect(metadata).toEqual({ squares: "[REDACTED]", many: "[REDACTED]", hit: "a [REDACTED]et", long: "e ".repeat(8_000) });
  expect(redactions.filter(({ path }) => path.startsWith("metadata."))).toEqual([
    { path: "metadata.squares", rule: "organization:Squares" },
    { path: "metadata.squares", rule: "limit.work" },
    { path: "metadata.many", rule: "organization:Many" },
    { path: "metadata.many", rule: "limit.work" },
    { path: "metadata.hit", rule: "organization:Squares" },
  ]);
});

test("the test of a pattern says which texts take it too much work", async () => {
  const id = await send({ action: "user_updated", metadata: { squares: "ab ".repeat(4_000) } });
  const few = await send({ action: "user_updated", metadata: { note: "ab" } });
  const { events } = await read(platform, owner, tryRedactionRule, { rule: { name: "Squares", kind: "pattern", expression: "b(?:[^c]*é)?" } });
  expect(events.filter((each) => each.id === id || each.id === few).map(({ tooMuchWork }) => tooMuchWork)).toEqual([false, true]);
});

test("while a batch passes the patterns of its organization, others get their turn", async () => {
  await perform(platform, owner, createRedactionRule, { name: "Slow", kind: "pattern", expression: "(?i)[a-z]{1,60}@q" });
  const items = splitItems(JSON.stringify(Array.from({ length: 40 }, () => ({ action: "user_updated", metadata: { text: "a".repeat(8_000) } }))));
  let turns = 0;
  let redacting = true;
  const count = () => {
    if (!redacting) return;
    turns += 1;
    setImmediate(count);
  };
  const random: TestPlatform["random"] = (bytes) => {
    setImmediate(count);
    return platform.random(bytes);
  };
  const append = async (organizationId: string, accepted: Parameters<TestPlatform["store"]["append"]>[1]) => {
    redacting = false;
    return platform.store.append(organizationId, accepted);
  };
  await ingest({ ...platform, random }, owner, items, { append, retentionDays: null });
  expect(turns).toBeGreaterThan(3);
});

test("a pattern that would hold up a backtracking engine for ever is answered at once", async () => {
  await perform(platform, owner, createRedactionRule, { name: "Hostile", kind: "pattern", expression: "(a+)+$" });
  const { metadata } = await stored(await send({ action: "user_updated", metadata: { text: `${"a".repeat(5_000)}b`, hit: "aaa" } }));
  expect(metadata).toMatchObject({ hit: "[REDACTED]" });
});

const at = (value: unknown, path: string): Json | undefined => path.split(".").reduce<unknown>((part, key) => open(part)?.[key], value) as Json | undefined;
const open = (part: unknown): Record<string, unknown> | undefined =>
  typeof part === "string" && part.startsWith("{") ? (JSON.parse(part) as Record<string, unknown>) : (part as Record<string, unknown> | undefined);
const printed = (value: Json | undefined): string => (typeof value === "string" ? value : JSON.stringify(value ?? null));
