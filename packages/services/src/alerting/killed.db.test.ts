import { setTimeout as pause } from "node:timers/promises";
import { seededRandom } from "@daybook/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deedsIn, monday, openAlertingWorld, roleChange } from "../../test/alerting.ts";
import type { AlertingWorld } from "../../test/alerting.ts";
import { startChild } from "../../test/child.ts";
import type { Context } from "../context.ts";

let world: AlertingWorld;

beforeAll(async () => {
  world = await openAlertingWorld();
});
afterAll(() => world.close());

const rounds = 6;
const actorsPerRound = 5;
const changesPerActor = 2;
/** A step of evaluation takes some tens of milliseconds, a delivery one or two. */
const thenMsMax = 8;

test("workers killed with SIGKILL at random moments leave one incident, one mail and one `alerts_sent` for each actor", async () => {
  const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
  const random = seededRandom(seed);
  const acme = await world.acme();
  const killedWith: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await changes(acme, round);
    const before = await world.store.lastSeq(acme.viewer.organizationId);
    const events = () => Math.floor(random() * 2 * actorsPerRound);
    // Two at once, so that one takes over what the other held when it died.
    await Promise.all([1, 2].map(() => killedChild(acme, { atSeq: before + events(), thenMs: random() * thenMsMax })));
    const { incidents, sent } = await deedsIn(world, acme);
    killedWith.push(`${incidents.length - round * actorsPerRound}/${sent.length - round * actorsPerRound}`);
    await (
      await startChild("alert", { url: world.url, now: monday })
    ).done;
    await expectOnce(acme, (round + 1) * actorsPerRound);
  }
  console.info(`SEED=${seed}: killed with ${killedWith.join(", ")} incidents/mails of ${actorsPerRound} done`);
});

async function changes(context: Context, round: number): Promise<void> {
  for (let at = 0; at < actorsPerRound * changesPerActor; at += 1)
    await world.arrive(context, { ...roleChange, actor: { type: "user", id: `u_${round}_${at % actorsPerRound}` } });
}

async function expectOnce(context: Context, actors: number): Promise<void> {
  const { incidents, mails, opened, sent } = await deedsIn(world, context);
  expect(incidents.map(({ event_count }) => event_count)).toEqual(Array.from({ length: actors }, () => changesPerActor));
  expect(mails.map(({ state }) => state)).toEqual(Array.from({ length: actors }, () => "delivered"));
  const ids = new Set(incidents.map(({ id }) => id));
  for (const events of [opened, sent]) {
    expect(events.length).toBe(actors);
    expect(new Set(events.map(({ resource }) => resource?.id))).toEqual(ids);
  }
}

/** Kills a worker some moments after the log got that far, which says how far the work is on a slow machine too. */
async function killedChild({ viewer }: Context, { atSeq, thenMs }: { atSeq: number; thenMs: number }): Promise<void> {
  const child = await startChild("alert", { url: world.url, now: monday });
  let ended = false;
  void child.done.then(() => (ended = true));
  await child.ready;
  while (!ended && (await world.store.lastSeq(viewer.organizationId)) < atSeq) await pause(1);
  await pause(thenMs);
  await child.kill();
}
