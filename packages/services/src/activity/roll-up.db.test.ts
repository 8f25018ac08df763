import { randomBytes } from "node:crypto";
import { everything } from "@daybook/query";
import { sightings } from "@daybook/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChild } from "../../test/child.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import type { Context } from "../context.ts";
import { consume } from "./consume.ts";
import type { Consumer } from "./consume.ts";

const now = "2026-11-18T10:00:00Z";
const eventsEach = 30;
/** More than the steps that a whole run takes, so that the last life always ends by itself. */
const livesMax = 40;

let world: World;
const organizations: Context[] = [];

beforeAll(async () => {
  world = await openWorld(now);
  for (const name of ["Acme", "Bell", "Cole"]) organizations.push(await world.found(name));
});
afterAll(() => world.close());

test("a roll-up killed before, between and after each of its steps counts every event once", async () => {
  for (const context of organizations) {
    await world.write(
      context,
      Array.from({ length: eventsEach }, (_, at) => ({ action: at % 3 ? "query_executed" : "notebook_created", occurred_at: `2026-11-1${at % 8}T09:00:00Z` })),
    );
  }
  let died = 0;
  let finished = false;
  for (let dieAt = 1; dieAt <= livesMax && !finished; dieAt += 1) {
    const life = await (await startChild("rollUp", { url: world.url, now, dieAt })).done;
    if (life.signal === "SIGKILL") died += 1;
    else finished = true;
  }
  expect({ finished, died: died > 0 }).toEqual({ finished: true, died: true });
  for (const { viewer } of organizations) {
    const { total } = await world.store.countEvents(viewer.organizationId, everything);
    expect(total).toBe(await world.store.lastSeq(viewer.organizationId));
    const seen = await sightings.among(world.store.of(viewer.organizationId), viewer.organizationId, ["query_executed", "notebook_created"]);
    expect(Object.fromEntries(seen.map(({ action, events }) => [action, events]))).toEqual({ query_executed: 20, notebook_created: 10 });
  }
});

/** Text that no compression makes shorter, as long as an identifier may be. */
const longText = () => Array.from(randomBytes(512), (byte, at) => String.fromCodePoint(0x4e00 + ((byte * 79 + at * 31) % 20_000))).join("");

test("an event whose every part is as long as it may be is counted like any other", async () => {
  const context = await world.found("Long");
  const events = Array.from({ length: 2 }, () => ({
    action: "notebook_created",
    operation: longText(),
    actor: { type: "user" as const, id: longText(), name: longText() },
    resource: { type: longText() },
  }));
  await world.write(context, [...events, ...events]);
  await world.rollUp();
  const { total } = await world.store.countEvents(context.viewer.organizationId, everything);
  expect(total).toBe(await world.store.lastSeq(context.viewer.organizationId));
});

test("one organization's trouble is told and keeps no other waiting", async () => {
  const [sick, well] = [await world.found("Sick"), await world.found("Well")];
  await world.write(sick, [{ action: "notebook_created" }, { action: "notebook_created" }]);
  const served: string[] = [];
  const consumer: Consumer = {
    name: "troubled",
    effect: async (_tx, organizationId, afterSeq, { store }) => {
      if (organizationId === sick.viewer.organizationId) throw new Error("sick");
      served.push(organizationId);
      return Math.max(afterSeq, await store.lastSeq(organizationId));
    },
  };
  await expect(consume(world.platform, consumer)).rejects.toThrow("troubled is stuck in 1 organizations");
  expect(served).toContain(well.viewer.organizationId);
});
