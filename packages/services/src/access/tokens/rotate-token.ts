import { Refusal } from "@daybook/event";
import { tokens } from "@daybook/store";
import type { WorkspaceToken } from "@daybook/store";
import { z } from "zod";
import { newId } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { defineChange } from "../../verb.ts";
import { newSecret } from "./insert-token.ts";
import { noSuchToken } from "./revoke-token.ts";
import { expiry, expiryOf } from "./token-input.ts";
import { tokenResource, tokenState } from "./token-words.ts";

const hourMs = 3_600_000;
const overlapHoursMax = 7 * 24;
const overlapHoursByDefault = 24;
/** Former secrets of one token that work at the same time. */
const formerMax = 3;

/**
 * A new secret for the same token: name, rights, networks and history stay. The old secret goes on for a while, as a row of its own that can be revoked by
 * itself, so that whoever uses it can be seen and has time to change it.
 */
export const rotateToken = defineChange({
  name: "tokens.rotate",
  needs: "tokens:manage",
  records: "token_regenerated",
  input: z.object({
    tokenId: z.uuid(),
    /** How long the old secret still works; 0 ends it now, and with it whatever earlier one is left. */
    overlapHours: z.number().int().min(0).max(overlapHoursMax).default(overlapHoursByDefault),
    /** Absent: it is valid for as long as it was the last time. */
    expiresAt: expiry,
  }),
  async run(tx, context, input, platform) {
    const { organizationId } = context.viewer;
    const token = await tokens.lock(tx, organizationId, input.tokenId);
    if (!token || token.kind !== "workspace" || token.rotatedFrom !== null || token.revokedAt) throw noSuchToken();
    const now = platform.now();
    const expiresAt = input.expiresAt === undefined ? asLongAsBefore(platform, token) : expiryOf(platform, context.viewer, input.expiresAt);
    const former = formerSecret(token, { now, overlapHours: input.overlapHours });
    if (former && (await tokens.countFormer(tx, organizationId, { tokenId: token.id, at: now })) >= formerMax)
      throw new Refusal("conflict", `${formerMax} former secrets of the token still work. Revoke one of them, or rotate without overlap.`, "overlapHours");
    const { token: text, ...secret } = newSecret(platform, "workspace");
    await tokens.update(tx, organizationId, { id: token.id, ...secret, expiresAt, rotatedAt: now, lastUsedAt: null, lastUsedIp: null });
    // Whoever rotates without overlap fears that a secret is known: none of the earlier ones may go on.
    if (input.overlapHours === 0) await tokens.revokeFormer(tx, organizationId, { tokenId: token.id, at: now });
    if (former) await tokens.insert(tx, { ...token, ...former, id: newId(platform), rotatedFrom: token.id });
    const formerExpiresAt = former?.expiresAt.toISOString() ?? null;
    return {
      result: { id: token.id, token: text, expiresAt: expiresAt?.toISOString() ?? null, formerExpiresAt },
      event: {
        resource: tokenResource(token),
        changes: { before: { expires_at: token.expiresAt?.toISOString() ?? null }, after: { expires_at: expiresAt?.toISOString() ?? null } },
        metadata: { ...tokenState({ ...token, expiresAt }), overlap_hours: former ? input.overlapHours : 0, former_secret_expires_at: formerExpiresAt },
      },
    };
  },
});

/** A token that has never expired keeps that: whoever made it chose it. */
function asLongAsBefore({ now }: Pick<Platform, "now">, { expiresAt, rotatedAt, createdAt }: WorkspaceToken): Date | null {
  if (expiresAt === null) return null;
  return new Date(now().getTime() + expiresAt.getTime() - (rotatedAt ?? createdAt).getTime());
}

/** Null where the old secret ends now: without overlap, or because it has expired. An overlap never makes it live longer than it would have. */
function formerSecret({ expiresAt }: WorkspaceToken, { now, overlapHours }: { now: Date; overlapHours: number }): { expiresAt: Date } | null {
  if (overlapHours === 0 || (expiresAt && expiresAt <= now)) return null;
  const end = new Date(now.getTime() + overlapHours * hourMs);
  return { expiresAt: expiresAt && expiresAt < end ? expiresAt : end };
}
