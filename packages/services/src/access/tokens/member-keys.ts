import { Refusal } from "@daybook/event";
import type { EventInput, Resource } from "@daybook/event";
import { memberKeyScopes } from "@daybook/policy";
import type { MemberViewer, Viewer } from "@daybook/policy";
import { members, tokens } from "@daybook/store";
import type { Tx, WorkspaceToken } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { recordAll } from "../../record.ts";
import { unusedTokenDaysOf } from "../../security/rules.ts";
import { defineChange, defineRead } from "../../verb.ts";
import { insertToken } from "./insert-token.ts";
import { tokenView } from "./list-tokens.ts";
import type { TokenView } from "./list-tokens.ts";
import { allowedCidrs, expiryOf, tokenName } from "./token-input.ts";
import { revocation, tokenResource, tokenState } from "./token-words.ts";

/** Keys of one member that work at the same time. */
const keysMax = 20;
const listedMax = 1_000;

export interface MemberKeyView extends TokenView {
  member: { id: string; name: string; email: string };
}

/** A key acts for the one who makes it: nobody makes one for somebody else. */
export const generateKey = defineChange({
  name: "keys.generate",
  needs: "keys:manage",
  records: "api_token_member_key_generated",
  input: z.object({
    name: tokenName,
    scopes: z.array(z.enum(memberKeyScopes)).min(1).max(memberKeyScopes.length),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
    allowedCidrs: allowedCidrs.default([]),
  }),
  async run(tx, context, input, platform) {
    const member = memberOf(context.viewer);
    const { organizationId, userId } = member;
    if (!(await tokens.lockActiveMember(tx, organizationId, userId))) throw new Refusal("forbidden", "Only active members of the organization have keys.");
    if ((await tokens.countWorking(tx, organizationId, { kind: "member_key", userId, at: platform.now() })) >= keysMax)
      throw new Refusal("conflict", `You have ${keysMax} keys already. Revoke one that you no longer use.`);
    const scopes = memberKeyScopes.filter((scope) => input.scopes.includes(scope));
    const expiresAt = expiryOf(platform, member, input.expiresAt);
    const state = { scopes, expiresAt, allowedCidrs: input.allowedCidrs, source: null };
    const made = await insertToken(tx, context, platform, { ...state, kind: "member_key", name: input.name, userId });
    return {
      result: { ...made, expiresAt: expiresAt?.toISOString() ?? null },
      event: {
        resource: tokenResource({ id: made.id, kind: "member_key", name: input.name }),
        related_resources: [userResource(userId, member.actor)],
        changes: { before: null, after: tokenState(state) },
        metadata: tokenState(state),
      },
    };
  },
});

export const listKeys = defineRead({
  name: "keys.list",
  needs: "keys:manage",
  input: z.object({}).optional(),
  async run({ store, now }, { viewer }): Promise<TokenView[]> {
    const { organizationId, userId } = memberOf(viewer);
    const at = now();
    const db = store.of(organizationId);
    const rows = await tokens.list(db, organizationId, { kind: "member_key", userId, at, limit: listedMax });
    const unusedDays = await unusedTokenDaysOf(db, organizationId);
    return rows.map((row) => tokenView(row, viewer, { at, unusedDays }));
  },
});

export const revokeKey = defineChange({
  name: "keys.revoke",
  needs: "keys:manage",
  records: "api_token_member_key_revoked",
  input: z.object({ keyId: z.uuid() }),
  async run(tx, { viewer }, { keyId }, platform) {
    const { userId, actor } = memberOf(viewer);
    const key = await lockKey(tx, viewer, keyId);
    if (key.userId !== userId) throw noSuchKey();
    await tokens.revoke(tx, viewer.organizationId, { id: key.id, at: platform.now() });
    return { result: {}, event: revoked(key, actor) };
  },
});

/** Keys of every member: for who manages tokens. */
export const listAllKeys = defineRead({
  name: "keys.listAll",
  needs: "tokens:read",
  input: z.object({}).optional(),
  async run({ store, now }, { viewer }): Promise<MemberKeyView[]> {
    const { organizationId } = viewer;
    const at = now();
    const db = store.of(organizationId);
    const rows = await tokens.list(db, organizationId, { kind: "member_key", at, limit: listedMax });
    const unusedDays = await unusedTokenDaysOf(db, organizationId);
    return rows.map((row) => ({
      ...tokenView(row, viewer, { at, unusedDays }),
      member: { id: row.userId ?? "", name: row.userName ?? "", email: row.userEmail ?? "" },
    }));
  },
});

export const revokeAnyKey = defineChange({
  name: "keys.revokeAny",
  needs: "tokens:manage",
  records: "api_token_member_key_revoked",
  input: z.object({ keyId: z.uuid() }),
  async run(tx, { viewer }, { keyId }, platform) {
    const key = await lockKey(tx, viewer, keyId);
    await tokens.revoke(tx, viewer.organizationId, { id: key.id, at: platform.now() });
    return { result: {}, event: revoked(key, await members.findUser(tx, key.userId)) };
  },
});

/** For whoever ends a membership: its keys end with it, in the same transaction, each with its event. */
export async function revokeKeysOf(tx: Tx, context: Context, platform: Platform, userId: string): Promise<number> {
  const { organizationId } = context.viewer;
  const keys = await tokens.revokeAllOf(tx, organizationId, { userId, at: platform.now() });
  if (keys.length === 0) return 0;
  const member = await members.findUser(tx, userId);
  const events: EventInput[] = keys.map((key) => ({ action: "api_token_member_key_revoked", ...revoked({ ...key, userId }, member) }));
  await recordAll(platform, tx, context, events);
  return keys.length;
}

/** The operator's command line holds every grant and is nobody's member. */
function memberOf(viewer: Viewer): MemberViewer {
  if (viewer.kind !== "member") throw new Refusal("forbidden", "A key belongs to the member who makes it. Sign in to the console to make one.");
  return viewer;
}

const noSuchKey = (): Refusal => new Refusal("not_found", "There is no such key, or it is revoked already.");

async function lockKey(tx: Tx, { organizationId }: Viewer, id: string): Promise<WorkspaceToken & { userId: string }> {
  const key = await tokens.lock(tx, organizationId, id);
  if (!key || key.kind !== "member_key" || key.userId === null || key.revokedAt) throw noSuchKey();
  return { ...key, userId: key.userId };
}

const revoked = (key: WorkspaceToken & { userId: string }, member: { name?: string } | null) => ({
  resource: tokenResource(key),
  related_resources: [userResource(key.userId, member)],
  ...revocation(key),
});

const userResource = (id: string, user: { name?: string } | null): Resource => ({ type: "user", id, ...(user?.name !== undefined && { name: user.name }) });
