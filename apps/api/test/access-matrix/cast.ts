import { actingMember, createToken, foundOrganization, generateKey, newId, perform } from "@daybook/services";
import type { Context } from "@daybook/services";
import type { Role, TokenScope } from "@daybook/policy";
import { members, schema } from "@daybook/store";
import { ownerPassword, setUpOwner, signIn } from "../test-api.ts";
import type { TestApi } from "../test-api.ts";
import type { Persona, Person } from "./personas.ts";

const dayMs = 86_400_000;
const grantLastsMs = 30 * dayMs;

/** What each persona shows at the door. */
export interface Credentials {
  cookie?: string;
  bearer?: string;
}

export interface Cast {
  home: Context;
  foreign: Context;
  userIds: Record<Person, string>;
  credentials: Record<Persona, Credentials>;
  /** A member whom nobody of the matrix plays, to do something to. */
  bystander: string;
}

const roleOf: Record<Exclude<Person, "owner" | "foreign_owner">, Role> = {
  admin: "admin",
  team_admin: "member",
  member: "member",
  auditor: "auditor",
  auditor_expired: "auditor",
  suspended: "member",
  removed: "member",
};

/** Two organizations, and everybody of the matrix with what proves who they are. */
export async function openCast(api: TestApi): Promise<Cast> {
  const { platform } = api;
  const founder = await setUpOwner(api);
  const [account] = await platform.store.platform.select().from(schema.accounts);
  const [user] = await platform.store.platform.select().from(schema.users);
  if (!account?.password || !user) throw new Error("setting up made an owner with a password");
  const passwordHash = account.password;
  const join = async (email: string): Promise<string> => {
    const id = newId(platform);
    await platform.store.platformTransaction((tx) =>
      members.insertUser(tx, { id, accountId: newId(platform), name: email.split("@")[0] ?? "", email, passwordHash }),
    );
    return id;
  };
  const cookieOf = async (email: string) => (await signIn(api, { email, password: ownerPassword })).cookie;
  const contextOf = (organizationId: string, person: { id: string; name: string; email: string }): Context => ({
    viewer: actingMember({ organizationId, role: "owner", person }),
    origin: "interface",
    request: {},
  });
  const home = contextOf(founder.organizationId, { id: user.id, name: user.name, email: user.email });

  const foreignId = await join("foreign_owner@example.com");
  const foreign = await platform.store.platformTransaction(async (tx) => {
    const owner = { userId: foreignId, name: "Foreign", email: "foreign_owner@example.com" };
    return (await foundOrganization(tx, platform, { owner, name: "Elsewhere", timeZone: "UTC", demo: false, request: {}, starters: [] })).context;
  });

  const userIds: Record<string, string> = { owner: user.id, foreign_owner: foreignId };
  const credentials: Record<string, Credentials> = { anonymous: {}, owner: { cookie: founder.cookie } };
  for (const [person, role] of Object.entries(roleOf)) {
    const userId = await join(`${person}@example.com`);
    userIds[person] = userId;
    const status = person === "suspended" || person === "removed" ? person : "active";
    await platform.store.platformTransaction(async (tx) => {
      await members.insert(tx, { organizationId: founder.organizationId, userId, role, status, createdAt: platform.now() });
      if (role === "auditor") await tx.insert(schema.auditorGrants).values(auditorGrant(api, home, { userId, expired: person === "auditor_expired" }));
    });
  }
  for (const person of [...Object.keys(roleOf), "foreign_owner"]) credentials[person] = { cookie: await cookieOf(`${person}@example.com`) };

  const bystander = await join("bystander@example.com");
  await platform.store.platformTransaction((tx) =>
    members.insert(tx, { organizationId: founder.organizationId, userId: bystander, role: "member", createdAt: platform.now() }),
  );

  const foreignAuditor = await join("foreign_auditor@example.com");
  await platform.store.platformTransaction((tx) =>
    members.insert(tx, { organizationId: foreign.viewer.organizationId, userId: foreignAuditor, role: "auditor", createdAt: platform.now() }),
  );

  const tokenOf = async (context: Context, scopes: TokenScope[], name: string) =>
    (await perform(platform, context, createToken, { name, scopes } as never)) as { id: string; token: string };
  for (const scope of ["events:write", "events:read", "access:read", "access:write"] as const)
    credentials[`token_${scope.replace(":", "_")}`] = { bearer: (await tokenOf(home, [scope], scope)).token };
  credentials["foreign_token"] = { bearer: (await tokenOf(foreign, ["events:write", "events:read", "access:read", "access:write"], "foreign")).token };
  const member = { id: userIds["member"] ?? "", name: "member", email: "member@example.com" };
  const asMember: Context = { ...home, viewer: actingMember({ organizationId: founder.organizationId, role: "member", person: member }) };
  const key = await perform(platform, asMember, generateKey, { name: "Laptop", scopes: ["events:write", "access:read"] });
  credentials["member_key"] = { bearer: key.token };
  for (const [persona, column] of [
    ["token_revoked", "revoked_at"],
    ["token_expired", "expires_at"],
  ] as const) {
    const made = await tokenOf(home, ["events:write", "events:read", "access:read", "access:write"], persona);
    await platform.store.platformTransaction((tx) => tx.execute(`update workspace_tokens set ${column} = now() - interval '1 hour' where id = '${made.id}'`));
    credentials[persona] = { bearer: made.token };
  }
  return { home, foreign, bystander, userIds: userIds as Cast["userIds"], credentials: credentials as Cast["credentials"] };
}

function auditorGrant({ platform }: TestApi, { viewer }: Context, { userId, expired }: { userId: string; expired: boolean }) {
  const now = platform.now().getTime();
  return {
    organizationId: viewer.organizationId,
    id: newId(platform),
    userId,
    query: { is: "equals" as const, field: "namespace" as const, values: ["notebooks"] },
    queryText: "namespace is notebooks",
    eventsFrom: null,
    eventsTo: null,
    mayExport: false,
    createdBy: viewer.actor,
    createdAt: new Date(now - grantLastsMs),
    expiresAt: new Date(expired ? now - dayMs : now + dayMs),
  };
}
