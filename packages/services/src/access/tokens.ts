import { createHash } from "node:crypto";
import type { BlockList } from "node:net";
import { Refusal } from "@daybook/event";
import { tokenScopes } from "@daybook/policy";
import type { TokenScope } from "@daybook/policy";
import { organizations, standing, tokens } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { z } from "zod";
import { newId } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { defineChange, defineRead } from "../verb.ts";
import { listed, networkList } from "./network-list.ts";
import { isTokenText, makeToken } from "./token-text.ts";
import { planOf } from "./viewers.ts";

const tokenBytes = 32;
const allowedCidrsMax = 50;

export const createToken = defineChange({
  name: "tokens.create",
  needs: "tokens:manage",
  records: "api_token_workspace_created",
  input: z.object({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(z.enum(tokenScopes)).min(1),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
    /** Networks that it may be used from; none means any. */
    allowedCidrs: z
      .array(z.union([z.cidrv4(), z.cidrv6()], "must be a network such as `203.0.113.0/24` or `2001:db8::/32`"))
      .max(allowedCidrsMax)
      .default([]),
    /** Binds it: its events carry `app:<source>` as their source. */
    source: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_.-]{0,62}$/, "must be 1 to 63 small letters, digits, `_`, `.` or `-`")
      .optional(),
  }),
  async run(tx, context, input, platform) {
    const expiresAt = input.expiresAt ? new Date(input.expiresAt) : null;
    if (expiresAt && expiresAt <= platform.now()) throw new Refusal("invalid", "`expiresAt` must be in the future.", "expiresAt");
    const { allowedCidrs, source = null } = input;
    const made = await insertToken(tx, context, platform, { name: input.name, scopes: input.scopes, expiresAt, allowedCidrs, source });
    return {
      result: made,
      event: {
        resource: { type: "api_token", id: made.id, name: input.name },
        metadata: { scopes: input.scopes, expires_at: expiresAt?.toISOString() ?? null, allowed_cidrs: allowedCidrs, source },
      },
    };
  },
});

/** The token itself leaves this function once; the table has its hash. */
export async function insertToken(
  tx: Tx,
  context: Context,
  platform: Platform,
  { name, scopes, expiresAt, allowedCidrs = [], source = null }: NewToken,
): Promise<{ id: string; token: string }> {
  const { viewer } = context;
  const { token, shown } = makeToken(platform.random(tokenBytes));
  const id = newId(platform);
  await tokens.insert(tx, {
    organizationId: viewer.organizationId,
    id,
    name,
    prefix: shown,
    tokenHash: hashOf(token),
    scopes: [...scopes],
    createdBy: viewer.kind === "member" ? viewer.userId : null,
    createdByName: viewer.actor.name ?? viewer.actor.type,
    createdAt: platform.now(),
    expiresAt,
    allowedCidrs,
    source,
  });
  return { id, token };
}

interface NewToken {
  name: string;
  scopes: readonly TokenScope[];
  expiresAt: Date | null;
  allowedCidrs?: string[];
  source?: string | null;
}

export const revokeToken = defineChange({
  name: "tokens.revoke",
  needs: "tokens:manage",
  records: "api_token_workspace_revoked",
  input: z.object({ tokenId: z.uuid() }),
  async run(tx, { viewer }, { tokenId }, platform) {
    const token = await tokens.revoke(tx, viewer.organizationId, { id: tokenId, at: platform.now() });
    if (!token) throw new Refusal("not_found", "There is no such token, or it is revoked already.");
    return { result: {}, event: { resource: { type: "api_token", id: token.id, name: token.name } } };
  },
});

export const listTokens = defineRead({
  name: "tokens.list",
  needs: "tokens:read",
  input: z.object({}).optional(),
  async run({ store }, { viewer }) {
    const rows = await tokens.list(store.of(viewer.organizationId), viewer.organizationId);
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      prefix: row.prefix,
      scopes: row.scopes,
      allowedCidrs: row.allowedCidrs,
      source: row.source,
      createdBy: row.createdByName,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
    }));
  },
});

/** Who a token stands for, with what its organization needs at ingest. */
export interface TokenHolder {
  context: Omit<Context, "request">;
  retentionDays: number | null;
  demo: boolean;
  /** What its events carry as their source; null for a token that is not bound. */
  source: string | null;
  /** Null for a token that may be used from anywhere. */
  networks: BlockList | null;
}

/** Whether a request from this address may use the token. */
export const mayComeFrom = ({ networks }: Pick<TokenHolder, "networks">, ip: string): boolean => networks === null || listed(networks, ip);

/** A refusal for a text that is no token, an unknown, a revoked and an expired one: all alike to the caller. */
export async function authenticateToken(platform: Platform, text: string): Promise<TokenHolder> {
  const refusal = new Refusal("unauthenticated", "The token is missing, unknown, revoked or expired. An admin can create one under Settings, API tokens.");
  if (!isTokenText(text)) throw refusal;
  const row = await tokens.findByHash(platform.store.platform, hashOf(text));
  const now = platform.now();
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= now)) throw refusal;
  const organization = await organizations.find(platform.store.of(row.organizationId), row.organizationId);
  if (!organization) throw refusal;
  return {
    context: {
      viewer: {
        kind: "token",
        organizationId: row.organizationId,
        tokenId: row.id,
        plan: planOf(await standing.planOf(platform.store.of(row.organizationId), row.organizationId)),
        scopes: row.scopes.filter((scope): scope is TokenScope => (tokenScopes as readonly string[]).includes(scope)),
        actor: { type: "api_key", id: row.id, name: row.name },
      },
      origin: "api",
    },
    retentionDays: organization.retentionDays,
    demo: organization.demo,
    source: row.source === null ? null : `app:${row.source}`,
    networks: row.allowedCidrs.length === 0 ? null : networkList(row.allowedCidrs),
  };
}

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();
