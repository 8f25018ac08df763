import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { createSchedule, listReportRuns, listSchedules, previewReport, removeSchedule, sendReportNow, startReporting, updateSchedule } from "./index.ts";

let world: World;
let acme: Context;
let other: Context;

const weekly = { name: "Weekly security review", recipients: ["bob@acme.example"], zone: "Europe/Paris", weekday: 1, hour: 8 };

beforeAll(async () => {
  // A Wednesday.
  world = await openWorld("2026-11-18T10:00:00Z");
  acme = await world.found("Acme");
  other = await world.found("Other");
});
afterAll(() => world.close());

const find = async (id: string) => (await read(world.platform, acme, listSchedules, undefined)).find((schedule) => schedule.id === id);

test("a new schedule runs next on its weekday and hour in its zone, and its making is recorded", async () => {
  const { id } = await perform(world.platform, acme, createSchedule, weekly);
  expect(await find(id)).toMatchObject({ ...weekly, template: "weekly", paused: false, nextRunAt: "2026-11-23T07:00:00.000Z", lastRun: null });
  const [event] = (await world.log(acme, "report_schedule_created")).slice(-1);
  expect(event).toMatchObject({ resource: { id, name: weekly.name }, changes: { after: { recipients: weekly.recipients, hour: 8 } } });
});

describe("recipients", () => {
  test("are told apart without regard to case, and each gets one mail", async () => {
    const { id } = await perform(world.platform, acme, createSchedule, {
      ...weekly,
      recipients: ["Bob@acme.example", " bob@acme.example ", "eve@acme.example"],
    });
    expect((await find(id))?.recipients).toEqual(["bob@acme.example", "eve@acme.example"]);
  });

  test.each([
    ["none", []],
    ["fifty-one", Array.from({ length: 51 }, (_, at) => `p${at}@acme.example`)],
    ["a name without an address", ["Bob"]],
    ["a line break that would begin a header", ["bob@acme.example\r\nBcc: all@acme.example"]],
    ["a line feed", ["bob@acme.example\nBcc: all@acme.example"]],
    ["two in one", ["bob@acme.example, eve@acme.example"]],
    ["more than 254 characters", [`${"b".repeat(250)}@acme.example`]],
  ])("that are %s are refused", async (_what, recipients) => {
    await expect(perform(world.platform, acme, createSchedule, { ...weekly, recipients })).rejects.toMatchObject({ code: "invalid" });
  });
});

test.each([{ zone: "Mars/Olympus" }, { weekday: 0 }, { weekday: 8 }, { hour: 24 }, { hour: 7.5 }, { name: "  " }, { template: "monthly" }])(
  "a schedule with %j is refused",
  async (bad) => {
    await expect(perform(world.platform, acme, createSchedule, { ...weekly, ...bad })).rejects.toMatchObject({ code: "invalid" });
  },
);

test("an edit is recorded with what was before, and one that changes nothing is not", async () => {
  const { id } = await perform(world.platform, acme, createSchedule, weekly);
  await perform(world.platform, acme, updateSchedule, { scheduleId: id, hour: 9 });
  await perform(world.platform, acme, updateSchedule, { scheduleId: id, hour: 9 });
  expect(await find(id)).toMatchObject({ hour: 9, nextRunAt: "2026-11-23T08:00:00.000Z" });
  const edits = (await world.log(acme, "report_schedule_edited")).filter(({ resource }) => resource?.id === id);
  expect(edits.map(({ changes }) => changes?.fields)).toEqual([[{ path: "hour", before: 8, after: 9 }]]);
});

test("each address that joins or leaves a schedule is an event of its own, and no edit", async () => {
  const { id } = await perform(world.platform, acme, createSchedule, { ...weekly, recipients: ["bob@acme.example", "eve@acme.example"] });
  await perform(world.platform, acme, updateSchedule, { scheduleId: id, recipients: ["eve@acme.example", "cfo@acme.example", "coo@acme.example"] });
  const about = async (action: string) => (await world.log(acme, action)).filter(({ resource }) => resource?.id === id);
  expect((await about("report_schedule_user_email_added")).map(({ metadata }) => metadata)).toEqual([
    { email: "cfo@acme.example" },
    { email: "coo@acme.example" },
  ]);
  expect(await about("report_schedule_user_email_removed")).toMatchObject([
    {
      metadata: { email: "bob@acme.example" },
      changes: {
        before: { recipients: ["bob@acme.example", "eve@acme.example"] },
        after: { recipients: ["eve@acme.example", "cfo@acme.example", "coo@acme.example"] },
      },
    },
  ]);
  expect(await about("report_schedule_edited")).toEqual([]);
});

test("a paused schedule has no next run; resumed, it goes on with the next one from then", async () => {
  const { id } = await perform(world.platform, acme, createSchedule, weekly);
  await perform(world.platform, acme, updateSchedule, { scheduleId: id, paused: true });
  expect(await find(id)).toMatchObject({ paused: true, nextRunAt: null });
  await perform(world.platform, acme, updateSchedule, { scheduleId: id, paused: false });
  expect(await find(id)).toMatchObject({ nextRunAt: "2026-11-23T07:00:00.000Z" });
});

test("a removed schedule is gone, and the record keeps what it was", async () => {
  const { id } = await perform(world.platform, acme, createSchedule, weekly);
  await perform(world.platform, acme, removeSchedule, { scheduleId: id });
  expect(await find(id)).toBeUndefined();
  const [event] = (await world.log(acme, "report_schedule_deleted")).slice(-1);
  expect(event).toMatchObject({ resource: { id }, changes: { before: { name: weekly.name } } });
});

const onOne = [
  ["update", (context: Context, scheduleId: string) => perform(world.platform, context, updateSchedule, { scheduleId, hour: 3 })],
  ["remove", (context: Context, scheduleId: string) => perform(world.platform, context, removeSchedule, { scheduleId })],
  ["sendNow", (context: Context, scheduleId: string) => perform(world.platform, context, sendReportNow, { scheduleId })],
  ["preview", (context: Context, scheduleId: string) => read(world.platform, context, previewReport, { scheduleId })],
  ["runs", (context: Context, scheduleId: string) => read(world.platform, context, listReportRuns, { scheduleId })],
] as const;

test.each(onOne)("reports.%s of another organization's schedule finds nothing", async (_verb, run) => {
  const { id } = await perform(world.platform, acme, createSchedule, weekly);
  await expect(run(other, id)).rejects.toMatchObject({ code: "not_found" });
  expect(await find(id)).toMatchObject(weekly);
});

test.each(onOne)("reports.%s is denied to a member, and the denial is recorded", async (verb, run) => {
  const { id } = await perform(world.platform, acme, createSchedule, weekly);
  await expect(run(await testMember(world.platform, acme, "member"), id)).rejects.toMatchObject({ code: "forbidden" });
  const denials = await world.log(acme, "access_denied");
  expect(denials.filter(({ metadata }) => metadata["verb"] === `reports.${verb}`)).toHaveLength(1);
});

test("a new organization has a weekly report to its owner, Mondays at eight of its own clocks", async () => {
  const started = await world.found("Started", { starters: [startReporting], timeZone: "America/New_York" });
  const [schedule] = await read(world.platform, started, listSchedules, undefined);
  expect(schedule).toMatchObject({
    recipients: ["owner@started.example"],
    weekday: 1,
    hour: 8,
    zone: "America/New_York",
    nextRunAt: "2026-11-23T13:00:00.000Z",
  });
  expect(await world.log(started, "report_schedule_created")).toHaveLength(1);
});
