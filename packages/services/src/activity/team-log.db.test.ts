import type { EventInput } from "@daybook/event";
import { matches } from "@daybook/query";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { addMemberToTeam, createTeam, removeMemberFromTeam, setTeamRole } from "../access/index.ts";
import { memberViewer } from "../access/viewers.ts";
import { newId } from "../context.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { feedEvents, openTail, tailStep } from "./follow.ts";
import { countOperations, getOperation, listOperations } from "./operations.ts";
import { countsOfSearches, facetsOfEvents, valuesOfKey } from "./facets.ts";
import { histogramOfEvents } from "./histogram.ts";
import { relatedEvents } from "./related.ts";
import { getEvent, listEvents } from "./search.ts";

let world: World;
let owner: Context;
let lead: Context;
let finance: string;
let sales: string;
let person: { id: string; name: string; email: string };

const colleague = { type: "user" as const, id: "colleague", name: "Colleague" };
const event = (minute: number, more: Partial<EventInput>): EventInput => ({
  action: "scenario_updated",
  actor: colleague,
  resource: { type: "scenario", id: "s1", name: "Nightly" },
  context: { session_id: "one" },
  occurred_at: `2026-11-17T08:${String(minute).padStart(2, "0")}:00.000Z`,
  ...more,
});
const now = async (): Promise<Context> => ({ ...lead, viewer: await memberViewer(world.platform, person, owner.viewer.organizationId) });
const day = { from: "2026-11-17T00:00:00.000Z", to: "2026-11-18T00:00:00.000Z" };
const list = async (context: Context, asked: object = {}) =>
  (await read(world.platform, context, listEvents, { filter: day, limit: 200, ...asked })).events.map(({ description }) => description);

beforeAll(async () => {
  world = await openWorld("2026-11-18T10:00:00Z");
  owner = await world.found("Teams");
  lead = await testMember(world.platform, owner, "member");
  const { id = "", name = "", email = "" } = lead.viewer.actor;
  person = { id, name, email };
  finance = (await perform(world.platform, owner, createTeam, { name: "Finance" })).id;
  sales = (await perform(world.platform, owner, createTeam, { name: "Sales" })).id;
  await perform(world.platform, owner, addMemberToTeam, { teamId: finance, userId: id, role: "admin" });
  const ofFinance = { team: { id: finance, name: "Finance" } };
  await world.write(owner, [
    event(1, { ...ofFinance, description: "finance changed", operation_id: "run-f" }),
    event(2, { ...ofFinance, description: "finance failed", status: "failed", operation_id: "run-f" }),
    event(3, { ...ofFinance, action: "organization_variable_created", description: "organization variable", operation_id: "run-o" }),
    event(4, { ...ofFinance, action: "organization_plan_changed", description: "owners only" }),
    event(5, { team: { id: sales, name: "Sales" }, description: "sales changed", operation_id: "run-s" }),
    event(6, { description: "of no team" }),
    event(7, { actor: { type: "user", id }, description: "own act" }),
  ]);
  await world.foldOperations();
});
afterAll(() => world.close());

const shown = ["own act", "finance failed", "finance changed"];
const ofTeam = ["finance failed", "finance changed"];

