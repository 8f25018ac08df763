import { afterAll, beforeAll, expect, test } from "vitest";
import { testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { getRetention, previewRetention, purgeExpired, purgeNow, setRetention } from "./index.ts";

let world: World;
let acme: Context;

beforeAll(async () => {
  world = await openWorld("2026-11-18T11:00:00Z");
  acme = await world.found("Acme");
  await world.write(
    acme,
    ["2026-09-01T00:00:00Z", "2026-11-08T10:59:59.999Z", "2026-11-08T11:00:00Z"].map((occurred_at) => ({ action: "notebook_created", occurred_at })),
  );
});
afterAll(() => world.close());

const set = (days: unknown, context = acme) => perform(world.platform, context, setRetention, { days });

test("a policy is for ever until somebody says otherwise", async () => {
  expect(await read(world.platform, acme, getRetention, undefined)).toEqual({
    days: null,
    oldestEventAt: "2026-09-01T00:00:00.000Z",
    eventCount: 4,
    purges: [],
  });
  await expect(perform(world.platform, acme, purgeNow, undefined)).rejects.toMatchObject({ code: "conflict" });
});

test("a preview counts to the millisecond and changes nothing", async () => {
  expect(await read(world.platform, acme, previewRetention, { days: 10 })).toEqual({ before: "2026-11-08T11:00:00.000Z", count: 2 });
  expect((await read(world.platform, acme, getRetention, undefined)).days).toBeNull();
});

test("a change is recorded with what was before; setting the same again is not", async () => {
  await set(10);
  await set(10);
  await set(null);
  const changes = await world.log(acme, "retention_policy_updated");
  expect(changes.map((event) => event.changes?.fields)).toEqual([[{ path: "days", before: null, after: 10 }], [{ path: "days", before: 10, after: null }]]);
});

test.each([0, -1, 1.5, 36_501, "30", undefined])("%j days are refused", async (days) => {
  await expect(set(days)).rejects.toMatchObject({ code: "invalid" });
});

test.each([1, 36_500])("%d days are taken", async (days) => {
  await set(days);
  expect((await read(world.platform, acme, getRetention, undefined)).days).toBe(days);
});

test("asked for now, a purge waits for the worker; asked for again meanwhile, it is refused", async () => {
  await set(10);
  const preview = await read(world.platform, acme, previewRetention, { days: 10 });
  expect(await perform(world.platform, acme, purgeNow, undefined)).toEqual({ queued: true });
  await expect(perform(world.platform, acme, purgeNow, undefined)).rejects.toMatchObject({ code: "conflict" });
  expect((await read(world.platform, acme, getRetention, undefined)).purges).toMatchObject([{ trigger: "purge_now", count: 0, finishedAt: null }]);
  await purgeExpired(world.platform);
  const after = await read(world.platform, acme, getRetention, undefined);
  expect(after.purges).toMatchObject([{ trigger: "purge_now", ...preview, finishedAt: "2026-11-18T11:00:00.000Z" }]);
  expect(after.oldestEventAt).toBe("2026-11-08T11:00:00.000Z");
  expect(after.eventCount).toBe(Number((await world.ask<{ count: string }>("select count(*) from events")).count));
});

test("asked for with nothing to remove, it says that it removed nothing", async () => {
  await perform(world.platform, acme, purgeNow, undefined);
  await purgeExpired(world.platform);
  const recorded = await world.log(acme, "retention_purged");
  expect(recorded.map(({ metadata }) => metadata["count"])).toEqual([2, 0]);
  expect(await world.log(acme, "retention_purge_requested")).toHaveLength(2);
});

test("a member sees nothing of it, an admin only looks, and both denials are recorded", async () => {
  if (acme.viewer.kind !== "member") throw new Error("the owner is a person");
  const admin: Context = { ...acme, viewer: { ...acme.viewer, role: "admin" } };
  expect((await read(world.platform, admin, getRetention, undefined)).days).toBe(10);
  await expect(set(30, admin)).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(world.platform, admin, purgeNow, undefined)).rejects.toMatchObject({ code: "forbidden" });
  await expect(read(world.platform, await testMember(world.platform, acme, "member"), getRetention, undefined)).rejects.toMatchObject({ code: "forbidden" });
  expect((await world.log(acme, "access_denied")).map(({ metadata }) => metadata["verb"])).toEqual(["retention.set", "retention.purgeNow", "retention.get"]);
});
