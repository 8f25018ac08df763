import type { EventInput, EventRow } from "@daybook/event";
import type { FacetKey } from "@daybook/query";
import { histogramSplits } from "@daybook/store";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asNow } from "../../test/log-readers.ts";
import { testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { grantAuditor } from "../access/auditors/index.ts";
import { addMemberToTeam, createTeam } from "../access/index.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { countsOfSearches, facetsOfEvents } from "./facets.ts";
import { histogramOfEvents } from "./histogram.ts";
import { listEvents } from "./search.ts";

const now = "2026-11-20T12:03:11.245Z";
const eventsRolledUp = 260;
const eventsNotYet = 60;

let world: World;
let owner: Context;
let admin: Context;
let member: Context;
/** Who sees part of the log, or all of it with parts of its events hidden. */
let lead: Context;
let auditor: Context;
let masked: Context;

/** Around changes of clocks, at whole and odd instants, and spread over the year. */
const moment = fc.oneof(
  fc.constantFrom("2026-03-29T01:00:00.000Z", "2026-10-25T00:30:00.000Z", "2026-10-25T01:00:00.000Z", "2026-06-12T22:00:00.000Z"),
  fc.integer({ min: Date.parse("2026-10-24T00:00:00Z"), max: Date.parse("2026-10-27T00:00:00Z") }).map((at) => new Date(at).toISOString()),
  fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse(now) }).map((at) => new Date(at).toISOString()),
);
const event: fc.Arbitrary<EventInput> = fc.record({
  occurred_at: moment,
  action: fc.constantFrom("notebook_created", "notebook_updated", "query_executed", "own_thing_deleted", "organization_plan_changed"),
  actor: fc.constantFrom<EventInput["actor"]>(
    { type: "user", id: "u1", name: "Alice Chen", email: "alice@company.com" },
    { type: "user", id: "u2", name: "Bob" },
    { type: "service_user", id: "svc-dbt" },
    { type: "user", email: "no-id@company.com" },
    { type: "anonymous" },
  ),
  resource: fc.constantFrom({ type: "notebook", id: "n1", name: "Sales" }, { type: "query", name: "Q2 Report" }, { type: "query", id: "q9" }),
  status: fc.constantFrom("success", "success", "failed", "in_progress"),
  team: fc.constantFrom({ id: "t1", name: "Finance" }, { id: "t2" }),
  context: fc.constantFrom({ ip: "192.168.1.10" }, { ip: "10.0.0.1" }, {}),
}) as fc.Arbitrary<EventInput>;

beforeAll(async () => {
  world = await openWorld(now);
  owner = await world.found("Counts", { timeZone: "Europe/Paris" });
  admin = await testMember(world.platform, owner, "admin");
  member = await testMember(world.platform, owner, "member");
  masked = { ...admin, viewer: { ...admin.viewer, ipDisplay: "masked" } } as Context;
  const outsider = await testMember(world.platform, owner, "auditor");
  await perform(world.platform, owner, grantAuditor, {
    email: outsider.viewer.actor.email ?? "",
    filter: { q: "resource_type:query -status:in_progress" },
    eventsFrom: "2026-02-01T00:00:00.000Z",
    eventsTo: "2026-10-25T00:30:00.001Z",
    expiresAt: "2027-01-01T00:00:00.000Z",
    reason: "Audit",
  });
  auditor = await asNow(world.platform, outsider);
  const someone = await testMember(world.platform, owner, "member");
  const teamId = (await perform(world.platform, owner, createTeam, { name: "Finance" })).id;
  await perform(world.platform, owner, addMemberToTeam, { teamId, userId: someone.viewer.actor.id ?? "", role: "admin" });
  lead = await asNow(world.platform, someone);
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.info(`the log of this run has the seed ${seed}`);
  const events = fc.sample(event, { seed, numRuns: eventsRolledUp + eventsNotYet });
  const ofTeam = (all: EventInput[]) => all.map((each) => (each.team?.id === "t2" ? { ...each, team: { id: teamId, name: "Finance" } } : each));
  await world.write(owner, ofTeam(events.slice(0, eventsRolledUp)));
  await world.write(member, [{ action: "notebook_created" }, { action: "query_executed", status: "failed" }]);
  await world.rollUp();
  // The roll-up has not seen these.
  await world.write(owner, ofTeam(events.slice(eventsRolledUp)));
});
afterAll(() => world.close());