describe("an admin of a team", () => {
  test("sees the team's events and their own, and of the organization's actions none", async () => {
    expect(await list(await now())).toEqual(shown);
    expect(await list(await now(), { teamId: finance })).toEqual(ofTeam);
    expect(await list(await now(), { filter: { ...day, team: [finance] } })).toEqual(ofTeam);
    expect(await list(await now(), { filter: { ...day, team: [sales] } })).toEqual([]);
  });

  test("counts the same events in bars and facets as the list has rows", async () => {
    for (const [asked, rows] of [
      [{}, 3],
      [{ teamId: finance }, 2],
      [{ filter: { ...day, team: [finance] } }, 2],
    ] as const) {
      const chart = await read(world.platform, await now(), histogramOfEvents, { filter: day, ...asked });
      expect(chart.total).toBe(rows);
      expect(chart.buckets.flatMap(({ counts }) => Object.values(counts)).reduce((sum, count) => sum + count, 0)).toBe(rows);
      const facets = await read(world.platform, await now(), facetsOfEvents, { filter: day, keys: ["action", "status"], ...asked });
      const [actions, statuses] = facets.groups;
      expect(actions).toEqual({ key: "action", values: [{ value: "scenario_updated", label: "scenario_updated", count: rows }], exact: true, more: false });
      expect(statuses?.values.reduce((sum, { count }) => sum + count, 0)).toBe(rows);
      expect(await read(world.platform, await now(), countsOfSearches, { filter: day, searches: ["", "status:failed"], ...asked })).toEqual([
        { count: rows, capped: false },
        { count: 1, capped: false },
      ]);
      const actors = await read(world.platform, await now(), valuesOfKey, { filter: day, key: "actor", text: "COLL", ...asked });
      expect(actors).toEqual({ values: [{ value: "colleague", label: "Colleague", hint: "colleague", count: 2 }], exact: true });
      // Whoever is in the log of one team has none to choose.
      const teams = await read(world.platform, await now(), facetsOfEvents, { filter: day, keys: ["team"], ...asked });
      expect(teams.groups.flatMap(({ values }) => values)).toEqual("teamId" in asked ? [] : [{ value: finance, label: "Finance", count: 2 }]);
    }
  });

  test("opens each event of the list and no other, and finds only such beside it", async () => {
    const { events } = await read(world.platform, owner, listEvents, { filter: day, limit: 200 });
    for (const { id, description } of events) {
      const open = (teamId?: string) =>
        read(world.platform, lead, getEvent, { id, ...(teamId && { teamId }) }).then(
          (found) => found.event.description,
          (error: { code: string }) => error.code,
        );
      lead = await now();
      expect(await open()).toBe(shown.includes(description) ? description : "not_found");
      expect(await open(finance)).toBe(ofTeam.includes(description) ? description : "not_found");
      if (!shown.includes(description)) await expect(read(world.platform, lead, relatedEvents, { id })).rejects.toMatchObject({ code: "not_found" });
      else
        for (const group of await read(world.platform, lead, relatedEvents, { id }))
          expect(shown).toEqual(expect.arrayContaining(group.events.map((row) => row.description)));
    }
  });

  test("follows the team's events alone, live and as a feed", async () => {
    const { events: all } = await world.platform.store.feed(owner.viewer.organizationId, { afterSeq: 0, query: { is: "everything" }, limit: 200 });
    const { log, asked } = await read(world.platform, await now(), openTail, { teamId: finance, filter: day });
    const tail = await log.tail({ asked, afterSeq: 0, limit: 200 });
    expect(tail.events.map(({ description }) => description).toSorted()).toEqual([...ofTeam].toSorted());
    expect(await read(world.platform, await now(), tailStep, { teamId: finance, filter: day, afterSeq: 0 })).toEqual({ ...tail, hasMore: false });
    const query = log.within(asked);
    const matching = all.filter((each) => matches(query, each)).map(({ description }) => description);
    expect(matching.toSorted()).toEqual([...ofTeam].toSorted());
    const feed = await read(world.platform, await now(), feedEvents, { afterSeq: 0, limit: 200 });
    const ofThatDay = feed.events.filter(({ occurred_at }) => occurred_at.startsWith("2026-11-17"));
    expect(ofThatDay.map(({ description }) => description).toSorted()).toEqual([...shown].toSorted());
  });

  test("finds the operations that the team's events tell of, and of others not even that they are", async () => {
    for (const asked of [{}, { teamId: finance }]) {
      const { operations } = await read(world.platform, await now(), listOperations, asked);
      expect(operations.map(({ operationId, events }) => [operationId, events])).toEqual([["run-f", 2]]);
      const { counts } = await read(world.platform, await now(), countOperations, asked);
      expect(counts).toEqual({ running: 0, waiting: 0, never_ended: 0, ended: 1 });
      for (const operationId of ["run-o", "run-s", "none"])
        await expect(read(world.platform, await now(), getOperation, { operationId, ...asked })).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

test("organization actions never stand in a team's log, not even for an owner, and every team's log is open to one", async () => {
  expect(await list(owner, { teamId: finance })).toEqual(ofTeam);
  expect(await list(owner, { teamId: sales })).toEqual(["sales changed"]);
  expect(await list(owner, { filter: { ...day, team: [finance, sales] } })).toEqual([
    "sales changed",
    "owners only",
    "organization variable",
    "finance failed",
    "finance changed",
  ]);
  const { groups } = await read(world.platform, owner, facetsOfEvents, { filter: { ...day, team: [sales] }, keys: ["team"] });
  expect(groups[0]?.values.map(({ label, count }) => [label, count])).toEqual([
    ["Finance", 4],
    ["Sales", 1],
  ]);
});

test("the log of a team that is not theirs, of another organization and of none is refused alike", async () => {
  const elsewhere = await world.found("Elsewhere");
  const foreign = (await perform(world.platform, elsewhere, createTeam, { name: "Finance" })).id;
  const sentence = { code: "not_found", message: "There is no such team, or you may not see its log." };
  const asked: [Context, string][] = [
    [await now(), sales],
    [await now(), foreign],
    [await now(), newId(world.platform)],
    [owner, foreign],
    [owner, newId(world.platform)],
  ];
  for (const [context, teamId] of asked) {
    for (const verb of [listEvents, histogramOfEvents, openTail, listOperations, countOperations])
      await expect(read<unknown, unknown>(world.platform, context, verb as typeof listEvents, { teamId })).rejects.toMatchObject(sentence);
    await expect(read(world.platform, context, tailStep, { teamId, afterSeq: 0 })).rejects.toMatchObject(sentence);
    await expect(read(world.platform, context, facetsOfEvents, { teamId, keys: ["actor"] })).rejects.toMatchObject(sentence);
    await expect(read(world.platform, context, valuesOfKey, { teamId, key: "actor" })).rejects.toMatchObject(sentence);
    await expect(read(world.platform, context, countsOfSearches, { teamId, searches: [""] })).rejects.toMatchObject(sentence);
    await expect(read(world.platform, context, getEvent, { id: newId(world.platform), teamId })).rejects.toMatchObject(sentence);
    await expect(read(world.platform, context, relatedEvents, { id: newId(world.platform), teamId })).rejects.toMatchObject(sentence);
    await expect(read(world.platform, context, getOperation, { operationId: "run-f", teamId })).rejects.toMatchObject(sentence);
  }
  await expect(read(world.platform, owner, listEvents, { teamId: "finance" })).rejects.toMatchObject({ code: "invalid" });
});

test("with the role in the team the next request loses the team's events", async () => {
  const member = { teamId: finance, userId: person.id };
  await perform(world.platform, owner, setTeamRole, { ...member, role: "member" });
  expect(await list(await now())).toEqual(["own act"]);
  await expect(list(await now(), { teamId: finance })).rejects.toMatchObject({ code: "not_found" });
  await perform(world.platform, owner, setTeamRole, { ...member, role: "admin" });
  expect(await list(await now())).toEqual(shown);
  await perform(world.platform, owner, removeMemberFromTeam, member);
  expect(await list(await now())).toEqual(["own act"]);
  const chart = await read(world.platform, await now(), histogramOfEvents, { filter: day });
  expect(chart.total).toBe(1);
});
