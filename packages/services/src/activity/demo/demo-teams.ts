import { teamMembers, teams } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { teams as cast } from "./cast.ts";

const about = {
  [cast.platform.id]: "Pipelines, warehouses and who may use them",
  [cast.insights.id]: "Dashboards and reports",
  [cast.revenue.id]: "Forecasts and the numbers behind them",
};

/** The teams that the demo's events name. Whoever loads it is an admin of one, so that a team stands in their sidebar. */
export async function insertDemoTeams(tx: Tx, { demoId, ownerId, at }: { demoId: string; ownerId: string; at: Date }): Promise<void> {
  for (const { id, name } of Object.values(cast)) await teams.insert(tx, { organizationId: demoId, id, name, description: about[id], createdAt: at });
  await teamMembers.insert(tx, { organizationId: demoId, teamId: cast.insights.id, userId: ownerId, role: "admin", createdAt: at });
}
