import { builtInRedactor, checkEventInput, foldOperation, operationState, operationStates, prepareEvent } from "@daybook/event";
import type { EventInput } from "@daybook/event";
import { presets, vocabulary } from "@daybook/catalog";
import { describe, expect, test } from "vitest";
import { demoEvents } from "./demo-events.ts";
import { people } from "./cast.ts";

const now = new Date("2026-11-20T15:30:00.000Z");
const month = demoEvents({ now, seed: 7, zone: "Europe/Paris" });
const tally = (values: (string | undefined)[]) => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value ?? "", (counts.get(value ?? "") ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
};
const localHour = (event: EventInput, zone = "Europe/Paris") =>
  Number(new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", hour: "numeric" }).format(new Date(event.occurred_at ?? "")));
const prepared = month.map((event) => {
  const made = prepareEvent(
    event,
    { id: "x", receivedAt: now, source: "demo", tokenId: null, origin: null, actor: { type: "system" } },
    vocabulary,
    builtInRedactor,
  );
  if ("problem" in made) throw new Error(made.problem.message);
  return made.event;
});

test("the same arguments give the same month, another seed another one", () => {
  expect(demoEvents({ now, seed: 7, zone: "Europe/Paris" })).toEqual(month);
  expect(demoEvents({ now, seed: 8, zone: "Europe/Paris" })).not.toEqual(month);
});

test.each([1, 2, 3, 99, 4_294_967_295])("seed %i gives 6,000 to 8,000 events that the log takes, in order, within thirty days", (seed) => {
  const events = demoEvents({ now, seed, zone: "America/New_York" });
  expect(events.length).toBeGreaterThanOrEqual(6_000);
  expect(events.length).toBeLessThanOrEqual(8_000);
  for (const event of events) expect(checkEventInput(event)).toEqual({ event });
  const times = events.map(({ occurred_at }) => occurred_at ?? "");
  expect(times.toSorted()).toEqual(times);
  expect(Date.parse(times.at(-1) ?? "")).toBeLessThanOrEqual(now.getTime());
  expect(Date.parse(times[0] ?? "")).toBeGreaterThan(now.getTime() - 31 * 86_400_000);
  expect(new Set(events.map(({ idempotency_key }) => idempotency_key)).size).toBe(events.length);
});

test("whatever the day of the week and the hour, the month is as full and as good", () => {
  for (let hours = 0; hours < 24 * 9; hours += 19) {
    const events = demoEvents({ now: new Date(now.getTime() + hours * 3_600_000), seed: hours, zone: "Asia/Tokyo" });
    expect(events.length).toBeGreaterThan(5_800);
    expect(events.length).toBeLessThan(8_000);
    expect(new Set(events.map(({ action }) => action)).size).toBeGreaterThan(110);
    expect(events.filter(({ status }) => status === "pending_approval").length).toBeGreaterThan(2);
  }
});

test.each(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "America/St_Johns", "UTC"])("in %s people work by day", (zone) => {
  const sent = demoEvents({ now, seed: 5, zone }).filter(({ action }) => action === "notebook_viewed");
  const byDay = sent.filter((event) => localHour(event, zone) >= 7 && localHour(event, zone) < 20);
  expect(byDay.length / sent.length).toBeGreaterThan(0.95);
});

test("a month whose clocks change is told by the clock on the wall", () => {
  const events = demoEvents({ now: new Date("2026-11-05T15:00:00Z"), seed: 5, zone: "Europe/Paris" });
  const etl = events.filter(({ action, resource, actor }) => action === "pipeline_started" && resource?.name === "Daily ETL" && actor?.id === "svc_scheduler");
  expect(etl.filter((event) => localHour(event) === 5).length).toBeGreaterThanOrEqual(29);
});

