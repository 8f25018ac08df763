import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { look, testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import { addMemberToTeam, createTeam, deleteTeam } from "../access/index.ts";
import type { Context } from "../context.ts";
import { checkItem, createCase } from "../investigations/index.ts";
import { perform } from "../verb.ts";
import { createView, updateView } from "./change-views.ts";
import { setDefaultView } from "./choose-views.ts";
import { createLink } from "./short-links.ts";

let platform: TestPlatform;
let owner: Context;
let teamId: string;
let viewId: string;

beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());
beforeEach(async () => {
  owner = await testOrganization(platform);
  teamId = (await perform(platform, owner, createTeam, { name: "Finance" })).id;
  viewId = (await perform(platform, owner, createView, { name: "Shared", logType: "activity", state: {}, sharing: { with: "team", teamId } } as never)).id;
});

const waiting = async () =>
  (
    await look<{ count: number }>(
      platform,
      "select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
  )[0]?.count;

/** Both begin while the organization's head is held by somebody else, the first before the second; then both go on. */
async function meet(first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<PromiseSettledResult<unknown>[]> {
  const acts: Promise<unknown>[] = [];
  await platform.store.transaction(owner.viewer.organizationId, async (tx) => {
    await tx.execute(`select from organization_heads where organization_id = '${owner.viewer.organizationId}' for update`);
    for (const act of [first, second]) {
      const begun = act();
      begun.catch(() => undefined);
      acts.push(begun);
      await expect.poll(waiting, { timeout: 10_000 }).toBe(acts.length);
    }
  });
  return Promise.allSettled(acts);
}

const verbs: Record<string, () => Promise<unknown>> = {
  "change a view": () => perform(platform, owner, updateView, { viewId, version: 1, name: "Renamed" }),
  "share a view": () => perform(platform, owner, createView, { name: "Mine", logType: "activity", state: {}, sharing: { with: "team", teamId } } as never),
  "make a link": async () => {
    const [{ slug } = { slug: "" }] = await look<{ slug: string }>(platform, `select slug from organizations where id = '${owner.viewer.organizationId}'`);
    return perform(platform, owner, createLink, { path: `/o/${slug}/logs` });
  },
  "choose a default": () => perform(platform, owner, setDefaultView, { logType: "activity", for: "member", viewId }),
  "open a case": () => perform(platform, owner, createCase, { recipe: "blank" }),
  "check a week": async () => {
    const monday = new Date(platform.now().getTime() - (((platform.now().getUTCDay() + 6) % 7) + 7) * 86_400_000).toISOString().slice(0, 10);
    return perform(platform, owner, checkItem, { week: monday, item: "anonymous" });
  },
  "delete a team": () => perform(platform, owner, deleteTeam, { teamId }),
  "create a team": () => perform(platform, owner, createTeam, { name: "Legal" }),
  "add to a team": async () => {
    const { viewer } = await newcomer;
    return perform(platform, owner, addMemberToTeam, { teamId, userId: viewer.actor.id });
  },
};
let newcomer: Promise<Context>;

test.each([
  ["change a view", "delete a team"],
  ["share a view", "delete a team"],
  ["share a view", "add to a team"],
  ["make a link", "create a team"],
  ["choose a default", "create a team"],
  ["open a case", "create a team"],
  ["check a week", "create a team"],
])("to %s and to %s at the same moment: one waits for the other, and neither is sent away", async (one, other) => {
  newcomer = testMember(platform, owner, "member");
  await newcomer;
  const done = await meet(verbs[one] ?? (() => Promise.reject(new Error(one))), verbs[other] ?? (() => Promise.reject(new Error(other))));
  expect(done.map((each) => (each.status === "rejected" ? String(each.reason) : "done"))).toEqual(["done", "done"]);
});

test("a view that is shared with a team at the moment in which it is deleted is refused, so that no view is shared with a team that is gone", async () => {
  const [, shared] = await meet(verbs["delete a team"] ?? (async () => null), verbs["share a view"] ?? (async () => null));
  expect(shared).toMatchObject({ status: "rejected", reason: { code: "not_found", path: "sharing.teamId" } });
  expect(await look(platform, `select team_id from saved_views where organization_id = '${owner.viewer.organizationId}' and team_id is not null`)).toEqual([]);
});
