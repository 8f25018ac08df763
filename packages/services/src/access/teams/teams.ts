import { diff, Refusal } from "@daybook/event";
import { organizations, savedViews, teamMembers, teams } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { z } from "zod";
import { newId } from "../../context.ts";
import { defineChange } from "../../verb.ts";
import { demandOwnTeam, lockTeam, teamDescription, teamEvent, teamId, teamName } from "./team-event.ts";

export const teamsMax = 1_000;

export const createTeam = defineChange({
  name: "teams.create",
  needs: "teams:create",
  records: "team_created",
  input: z.object({ name: teamName, description: teamDescription.default("") }),
  async run(tx, { viewer }, { name, description }, platform) {
    const { organizationId } = viewer;
    // Whoever creates a team waits for whoever else does: so the count holds and the name is nobody else's.
    await organizations.lock(tx, organizationId);
    await demandFreeName(tx, organizationId, { name });
    if ((await teams.countAll(tx, organizationId)) >= teamsMax)
      throw new Refusal("conflict", `There are ${teamsMax} teams already, which is as many as an organization can have. Delete one that is not used.`);
    const id = newId(platform);
    await teams.insert(tx, { organizationId, id, name, description, createdAt: platform.now() });
    return { result: { id }, event: { ...teamEvent({ id, name }), changes: { after: { name, description } } } };
  },
});

export const updateTeam = defineChange({
  name: "teams.update",
  needs: "teams:manage",
  within: "team",
  records: "team_updated",
  input: z.object({ teamId, name: teamName.optional(), description: teamDescription.optional() }),
  async run(tx, { viewer }, { teamId: id, ...input }) {
    const { organizationId } = viewer;
    await organizations.lock(tx, organizationId);
    const team = await lockTeam(tx, organizationId, id);
    await demandOwnTeam(tx, viewer, id);
    const before = { name: team.name, description: team.description };
    const after = { name: input.name ?? team.name, description: input.description ?? team.description };
    if (diff(before, after).length === 0) return { result: { changed: false }, event: null };
    await demandFreeName(tx, organizationId, { id, name: after.name });
    await teams.update(tx, organizationId, { id, ...after });
    return { result: { changed: true }, event: { ...teamEvent({ id, name: after.name }), changes: { before, after } } };
  },
});

export const deleteTeam = defineChange({
  name: "teams.delete",
  needs: "teams:manage",
  within: "team",
  records: "team_deleted",
  input: z.object({ teamId }),
  async run(tx, { viewer }, { teamId: id }) {
    const { organizationId } = viewer;
    // Whoever takes a member out of all their teams, or gives it a service user, holds rows that go with it and waits for the head as well.
    await organizations.lock(tx, organizationId);
    const team = await lockTeam(tx, organizationId, id);
    await demandOwnTeam(tx, viewer, id);
    const members = await teamMembers.countOf(tx, organizationId, id);
    // Views of the team become their owners' own, so whoever changes views goes first.
    await savedViews.lockViews(tx, organizationId);
    await teams.remove(tx, organizationId, id);
    return {
      result: {},
      event: { ...teamEvent(team), changes: { before: { name: team.name, description: team.description } }, counts: { members } },
    };
  },
});

async function demandFreeName(tx: Tx, organizationId: string, { id, name }: { id?: string; name: string }): Promise<void> {
  const taken = await teams.named(tx, organizationId, name);
  if (taken && taken.id !== id) throw new Refusal("conflict", `There is a team named "${taken.name}" already.`, "name");
}