describe("the month", () => {
  test("has every action of the preset with exact names", () => {
    const keys = presets.find(({ id }) => id === "business_intelligence")?.groups.flatMap((group): string[] => [...group.actions]) ?? [];
    expect(keys).toHaveLength(50);
    const actions = new Set(month.map(({ action }) => action));
    expect(keys.filter((key) => !actions.has(key))).toEqual([]);
  });

  test("is the work of everybody in the company, of keys, service users, an agent for somebody, and a partner without a name", () => {
    const names = new Set(month.map(({ actor }) => actor?.name));
    for (const { actor } of people) expect(names).toContain(actor.name);
    expect(Object.keys(tally(month.map(({ actor }) => actor?.type))).toSorted()).toEqual(["agent", "anonymous", "api_key", "service_user", "system", "user"]);
    for (const event of month.filter(({ actor }) => actor?.type === "agent")) expect(event.on_behalf_of).toHaveLength(1);
  });

  test("is busy on working days and quiet at weekends and by night", () => {
    const person = month.filter(({ actor, action }) => actor?.type === "user" && action !== "export_data_sql_exported");
    const weekend = person.filter(({ occurred_at }) => [0, 6].includes(new Date(occurred_at ?? "").getUTCDay()));
    expect(weekend.length / person.length).toBeLessThan(0.05);
    expect(person.filter((event) => localHour(event) < 6).length / person.length).toBeLessThan(0.01);
  });

  test("knows all four states, with an error wherever something failed", () => {
    const states = tally(month.map(({ status }) => status ?? "success"));
    expect(Object.keys(states).toSorted()).toEqual(["failed", "in_progress", "pending_approval", "success"]);
    expect((states["failed"] ?? 0) / month.length).toBeGreaterThan(0.01);
    expect((states["failed"] ?? 0) / month.length).toBeLessThan(0.1);
    for (const { status, error } of month) expect(error !== undefined).toBe(status === "failed");
  });

  test("ends whatever began, under the same operation, unless it is not over yet, and but for one pipeline that nothing was heard of again", () => {
    const hourAgo = now.getTime() - 3_600_000;
    const begun = month.filter(({ status, occurred_at }) => status === "in_progress" && Date.parse(occurred_at ?? "") < hourAgo);
    const ended = new Set(month.filter(({ action }) => /_(completed|failed)$/.test(action)).map(({ operation_id }) => operation_id));
    expect(begun.length).toBeGreaterThan(500);
    const lost = begun.filter(({ operation_id }) => !ended.has(operation_id));
    expect(lost.map(({ resource }) => resource?.name)).toEqual(["CRM enrichment"]);
  });

  test("has an operation in every state that one can be in", () => {
    const silentSince = new Date(now.getTime() - 86_400_000);
    const named = Map.groupBy(
      prepared.filter(({ operation_id }) => operation_id !== null),
      ({ operation_id }) => operation_id,
    );
    const folded = [...named.values()].flatMap((events) => foldOperation(events.map((event, seq) => ({ ...event, seq }))) ?? []);
    const states = tally(folded.map((operation) => operationState(operation, silentSince)));
    expect(Object.keys(states).toSorted()).toEqual(operationStates.toSorted());
    expect(states["never_ended"]).toBe(1);
    expect(states["waiting"]).toBeLessThan(5);
    expect(states["running"]).toBeLessThan(5);
  });

  test("has its secrets taken out before they are stored, and shows what changed", () => {
    expect(prepared.filter(({ redactions }) => redactions.length > 0).length).toBeGreaterThan(3);
    expect(JSON.stringify(prepared)).not.toMatch(/hunter-|"summer"/);
    expect(prepared.filter(({ changes }) => (changes?.fields.length ?? 0) > 0).length).toBeGreaterThan(200);
  });

  test("holds a night of large exports from an address that was never seen before", () => {
    const night = month.filter(({ action, rows_returned }) => action === "export_data_sql_exported" && (rows_returned ?? 0) > 100_000);
    expect(night).toHaveLength(26);
    expect(new Set(night.map(({ actor }) => actor?.name))).toEqual(new Set(["Tomasz Nowak"]));
    for (const event of night) expect(localHour(event)).toBeLessThan(4);
    const address = night[0]?.context?.ip;
    expect(month.find(({ context }) => context?.ip === address)?.action).toBe("user_login_failed");
  });

  test("tells each event in a sentence that begins with what was done", () => {
    const sentences = new Set(prepared.map(({ description }) => description));
    for (const sentence of sentences) expect(sentence).toMatch(/^([A-Z]|dbt )[^{}]{5,}$/);
    expect(sentences.size).toBeGreaterThan(400);
    expect(sentences).toContain('Executed query "Top 10 Customers"');
  });
});
