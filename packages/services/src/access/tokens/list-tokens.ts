import { cutAddress, maskOf } from "@daybook/policy";
import type { Viewer } from "@daybook/policy";
import { tokens } from "@daybook/store";
import type { ListedToken } from "@daybook/store";
import { z } from "zod";
import { unusedTokenDaysOf } from "../../security/rules.ts";
import { defineRead } from "../../verb.ts";

/** What works comes first, so what is cut off was revoked or expired long ago. */
const listedMax = 1_000;
const dayMs = 86_400_000;
const soonDays = 14;

export type TokenState = "active" | "expired" | "revoked";
/** What an admin may want to do something about: nobody has used it for as long as the organization says, it ends within 14, it never ends. */
export type TokenHint = "unused" | "expires_soon" | "never_expires";

export interface FormerSecret {
  id: string;
  prefix: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
}

export interface TokenView {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  allowedCidrs: string[];
  createdBy: string;
  createdAt: string;
  rotatedAt: string | null;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
  state: TokenState;
  hints: TokenHint[];
}

export interface WorkspaceTokenView extends TokenView {
  source: string | null;
  serviceUser: { id: string; name: string } | null;
  /** Secrets from before a rotation that still work. */
  former: FormerSecret[];
}

export const listTokens = defineRead({
  name: "tokens.list",
  needs: "tokens:read",
  input: z.object({ serviceUserId: z.uuid().optional() }).optional(),
  async run({ store, now }, { viewer }, input): Promise<WorkspaceTokenView[]> {
    const { organizationId } = viewer;
    const at = now();
    const asked = { at, limit: listedMax, ...(input?.serviceUserId !== undefined && { serviceUserId: input.serviceUserId }) };
    const db = store.of(organizationId);
    const [rows, unusedDays] = await Promise.all([tokens.list(db, organizationId, asked), unusedTokenDaysOf(db, organizationId)]);
    return rows
      .filter(({ rotatedFrom }) => rotatedFrom === null)
      .map((row) => ({
        ...tokenView(row, viewer, { at, unusedDays }),
        source: row.source,
        serviceUser: row.serviceUserId === null ? null : { id: row.serviceUserId, name: row.serviceUserName ?? "" },
        former: rows.filter(({ rotatedFrom }) => rotatedFrom === row.id).map((each) => formerView(each, viewer)),
      }));
  },
});

/** When a token is looked at, and after how many days without use it counts as unused. */
export interface Looked {
  at: Date;
  unusedDays: number;
}

export const tokenView = (row: ListedToken, viewer: Viewer, looked: Looked): TokenView => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  allowedCidrs: row.allowedCidrs,
  createdBy: row.createdByName,
  createdAt: row.createdAt.toISOString(),
  rotatedAt: row.rotatedAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  lastUsedIp: addressFor(viewer, row),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  state: stateOf(row, looked.at),
  hints: hintsOf(row, looked),
});

const formerView = (row: ListedToken, viewer: Viewer): FormerSecret => ({
  id: row.id,
  prefix: row.prefix,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  lastUsedIp: addressFor(viewer, row),
});

/** As short as the organization shows the addresses of its events to them, but for one's own keys. */
const addressFor = (viewer: Viewer, { lastUsedIp: ip, userId }: ListedToken): string | null =>
  ip !== null && maskOf(viewer).cuts.some(({ except }) => except === null || except !== userId) ? cutAddress(ip) : ip;

type Dated = Pick<ListedToken, "createdAt" | "rotatedAt" | "lastUsedAt" | "expiresAt" | "revokedAt">;

function stateOf({ revokedAt, expiresAt }: Dated, at: Date): TokenState {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= at ? "expired" : "active";
}

/** Of a token that works; what does not needs nothing done. */
export function hintsOf(row: Dated, { at, unusedDays }: Looked): TokenHint[] {
  if (stateOf(row, at) !== "active") return [];
  const days = (from: Date, to: Date) => (to.getTime() - from.getTime()) / dayMs;
  const hints: TokenHint[] = [];
  if (days(row.lastUsedAt ?? row.rotatedAt ?? row.createdAt, at) >= unusedDays) hints.push("unused");
  if (row.expiresAt === null) hints.push("never_expires");
  else if (days(at, row.expiresAt) <= soonDays) hints.push("expires_soon");
  return hints;
}
