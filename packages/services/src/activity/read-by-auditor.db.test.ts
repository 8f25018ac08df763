import { openStore } from "@daybook/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asNow } from "../../test/log-readers.ts";
import { platformOn } from "../../test/platform-on.ts";
import { testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { grantAuditor, listAuditors } from "../access/auditors/index.ts";
import { perform, read } from "../verb.ts";
import { recordReadByAuditor } from "./read-by-auditor.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld("2026-11-21T12:00:00.000Z");
});
afterAll(() => world.close());

const grantsHeld = 12;
const rounds = 4;
const readsAtOnce = 100;

test("an auditor of many grants who reads much at once gets every answer, and each counts on every grant", async () => {
  const owner = await world.found("Acme");
  const member = await testMember(world.platform, owner, "auditor");
  const grant = { email: member.viewer.actor.email ?? "", filter: {}, expiresAt: "2026-12-21T12:00:00.000Z", reason: "Audit" };
  for (let at = 0; at < grantsHeld; at += 1) await perform(world.platform, owner, grantAuditor, grant);
  const auditor = await asNow(world.platform, member);
  const store = openStore({ url: world.url, applicationName: "many reads", max: grantsHeld });
  const platform = platformOn(store, { now: world.platform.now });
  for (let round = 0; round < rounds; round += 1) {
    const work = Array.from({ length: readsAtOnce }, (_, at) =>
      recordReadByAuditor(platform, auditor, { asked: { is: "text", words: [`word-${at}`] }, rows: null }),
    );
    expect((await Promise.allSettled(work)).filter(({ status }) => status === "rejected")).toEqual([]);
  }
  await store.close();
  const { lasting } = await read(world.platform, owner, listAuditors, {});
  expect(lasting.map(({ reads }) => reads)).toEqual(Array.from({ length: grantsHeld }, () => rounds * readsAtOnce));
  expect(await world.log(owner, "audit_log_viewed")).toHaveLength(readsAtOnce);
});