/** Parts of a search, with the key that each chooses among. */
const part = fc.constantFrom<[FacetKey | null, string]>(
  ["status", "status:failed"],
  ["status", "-is:success"],
  ["operation", "operation:created"],
  ["action", "action:(notebook_created OR query_executed)"],
  ["action", "-action:notebook_updated"],
  ["action", "action:notebook_*"],
  ["resource_type", "resource_type:query"],
  ["actor", "actor:u1"],
  ["actor", "-actor:alice@company.com"],
  ["actor_type", "actor_type:service_user"],
  ["team", "team:Finance"],
  ["ip", "ip:192.168.1"],
  ["resource", "resource:Sales"],
  [null, "report"],
  [null, "-report"],
  [null, "*eport*"],
  [null, "192.168.1"],
  [null, "-192.168.1.10"],
  ["actor", "actor:*@company.com"],
  [null, "has:error"],
);
const question = fc.record({
  parts: fc.uniqueArray(part, { maxLength: 3, selector: ([, text]) => text }),
  from: fc.option(moment, { nil: undefined }),
  to: fc.option(moment, { nil: undefined }),
  zone: fc.constantFrom("Europe/Paris", "UTC", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"),
  by: fc.constantFrom(...histogramSplits),
  reader: fc.constantFrom("owner", "admin", "member", "lead", "auditor", "masked"),
});
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

const readerOf = ({ reader }: Pick<Question, "reader">): Context => ({ owner, admin, member, lead, auditor, masked })[reader];
const searchOf = (parts: Question["parts"]): string => parts.map(([, text]) => text).join(" ");
const filterOf = ({ parts, from, to }: Question) => ({ q: searchOf(parts), ...(from && { from }), ...(to && { to }) });

async function rowsOf(asked: Question): Promise<EventRow[]> {
  const rows: EventRow[] = [];
  let cursor: string | null = null;
  do {
    const page: { events: EventRow[]; nextCursor: string | null } = await read(world.platform, readerOf(asked), listEvents, {
      filter: filterOf(asked),
      cursor,
      limit: 97,
    });
    rows.push(...page.events);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}
/** What is hidden in part cannot be asked for, be it for rows or for figures. */
async function expectRefused(asked: Question): Promise<void> {
  const [filter, q] = [filterOf(asked), searchOf(asked.parts)];
  await expect(rowsOf(asked)).rejects.toMatchObject({ code: "forbidden" });
  await expect(read(world.platform, readerOf(asked), histogramOfEvents, { filter, by: asked.by })).rejects.toMatchObject({ code: "forbidden" });
  await expect(read(world.platform, readerOf(asked), countsOfSearches, { filter, searches: [q] })).rejects.toMatchObject({ code: "forbidden" });
}
const splitOf = { status: (row: EventRow) => row.status, actor_type: (row: EventRow) => row.actor.type, operation: (row: EventRow) => row.operation };

test("whatever is asked, in any zone and between any instants, each bar counts the rows that paging hands out for it, and the bars their sum", async () => {
  await fc.assert(
    fc.asyncProperty(question, async (asked) => {
      const refused = asked.reader === "masked" && asked.parts.some(([key]) => key === "ip");
      if (refused) return expectRefused(asked);
      const rows = await rowsOf(asked);
      const chart = await read(world.platform, readerOf(asked), histogramOfEvents, { filter: filterOf(asked), zone: asked.zone, by: asked.by });
      expect(chart).toMatchObject({ zone: asked.zone, total: rows.length, exact: true, countedFrom: null });
      const bars = chart.buckets.map(({ start }) => ({ start, counts: {} as Record<string, number> }));
      for (const row of rows) {
        const bar = bars.findLast(({ start }) => start <= row.occurred_at) ?? bars[0];
        const value = splitOf[asked.by](row);
        if (bar) bar.counts[value] = (bar.counts[value] ?? 0) + 1;
      }
      expect(chart.buckets).toEqual(bars);
      const counts = await read(world.platform, readerOf(asked), countsOfSearches, { filter: filterOf(asked), searches: [searchOf(asked.parts)] });
      expect(counts).toEqual([{ count: rows.length, capped: false }]);
    }),
    { numRuns: 80 },
  );
}, 180_000);

const valueOf: Partial<Record<FacetKey, (row: EventRow) => string | undefined>> = {
  status: (row) => row.status,
  operation: (row) => row.operation,
  action: (row) => row.action,
  namespace: (row) => row.namespace,
  resource_type: (row) => row.resource?.type,
  resource: (row) => row.resource?.id ?? row.resource?.name,
  actor: ({ actor }) => actor.email ?? actor.id ?? actor.name,
  actor_type: (row) => row.actor.type,
  team: (row) => row.team?.id,
  source: (row) => row.source,
  ip: (row) => row.ip ?? undefined,
};
const keys = Object.keys(valueOf) as FacetKey[];

test("facets count what a list without their own choice has rows of, and each value is one that a search for it finds", async () => {
  await fc.assert(
    fc.asyncProperty(question, async (given) => {
      // Who is shown addresses cut short has no values of `ip` to choose from.
      const asked: Question = given.reader === "masked" ? { ...given, reader: "admin" } : given;
      const { groups } = await read(world.platform, readerOf(asked), facetsOfEvents, { filter: filterOf(asked), keys });
      expect(groups.map(({ key }) => key)).toEqual(keys);
      for (const { key, values, exact, more } of groups) {
        const rows = await rowsOf({ ...asked, parts: asked.parts.filter(([own]) => own !== key) });
        const counts = new Map<string, number>();
        for (const row of rows) {
          const value = valueOf[key]?.(row);
          if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
        }
        expect({ key, exact, more, counts: Object.fromEntries(values.map(({ value, count }) => [value, count])) }).toEqual({
          key,
          exact: true,
          more: false,
          counts: Object.fromEntries(counts),
        });
      }
    }),
    { numRuns: 15 },
  );
  const { groups } = await read(world.platform, owner, facetsOfEvents, { keys });
  for (const { key, values } of groups)
    for (const { value, count } of values) {
      const q = `${key}:"${value}"`;
      const [found] = await read(world.platform, owner, countsOfSearches, { searches: [q] });
      // Whose values are found by more than one field, such as a name that is somebody else's id, may be found more often.
      expect([q, (found?.count ?? 0) >= count]).toEqual([q, true]);
    }
}, 180_000);

test("an event that has just been written is in the bars and in the count at once", async () => {
  const total = async () => (await read(world.platform, owner, histogramOfEvents, { filter: { q: "action:fresh_act" } })).total;
  for (let count = 1; count <= 3; count += 1) {
    await world.write(owner, [{ action: "fresh_act", occurred_at: "2026-11-20T09:30:00.500Z" }]);
    expect(await total()).toBe(count);
    if (count === 2) await world.rollUp();
    expect(await total()).toBe(count);
  }
});
