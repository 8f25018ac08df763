import { everything } from "@daybook/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChild } from "../../test/child.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import type { Context } from "../context.ts";

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
    const life = await startChild("rollUp", { url: world.url, now, dieAt }).done;
    if (life.signal === "SIGKILL") died += 1;
    else finished = true;
  }
  expect({ finished, died: died > 0 }).toEqual({ finished: true, died: true });
  for (const { viewer } of organizations) {
    const { total } = await world.store.histogram(viewer.organizationId, { query: everything, bucket: "day", zone: "UTC" });
    expect(total).toBe(await world.store.lastSeq(viewer.organizationId));
  }
}, 120_000);
