import { createHash } from "node:crypto";
import type { TokenScope } from "@daybook/policy";
import { tokens } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { newId } from "../../context.ts";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { makeToken } from "../token-text.ts";
import type { TokenKind } from "../token-text.ts";

const tokenBytes = 32;

export interface NewToken {
  name: string;
  scopes: readonly TokenScope[];
  expiresAt: Date | null;
  kind?: TokenKind;
  allowedCidrs?: string[];
  source?: string | null;
  serviceUserId?: string | null;
  /** Of a member's key. */
  userId?: string | null;
}

export interface Made {
  id: string;
  /** The token itself: told once, to whoever made it. */
  token: string;
}

/** The token itself leaves this function once; the table has its hash. */
export async function insertToken(tx: Tx, context: Context, platform: Platform, wanted: NewToken): Promise<Made> {
  const { viewer } = context;
  const { kind = "workspace", allowedCidrs = [], source = null, serviceUserId = null, userId = null } = wanted;
  const secret = newSecret(platform, kind);
  const id = newId(platform);
  await tokens.insert(tx, {
    organizationId: viewer.organizationId,
    id,
    kind,
    name: wanted.name,
    prefix: secret.prefix,
    tokenHash: secret.tokenHash,
    scopes: [...wanted.scopes],
    createdBy: viewer.kind === "member" ? viewer.userId : null,
    createdByName: viewer.actor.name ?? viewer.actor.type,
    createdAt: platform.now(),
    expiresAt: wanted.expiresAt,
    allowedCidrs,
    source,
    serviceUserId,
    userId,
  });
  return { id, token: secret.token };
}

export function newSecret(platform: Platform, kind: TokenKind): { token: string; prefix: string; tokenHash: Buffer } {
  const { token, shown } = makeToken(platform.random(tokenBytes), kind);
  return { token, prefix: shown, tokenHash: hashOfToken(token) };
}

/**
 * A plain hash is enough for 256 random bits: there is no list of likely ones to try, which is what slow hashes are for. And it makes the look-up's time
 * harmless: what an index compares are hashes, whose bytes nobody can steer towards a stored one.
 */
export const hashOfToken = (token: string): Buffer => createHash("sha256").update(token).digest();
