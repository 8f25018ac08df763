import { Refusal } from "@daybook/event";
import type { Resource } from "@daybook/event";
import { may } from "@daybook/policy";
import type { Viewer } from "@daybook/policy";
import { teamMembers, teams } from "@daybook/store";
import type { Team, Tx } from "@daybook/store";
import { z } from "zod";
import { changedMeanwhile } from "../../own-standing.ts";
import type { Recorded } from "../../verb.ts";

export const teamName = z.string().trim().min(1, "name the team").max(100);
export const teamDescription = z.string().trim().max(500);
export const teamId = z.uuid();

/** What every event about a team says: it stands in the team's own log, under the name that the team has at that moment. */
export const teamEvent = ({ id, name }: Pick<Team, "id" | "name">): Pick<Recorded, "resource" | "team"> => ({
  resource: { type: "team", id, name },
  team: { id, name },
});

export const memberResource = ({ userId, name, email }: { userId: string; name: string; email: string }): Resource => ({
  type: "user",
  id: userId,
  name: name === "" ? email : name,
});

export const noSuchTeam = () => new Refusal("not_found", "There is no such team, or you are not in it.", "teamId");

export async function lockTeam(tx: Tx, organizationId: string, id: string): Promise<Team> {
  const team = await teams.lock(tx, organizationId, id);
  if (!team) throw noSuchTeam();
  return team;
}

/** Who changes a team as its admin is that still, now that the team is held and nobody takes it from them. */
export async function demandOwnTeam(tx: Tx, viewer: Viewer, id: string): Promise<void> {
  if (viewer.kind !== "member" || may(viewer, "teams:manage").allowed) return;
  const own = await teamMembers.find(tx, viewer.organizationId, { teamId: id, userId: viewer.userId });
  if (own?.role !== "admin") throw changedMeanwhile();
}
