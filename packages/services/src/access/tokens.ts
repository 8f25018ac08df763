import { createHash } from "node:crypto";
import { Refusal } from "@daybook/event";
import { tokenScopes } from "@daybook/policy";
import type { TokenScope } from "@daybook/policy";
import { organizations, tokens } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { z } from "zod";
import { newId } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { defineChange, defineRead } from "../verb.ts";
import { isTokenText, makeToken } from "./token-text.ts";

const tokenBytes = 32;

export const createToken = defineChange({
  name: "tokens.create",
  needs: "tokens:manage",
  records: "api_token_workspace_created",
  input: z.object({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(z.enum(tokenScopes)).min(1),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
  }),
  async run(tx, context, input, platform) {
    const expiresAt = input.expiresAt ? new Date(input.expiresAt) : null;
    if (expiresAt && expiresAt <= platform.now()) throw new Refusal("invalid", "`expiresAt` must be in the future.", "expiresAt");
    const made = await insertToken(tx, context, platform, { name: input.name, scopes: input.scopes, expiresAt });
    return {
      result: made,
      event: {
        resource: { type: "api_token", id: made.id, name: input.name },
        metadata: { scopes: input.scopes, expires_at: expiresAt?.toISOString() ?? null },
      },
    };
  },
});

/** The token itself leaves this function once; the table has its hash. */
export async function insertToken(
  tx: Tx,
  context: Context,
  platform: Platform,
  { name, scopes, expiresAt }: { name: string; scopes: readonly TokenScope[]; expiresAt: Date | null },
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
  });
  return { id, token };
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
    const rows = await tokens.list(store.db, viewer.organizationId);
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      prefix: row.prefix,
      scopes: row.scopes,
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
}

/** A refusal for a text that is no token, an unknown, a revoked and an expired one: all alike to the caller. */
export async function authenticateToken(platform: Platform, text: string): Promise<TokenHolder> {
  const refusal = new Refusal("unauthenticated", "The token is missing, unknown, revoked or expired. An admin can create one under Settings, API tokens.");
  if (!isTokenText(text)) throw refusal;
  const row = await tokens.findByHash(platform.store.db, hashOf(text));
  const now = platform.now();
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= now)) throw refusal;
  const organization = await organizations.find(platform.store.db, row.organizationId);
  if (!organization) throw refusal;
  return {
    context: {
      viewer: {
        kind: "token",
        organizationId: row.organizationId,
        tokenId: row.id,
        scopes: row.scopes.filter((scope): scope is TokenScope => (tokenScopes as readonly string[]).includes(scope)),
        actor: { type: "api_key", id: row.id, name: row.name },
      },
      origin: "api",
    },
    retentionDays: organization.retentionDays,
    demo: organization.demo,
  };
}

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();
