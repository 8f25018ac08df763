import { randomInt } from "node:crypto";
import { seededRandom } from "@daybook/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startChild } from "../../test/child.ts";
import { dyingAt } from "../../test/dying-at.ts";
import { testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { reinstateMember, removeMember, suspendMember } from "../access/members/index.ts";
import type { Context } from "../context.ts";
import { deliverMail } from "../delivery/index.ts";
import { perform, read } from "../verb.ts";
import { createSchedule, listReportRuns, listSchedules, previewReport, sendDueReports, sendReportNow, updateSchedule } from "./index.ts";

const weekly = { name: "Weekly", recipients: ["bob@acme.example", "eve@acme.example"], zone: "Europe/Paris", weekday: 1, hour: 8 };
let world: World;
let acme: Context;
let scheduleId: string;

/** Wednesday noon; the first run is on Monday the 23rd at 07:00 UTC. */
beforeEach(async () => {
  world = await openWorld("2026-11-18T11:00:00Z");
  acme = await world.found("Acme");
  scheduleId = (await perform(world.platform, acme, createSchedule, weekly)).id;
});
afterEach(() => world.close());

const send = () => sendDueReports(world.platform);
const runs = () => read(world.platform, acme, listReportRuns, { scheduleId });
const mailCount = async () => Number((await world.ask<{ count: string }>("select count(*) from mails where kind = 'report'")).count);
const act = (occurred_at: string, more = {}) => ({ action: "notebook_created", occurred_at, ...more });

describe("a scheduled report", () => {
  test("goes to each recipient when its time has come, about the full week before, and never again for that week", async () => {
    await world.clock.set("2026-11-23T06:30:00Z");
    await world.write(acme, [
      act("2026-11-15T22:59:59.999Z"), // still Sunday in Paris
      act("2026-11-15T23:00:00Z"),
      act("2026-11-22T22:59:59.999Z", { status: "failed" }),
      act("2026-11-22T22:00:00Z", { action: "organization_plan_changed" }), // for owners alone, and a report goes to anybody
      act("2026-11-22T23:00:00Z"), // already Monday
    ]);
    await send();
    expect(await runs()).toEqual([]);
    await world.clock.set("2026-11-23T07:00:00Z");
    await send();
    await send();
    // The week's events: two of those above, and the two that founded organization and schedule.
    expect(await runs()).toMatchObject([
      {
        trigger: "schedule",
        period: { from: "2026-11-15T23:00:00.000Z", to: "2026-11-22T23:00:00.000Z" },
        recipients: weekly.recipients,
        eventsTotal: 4,
        periodsSkipped: 0,
        sentAt: null,
      },
    ]);
    expect(await mailCount()).toBe(2);
    const [schedule] = await read(world.platform, acme, listSchedules, undefined);
    expect(schedule?.nextRunAt).toBe("2026-11-30T07:00:00.000Z");
  });

  test("goes to nobody who was removed or is suspended, and still to readers from outside", async () => {
    const [gone, kept] = [await testMember(world.platform, acme, "member"), await testMember(world.platform, acme, "admin")];
    const emails = [gone, kept].map(({ viewer }) => viewer.actor.email ?? "");
    await perform(world.platform, acme, updateSchedule, { scheduleId, recipients: [...emails, "reader@outside.example"] });
    await perform(world.platform, acme, removeMember, { userId: gone.viewer.actor.id ?? "" });
    await perform(world.platform, acme, suspendMember, { userId: kept.viewer.actor.id ?? "" });
    await world.clock.set("2026-11-23T07:00:00Z");
    await send();
    expect((await runs())[0]?.recipients).toEqual(["reader@outside.example"]);
    await perform(world.platform, acme, reinstateMember, { userId: kept.viewer.actor.id ?? "" });
    await world.clock.set("2026-11-30T07:00:00Z");
    await send();
    expect((await runs())[0]?.recipients).toEqual([emails[1], "reader@outside.example"]);
  });

  test("counts what the roll-up has not counted yet, and counts nothing twice once it has", async () => {
    await world.clock.set("2026-11-20T12:00:00Z");
    await world.write(acme, [act("2026-11-19T10:00:00Z"), act("2026-11-19T11:00:00Z")]);
    await world.rollUp();
    await world.write(acme, [act("2026-11-19T11:30:00Z")]);
    await world.clock.set("2026-11-23T07:00:00Z");
    await send();
    expect((await runs())[0]?.eventsTotal).toBe(5);
    await world.clock.set("2026-11-24T07:00:00Z");
    await world.rollUp();
    const period = "select sum(events) as count from activity_hours where log_type = 'activity'";
    expect(Number((await world.ask<{ count: string }>(period)).count)).toBe(5);
  });

  test("is recorded in the system log when its mails are delivered, once for each mail", async () => {
    await world.clock.set("2026-11-23T07:00:00Z");
    await send();
    await deliverMail(world.platform);
    await deliverMail(world.platform);
    const [run] = await runs();
    expect(run).toMatchObject({ sentAt: "2026-11-23T07:00:00.000Z" });
    expect(run?.mailIds).toHaveLength(2);
    expect(await world.log(acme, "report_sent")).toMatchObject([
      { log_type: "system", resource: { type: "report", id: run?.id, name: "Weekly" }, metadata: { trigger: "schedule" } },
      { log_type: "system" },
    ]);
  });

  test("knows nothing of another organization", async () => {
    const other = await world.found("Other");
    await world.write(other, [act("2026-11-17T10:00:00Z"), act("2026-11-17T11:00:00Z")]);
    await world.clock.set("2026-11-23T07:00:00Z");
    await send();
    expect((await runs())[0]?.eventsTotal).toBe(2);
    expect(await world.log(other, "report_sent")).toEqual([]);
  });

  test("that is paused is not sent, and after resuming begins with the next week", async () => {
    await perform(world.platform, acme, updateSchedule, { scheduleId, paused: true });
    await world.clock.set("2026-12-02T12:00:00Z");
    await send();
    expect(await runs()).toEqual([]);
    await perform(world.platform, acme, updateSchedule, { scheduleId, paused: false });
    await send();
    expect(await runs()).toEqual([]);
    await world.clock.set("2026-12-07T07:00:00Z");
    await send();
    expect(await runs()).toMatchObject([{ period: { to: "2026-12-06T23:00:00.000Z" }, periodsSkipped: 0 }]);
  });

  test("that was sent is not sent again when its hour is moved to later the same day", async () => {
    await world.clock.set("2026-11-23T07:00:00Z");
    await send();
    await perform(world.platform, acme, updateSchedule, { scheduleId, hour: 10 });
    await world.clock.set("2026-11-23T09:00:00Z");
    await send();
    expect(await runs()).toHaveLength(1);
    const [schedule] = await read(world.platform, acme, listSchedules, undefined);
    expect(schedule?.nextRunAt).toBe("2026-11-30T09:00:00.000Z");
  });

  test("that cannot be drawn keeps nobody else's back, and is tried again", async () => {
    const other = await world.found("Other");
    await perform(world.platform, other, createSchedule, weekly);
    await world.store.platform.execute(
      "update report_schedules set zone = 'Mars/Olympus' where organization_id = (select id from organizations where name = 'Acme')",
    );
    await world.clock.set("2026-11-23T07:00:00Z");
    await expect(send()).rejects.toMatchObject({ errors: [expect.objectContaining({ message: expect.stringContaining("Mars/Olympus") as unknown })] });
    expect(await mailCount()).toBe(2);
    await world.store.platform.execute("update report_schedules set zone = 'Europe/Paris'");
    await send();
    expect(await mailCount()).toBe(4);
  });
});

describe("after an outage of the worker", () => {
  test.each([
    ["an hour", "2026-11-23T08:00:00Z", "2026-11-22T23:00:00.000Z", 0, "2026-11-30T07:00:00.000Z"],
    ["three days", "2026-11-26T07:00:00Z", "2026-11-22T23:00:00.000Z", 0, "2026-11-30T07:00:00.000Z"],
    ["three weeks", "2026-12-14T07:00:00Z", "2026-12-13T23:00:00.000Z", 3, "2026-12-21T07:00:00.000Z"],
    // The next run is hours away, so its week is not reported before its time.
    ["a week less five hours", "2026-11-30T02:00:00Z", "2026-11-22T23:00:00.000Z", 0, "2026-11-30T07:00:00.000Z"],
  ])("of %s the newest due week goes out once, and those passed over are counted", async (_what, now, to, periodsSkipped, nextRunAt) => {
    await world.clock.set(now);
    await send();
    await send();
    expect(await runs()).toMatchObject([{ period: { to }, periodsSkipped }]);
    expect(await mailCount()).toBe(2);
    const [schedule] = await read(world.platform, acme, listSchedules, undefined);
    expect(schedule?.nextRunAt).toBe(nextRunAt);
  });
});

test("weeks meet without gap or overlap when clocks change", async () => {
  await perform(world.platform, acme, updateSchedule, { scheduleId, paused: true });
  await world.clock.set("2027-03-15T12:00:00Z");
  await perform(world.platform, acme, updateSchedule, { scheduleId, paused: false });
  for (const now of ["2027-03-22T07:00:00Z", "2027-03-29T05:59:59Z", "2027-03-29T06:00:00Z", "2027-04-05T06:00:00Z"]) {
    await world.clock.set(now);
    await send();
  }
  // Paris moves its clocks on 28 March 2027: that week has 167 hours.
  expect((await runs()).toReversed().map(({ period }) => [period.from, period.to])).toEqual([
    ["2027-03-14T23:00:00.000Z", "2027-03-21T23:00:00.000Z"],
    ["2027-03-21T23:00:00.000Z", "2027-03-28T22:00:00.000Z"],
    ["2027-03-28T22:00:00.000Z", "2027-04-04T22:00:00.000Z"],
  ]);
});

describe("send now", () => {
  test("reports the seven days that end with today, is recorded, and leaves the schedule's own week to come", async () => {
    const { runId } = await perform(world.platform, acme, sendReportNow, { scheduleId });
    expect(await runs()).toMatchObject([
      { id: runId, trigger: "send_now", period: { from: "2026-11-11T23:00:00.000Z", to: "2026-11-18T23:00:00.000Z" }, eventsTotal: 2 },
    ]);
    expect(await world.log(acme, "report_requested")).toMatchObject([{ resource: { type: "report_schedule", id: scheduleId }, metadata: { run_id: runId } }]);
    await world.clock.set("2026-11-23T07:00:00Z");
    await send();
    expect((await runs()).map(({ trigger }) => trigger)).toEqual(["schedule", "send_now"]);
  });

  test("sends twice when asked twice, even on the day whose week is also scheduled", async () => {
    await world.clock.set("2026-11-23T07:00:00Z");
    await send();
    await perform(world.platform, acme, sendReportNow, { scheduleId });
    await perform(world.platform, acme, sendReportNow, { scheduleId });
    expect(await mailCount()).toBe(6);
  });

  test("sends exactly what the preview showed", async () => {
    await world.write(acme, [act("2026-11-17T10:00:00Z", { status: "failed" }), { action: "org_user_role_changed", occurred_at: "2026-11-18T09:00:00Z" }]);
    const preview = await read(world.platform, acme, previewReport, { scheduleId });
    expect(await runs()).toEqual([]);
    await perform(world.platform, acme, sendReportNow, { scheduleId });
    const mail = await world.ask("select subject, html, text from mails limit 1");
    expect(mail).toEqual({ subject: preview.subject, html: preview.html, text: preview.text });
    expect(preview.subject).toContain("1 permission change, 1 failure");
    expect(preview.html).toContain("https://daybook.acme.example/o/acme/logs/activity");
  });
});

describe("exactly once", () => {
  test("with two workers at the same moment", async () => {
    for (const name of ["B", "C", "D", "E"]) await perform(world.platform, await world.found(name), createSchedule, weekly);
    await world.clock.set("2026-11-23T07:00:00Z");
    await Promise.all([send(), send(), send()]);
    expect(await mailCount()).toBe(10);
    const { count } = await world.ask<{ count: string }>("select count(*) from report_runs");
    expect(Number(count)).toBe(5);
  });

  test("with a worker that dies at each step in turn", async () => {
    await world.clock.set("2026-11-23T07:00:00Z");
    await send();
    for (let step = 1, survived = false; !survived; step += 1) {
      expect(step).toBeLessThan(100);
      await world.clock.set("2026-11-18T11:00:00Z");
      const context = await world.found(`Org${step}`);
      await perform(world.platform, context, createSchedule, weekly);
      await world.clock.set("2026-11-23T07:00:00Z");
      const dying = dyingAt(world.platform, step);
      await sendDueReports(dying.platform).catch(() => undefined);
      survived = dying.survived();
      await send();
      const mails = `select count(*) as count from mails where kind = 'report' and organization_id = '${context.viewer.organizationId}'`;
      expect(Number((await world.ask<{ count: string }>(mails)).count), `died at step ${step}`).toBe(2);
    }
  });

  test("with a worker that is killed at any moment", async () => {
    const seed = randomInt(2 ** 31);
    console.log(`seed ${seed}`);
    const random = seededRandom(seed);
    const names = Array.from({ length: 12 }, (_, at) => `Org${at}`);
    for (const name of names) await perform(world.platform, await world.found(name), createSchedule, weekly);
    const now = "2026-11-23T07:00:00Z";
    await world.clock.set(now);
    let partly = 0;
    for (let kill = 0; kill < 5; kill += 1) {
      const child = await startChild("sendDueReports", { url: world.url, now });
      await child.ready;
      await new Promise((resolve) => setTimeout(resolve, 60 + random() * 250));
      await child.kill();
      const done = (await mailCount()) / 2;
      if (done > 0 && done <= names.length) partly += 1;
      // A run without its mails, or mails without their run, must not be seen at any moment.
      const { count } = await world.ask<{ count: string }>("select count(*) from report_runs");
      expect(Number(count)).toBe(done);
    }
    await send();
    expect(await mailCount()).toBe(2 * (names.length + 1));
    const { distinct } = await world.ask<{ distinct: string }>("select count(distinct schedule_id) as distinct from report_runs");
    expect(Number(distinct)).toBe(names.length + 1);
    console.log(`killed in the middle ${partly} of 5 times`);
  });
});
