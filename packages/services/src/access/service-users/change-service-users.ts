import { diff, Refusal } from "@daybook/event";
import type { EventInput, Team } from "@daybook/event";
import { organizations, serviceUsers, tokens } from "@daybook/store";
import type { ServiceUser, Tx } from "@daybook/store";
import { z } from "zod";
import { newId } from "../../context.ts";
import { recordAll } from "../../record.ts";
import { defineChange } from "../../verb.ts";
import { revocation, tokenResource } from "../tokens/token-words.ts";
import { noSuchServiceUser, serviceUserResource } from "./service-user-words.ts";

export const serviceUsersMax = 500;

const name = z.string().trim().min(1, "name it").max(100);
const description = z.string().trim().max(500);
/** Who answers for it: a team, or one active member. */
const owner = z.union([z.strictObject({ teamId: z.uuid() }), z.strictObject({ userId: z.uuid() })], "must name a team or a member").nullable();

export const createServiceUser = defineChange({
  name: "serviceUsers.create",
  needs: "service-users:manage",
  records: "service_user_created",
  input: z.object({ name, description: description.default(""), owner: owner.default(null) }),
  async run(tx, context, input, platform) {
    const { organizationId, actor } = context.viewer;
    // Whoever gives a name waits for whoever else does: so it is nobody else's, and the count holds.
    await organizations.lock(tx, organizationId);
    if ((await serviceUsers.howMany(tx, organizationId)) >= serviceUsersMax)
      throw new Refusal("conflict", `The organization has ${serviceUsersMax} service users already. Delete one that nobody uses.`);
    await demandFreeName(tx, organizationId, { name: input.name });
    const owned = await ownerOf(tx, organizationId, input.owner);
    const row: ServiceUser = {
      organizationId,
      id: newId(platform),
      name: input.name,
      description: input.description,
      ownerTeamId: owned.teamId,
      ownerUserId: owned.userId,
      createdBy: context.viewer.kind === "member" ? context.viewer.userId : null,
      createdByName: actor.name ?? actor.type,
      createdAt: platform.now(),
      deletedAt: null,
    };
    await serviceUsers.insert(tx, row);
    return { result: { id: row.id }, event: { ...about(row, owned), changes: { before: null, after: told(row, owned) } } };
  },
});

export const updateServiceUser = defineChange({
  name: "serviceUsers.update",
  needs: "service-users:manage",
  records: "service_user_updated",
  input: z.object({ serviceUserId: z.uuid(), name: name.optional(), description: description.optional(), owner: owner.optional() }),
  async run(tx, { viewer: { organizationId } }, input) {
    await organizations.lock(tx, organizationId);
    const row = await serviceUsers.lock(tx, organizationId, input.serviceUserId);
    if (!row) throw noSuchServiceUser();
    if (input.name !== undefined) await demandFreeName(tx, organizationId, { name: input.name, except: row.id });
    const had = await ownerIn(tx, row);
    const owned = input.owner === undefined ? had : await ownerOf(tx, organizationId, input.owner);
    const wanted = {
      name: input.name ?? row.name,
      description: input.description ?? row.description,
      ownerTeamId: owned.teamId,
      ownerUserId: owned.userId,
    };
    const changes = { before: told(row, had), after: told(wanted, owned) };
    if (diff(changes.before, changes.after).length === 0) return { result: {}, event: null };
    await serviceUsers.update(tx, organizationId, { id: row.id, ...wanted });
    return { result: {}, event: { ...about({ ...row, ...wanted }, owned), changes } };
  },
});

/** Its tokens are refused from then on; each says so for itself, in the same transaction. */
export const removeServiceUser = defineChange({
  name: "serviceUsers.remove",
  needs: "service-users:manage",
  records: "service_user_removed",
  input: z.object({ serviceUserId: z.uuid() }),
  async run(tx, context, { serviceUserId }, platform) {
    const { organizationId } = context.viewer;
    // Whoever deletes the team that answers for it takes it from that team behind the head.
    await organizations.lock(tx, organizationId);
    const row = await serviceUsers.lock(tx, organizationId, serviceUserId);
    if (!row) throw noSuchServiceUser();
    const at = platform.now();
    const owned = await ownerIn(tx, row);
    const revoked = await tokens.revokeAllOf(tx, organizationId, { serviceUserId, at });
    await serviceUsers.update(tx, organizationId, { id: row.id, deletedAt: at });
    const events: EventInput[] = revoked.map((token) => ({
      action: "api_token_workspace_revoked",
      resource: tokenResource(token),
      related_resources: [serviceUserResource(row)],
      reason: "Its service user was deleted.",
      ...revocation(token),
    }));
    if (events.length > 0) await recordAll(platform, tx, context, events);
    return {
      result: { tokensRevoked: revoked.length },
      event: { ...about(row, owned), changes: { before: told(row, owned), after: null }, counts: { tokens: revoked.length } },
    };
  },
});

interface Owned {
  teamId: string | null;
  userId: string | null;
  /** Of the team or the member. */
  name: string | null;
}

const nobody: Owned = { teamId: null, userId: null, name: null };

async function ownerOf(tx: Tx, organizationId: string, wanted: z.infer<typeof owner>): Promise<Owned> {
  if (wanted === null) return nobody;
  const found = await serviceUsers.ownerName(tx, organizationId, wanted);
  if (found === null)
    throw new Refusal("not_found", "teamId" in wanted ? "There is no such team." : "There is no such member, or they are not active.", "owner");
  return { ...nobody, ...wanted, name: found };
}

/** Whoever owns it now; a member who left meanwhile has no name to tell. */
async function ownerIn(tx: Tx, { organizationId, ownerTeamId: teamId, ownerUserId: userId }: ServiceUser): Promise<Owned> {
  if (teamId !== null) return { teamId, userId: null, name: await serviceUsers.ownerName(tx, organizationId, { teamId }) };
  if (userId !== null) return { teamId: null, userId, name: await serviceUsers.ownerName(tx, organizationId, { userId }) };
  return nobody;
}

async function demandFreeName(tx: Tx, organizationId: string, wanted: { name: string; except?: string }): Promise<void> {
  if (await serviceUsers.nameTaken(tx, organizationId, wanted)) throw new Refusal("conflict", `A service user has the name "${wanted.name}" already.`, "name");
}

/** What belongs to a team stands in the team's log as well. */
function about(row: Pick<ServiceUser, "id" | "name">, owned: Owned) {
  const team: Team | null = owned.teamId === null ? null : { id: owned.teamId, ...(owned.name !== null && { name: owned.name }) };
  return {
    resource: serviceUserResource(row),
    ...(team && { team }),
    ...(owned.userId !== null && { related_resources: [{ type: "user", id: owned.userId, ...(owned.name !== null && { name: owned.name }) }] }),
  };
}

const told = (row: Pick<ServiceUser, "name" | "description">, owned: Owned) => ({
  name: row.name,
  description: row.description,
  owner: owned.name,
  owner_id: owned.teamId ?? owned.userId,
  owner_type: ownerType(owned),
});

const ownerType = ({ teamId, userId }: Owned): "team" | "user" | null => {
  if (teamId !== null) return "team";
  return userId === null ? null : "user";
};
