import { randomUUID } from "node:crypto";
import { actingMember, createToken, foundOrganization, generateKey, perform } from "@daybook/services";
import type { Context } from "@daybook/services";
import type { Role } from "@daybook/policy";
import { members } from "@daybook/store";
import type { TestApi } from "./test-api.ts";

/** An organization without anybody signed in: for tests of what tokens may do. */
export async function testOrganization({ platform }: TestApi): Promise<Context> {
  const userId = randomUUID();
  const owner = { userId, name: "Olivia Owner", email: `owner-${userId}@example.com` };
  return platform.store.platformTransaction(async (tx) => {
    await members.insertUser(tx, { id: userId, accountId: randomUUID(), name: owner.name, email: owner.email, passwordHash: "none" });
    return (await foundOrganization(tx, platform, { owner, name: `Org ${userId.slice(0, 8)}`, timeZone: "UTC", demo: false, request: {}, starters: [] }))
      .context;
  });
}

export async function testMember({ platform }: TestApi, { viewer: { organizationId } }: Context, role: Role): Promise<Context> {
  const id = randomUUID();
  const person = { id, name: `Some ${role}`, email: `${role}-${id}@example.com` };
  await platform.store.platformTransaction(async (tx) => {
    await members.insertUser(tx, { id, accountId: randomUUID(), name: person.name, email: person.email, passwordHash: "none" });
    await members.insert(tx, { organizationId, userId: id, role });
  });
  return { viewer: actingMember({ organizationId, role, person }), origin: "interface", request: {} };
}

export const newToken = ({ platform }: TestApi, context: Context, input: object = {}) =>
  perform(platform, context, createToken, { name: "T", scopes: ["events:write"], ...input });
export const newKey = ({ platform }: TestApi, context: Context, input: object = {}) =>
  perform(platform, context, generateKey, { name: "K", scopes: ["events:write"], ...input });
