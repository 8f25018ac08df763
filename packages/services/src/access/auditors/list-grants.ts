import type { Actor } from "@daybook/event";
import { isAuditorRole, roles } from "@daybook/policy";
import { allOf } from "@daybook/query";
import { auditorGrants, memberList } from "@daybook/store";
import type { ListedAuditorGrant } from "@daybook/store";
import { z } from "zod";
import { viewLog } from "../../activity/view-log.ts";
import { defineRead } from "../../verb.ts";
import { auditedScope, coveredWindow, grantedQuery } from "./scope-input.ts";

/** Of each list; older ones are in the log. */
export const auditorGrantsMax = 200;

export interface AuditorGrantView {
  id: string;
  /** Without an id they are invited and have yet to accept: their address stands for their name. */
  auditor: { id: string | null; name: string; email: string };
  scope: string;
  eventsFrom: string | null;
  eventsTo: string | null;
  mayExport: boolean;
  hides: string[];
  reason: string;
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  /** It shows nothing before its auditor has accepted the invitation. */
  pending: boolean;
  /** Null while it lasts; else when it ended, by somebody or by itself. */
  endedAt: string | null;
  endedBy: string | null;
  hasTerms: boolean;
  acceptedAt: string | null;
  reads: number;
  lastReadAt: string | null;
}

export interface AuditorsView {
  lasting: AuditorGrantView[];
  /** Newest first. */
  over: AuditorGrantView[];
  /** Whom access can be granted to: members with the role of an auditor. */
  auditors: { id: string; name: string; email: string }[];
}

export const listAuditors = defineRead({
  name: "auditors.list",
  needs: "auditors:read",
  feature: "auditors",
  input: z.object({}).optional(),
  async run(platform, { viewer: { organizationId } }): Promise<AuditorsView> {
    const db = platform.store.of(organizationId);
    const at = platform.now();
    const [lasting, over, auditors] = await Promise.all([
      auditorGrants.list(db, organizationId, { at, over: false, limit: auditorGrantsMax }),
      auditorGrants.list(db, organizationId, { at, over: true, limit: auditorGrantsMax }),
      memberList.list(db, organizationId, { role: roles.find(isAuditorRole), after: null, limit: auditorGrantsMax }),
    ]);
    return {
      lasting: lasting.map((each) => viewOf(each, at)),
      over: over.map((each) => viewOf(each, at)),
      auditors: auditors.map(({ userId, name, email }) => ({ id: userId, name, email })),
    };
  },
});

function viewOf({ grant, auditor }: ListedAuditorGrant, at: Date): AuditorGrantView {
  const endedAt = grant.endedAt ?? (grant.expiresAt <= at ? grant.expiresAt : null);
  return {
    id: grant.id,
    auditor,
    scope: grant.queryText,
    eventsFrom: grant.eventsFrom?.toISOString() ?? null,
    eventsTo: grant.eventsTo?.toISOString() ?? null,
    mayExport: grant.mayExport,
    hides: grant.hides,
    reason: grant.reason,
    createdBy: named(grant.createdBy),
    createdAt: grant.createdAt.toISOString(),
    expiresAt: grant.expiresAt.toISOString(),
    pending: grant.pendingEmail !== null,
    endedAt: endedAt?.toISOString() ?? null,
    endedBy: grant.endedBy === null ? null : named(grant.endedBy),
    hasTerms: grant.terms !== "",
    acceptedAt: grant.acceptedAt?.toISOString() ?? null,
    reads: grant.reads,
    lastReadAt: grant.lastReadAt?.toISOString() ?? null,
  };
}

const named = ({ name, email, type }: Actor): string => name ?? email ?? type;

/** How many events a grant would show now, before anybody makes it. */
export const previewAuditor = defineRead({
  name: "auditors.preview",
  needs: "auditors:manage",
  feature: "auditors",
  input: z.object(auditedScope),
  async run(platform, context, input): Promise<{ events: number; exact: boolean; words: string }> {
    const { query, words } = grantedQuery(context, input);
    const log = await viewLog(platform, context);
    const { total, exact } = await log.count(allOf(query, coveredWindow(input)));
    return { events: total, exact, words };
  },
});
