import { randomUUID } from "node:crypto";
import { consume, foldOperations, foundOrganization, rollUp } from "@daybook/services";
import type { Context, Platform } from "@daybook/services";
import { demos, schema } from "@daybook/store";
import { testApi } from "../test-api.ts";
import { routesOf } from "./routes-of.ts";
import type { TestApi } from "../test-api.ts";
import { openCast } from "./cast.ts";
import type { Cast } from "./cast.ts";
import { clear, furnish, nothing } from "./furniture.ts";
import type { Furniture } from "./furniture.ts";
import type { Target } from "./personas.ts";
import { undoneStore } from "./undone-store.ts";

/** Two furnished organizations, everybody who may ask, and an API whose changes leave no trace. */
export interface Stage {
  api: TestApi;
  cast: Cast;
  /** `METHOD /path` of every route that the server has. */
  routes: readonly string[];
  idsFor(target: Target): Furniture;
  organizationFor(target: Target): string;
}

export async function openStage(): Promise<Stage> {
  let undo = false;
  const api = await testApi({
    wrapStore: (store) => {
      const undone = undoneStore(store);
      return {
        ...store,
        transaction: (organizationId, work) => (undo ? undone : store).transaction(organizationId, work),
        platformTransaction: (work) => (undo ? undone : store).platformTransaction(work),
      };
    },
  });
  const { platform } = api;
  const cast = await openCast(api);
  const { member, team_admin: teamAdmin, auditor, removed, foreign_owner: foreigner } = cast.userIds;
  const organizationId = cast.home.viewer.organizationId;
  const own = await furnish(platform, cast.home, { label: "Own", userId: member, auditorId: auditor });
  await platform.store.transaction(organizationId, (tx) =>
    tx.insert(schema.teamMembers).values([
      { organizationId, teamId: own.team, userId: teamAdmin, role: "admin", createdAt: platform.now() },
      { organizationId, teamId: own.team, userId: member, role: "member", createdAt: platform.now() },
    ]),
  );
  const otherTeam = await furnish(platform, cast.home, { label: "Other", userId: cast.bystander, auditorId: auditor });
  await platform.store.transaction(organizationId, (tx) =>
    tx.insert(schema.teamMembers).values({ organizationId, teamId: otherTeam.team, userId: cast.bystander, role: "member", createdAt: platform.now() }),
  );
  const foreign = await furnish(platform, cast.foreign, { label: "Foreign", userId: foreigner, auditorId: foreigner });
  const deleted = await clear(platform, cast.home, await furnish(platform, cast.home, { label: "Gone", userId: removed, auditorId: auditor }));
  for (const context of [cast.home, cast.foreign]) await giveDemo(platform, context);
  await consume(platform, foldOperations);
  await consume(platform, rollUp);
  undo = true;
  const nowhere = randomUUID();
  const ids: Record<Target, () => Furniture> = {
    own: () => own,
    other_team: () => otherTeam,
    other_organization: () => foreign,
    deleted: () => deleted,
    nonexistent: nothing,
    asked_of_other: () => own,
    asked_of_nobody: () => own,
  };
  return {
    api,
    cast,
    routes: routesOf(api.app),
    idsFor: (target) => ids[target](),
    organizationFor: (target) => (target === "asked_of_other" ? cast.foreign.viewer.organizationId : target === "asked_of_nobody" ? nowhere : organizationId),
  };
}

/** Demo data that is there already: loading it anew is refused for its state, and never begun. */
async function giveDemo(platform: Platform, { viewer }: Context): Promise<void> {
  if (viewer.kind !== "member") throw new Error("an owner asks");
  const owner = { userId: viewer.userId, name: viewer.actor.name ?? "", email: viewer.actor.email ?? "" };
  await platform.store.platformTransaction(async (tx) => {
    const { organization } = await foundOrganization(tx, platform, { owner, name: "Demo", timeZone: "UTC", demo: true, request: {}, starters: [] });
    await demos.insert(tx, { organizationId: viewer.organizationId, demoId: organization.id, createdAt: platform.now() });
    await tx.execute(`update demos set loaded_at = now() where organization_id = '${viewer.organizationId}'`);
  });
}
