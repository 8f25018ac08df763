import { serviceUsers } from "@daybook/store";
import { z } from "zod";
import { defineRead } from "../../verb.ts";
import { serviceUsersMax } from "./change-service-users.ts";

const ownersMax = 1_000;

export interface ServiceUserView {
  id: string;
  name: string;
  description: string;
  owner: { type: "team" | "user"; id: string; name: string } | null;
  /** Tokens that work. */
  tokens: number;
  createdBy: string;
  createdAt: string;
  lastUsedAt: string | null;
}

export const listServiceUsers = defineRead({
  name: "serviceUsers.list",
  needs: "service-users:read",
  input: z.object({}).optional(),
  async run({ store, now }, { viewer: { organizationId } }): Promise<ServiceUserView[]> {
    const rows = await serviceUsers.list(store.of(organizationId), organizationId, { at: now(), limit: serviceUsersMax });
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      description: row.description,
      owner: ownerView(row),
      tokens: row.tokens,
      createdBy: row.createdByName,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    }));
  },
});

export interface PossibleOwners {
  teams: { id: string; name: string }[];
  members: { id: string; name: string; email: string }[];
}

/** Who may answer for a service user. */
export const listPossibleOwners = defineRead({
  name: "serviceUsers.owners",
  needs: "service-users:manage",
  input: z.object({}).optional(),
  run: ({ store }, { viewer: { organizationId } }): Promise<PossibleOwners> =>
    serviceUsers.possibleOwners(store.of(organizationId), organizationId, { limit: ownersMax }),
});

type Row = Awaited<ReturnType<typeof serviceUsers.list>>[number];

function ownerView(row: Row): ServiceUserView["owner"] {
  if (row.ownerTeamId !== null) return { type: "team", id: row.ownerTeamId, name: row.ownerTeam ?? "" };
  return row.ownerUserId === null ? null : { type: "user", id: row.ownerUserId, name: row.ownerUser ?? "" };
}
