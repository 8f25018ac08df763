import { Refusal } from "@daybook/event";
import { maskedFields, maskName, maskOf } from "@daybook/policy";
import { auditorGrants } from "@daybook/store";
import { z } from "zod";
import { defineChange, defineRead } from "../../verb.ts";
import { auditorWords } from "./auditor-words.ts";

/** A grant as its auditor sees it. */
export interface OwnGrant {
  id: string;
  scope: string;
  eventsFrom: string | null;
  eventsTo: string | null;
  mayExport: boolean;
  hides: string[];
  expiresAt: string;
  terms: string;
  acceptedAt: string | null;
  /** What it shows can be read now. */
  inForce: boolean;
}

/** What was granted to oneself and lasts. */
export const ownAuditorGrants = defineRead({
  name: "auditors.mine",
  needs: "access:own",
  input: z.object({}).optional(),
  async run(platform, { viewer }): Promise<OwnGrant[]> {
    if (viewer.kind !== "member") return [];
    const { organizationId, userId } = viewer;
    const rows = await auditorGrants.heldBy(platform.store.of(organizationId), organizationId, { userId, at: platform.now() });
    // What one grant hides is hidden in the words of each.
    const mask = { hides: maskedFields.filter((field) => rows.some(({ hides }) => hides.includes(field))), cuts: maskOf(viewer).cuts };
    return rows.map((row) => ({
      id: row.id,
      scope: maskName(mask, row.queryText),
      eventsFrom: row.eventsFrom?.toISOString() ?? null,
      eventsTo: row.eventsTo?.toISOString() ?? null,
      mayExport: row.mayExport,
      hides: row.hides,
      expiresAt: row.expiresAt.toISOString(),
      terms: row.terms,
      acceptedAt: row.acceptedAt?.toISOString() ?? null,
      inForce: row.terms === "" || row.acceptedAt !== null,
    }));
  },
});

/** Until an auditor has accepted the terms of a grant, it shows nothing. */
export const acceptAuditorTerms = defineChange({
  name: "auditors.accept",
  needs: "access:own",
  records: "auditor_terms_accepted",
  input: z.object({ grantId: z.uuid() }),
  async run(tx, { viewer }, { grantId }, platform) {
    const found = await auditorGrants.lock(tx, viewer.organizationId, grantId);
    if (!found || viewer.kind !== "member" || found.auditor.id !== viewer.userId) throw new Refusal("not_found", "There is no such grant to you.");
    const now = platform.now();
    const { grant, auditor } = found;
    if (grant.endedAt !== null || grant.expiresAt <= now) throw new Refusal("conflict", "The access has ended. An owner or admin can grant it anew.");
    if (grant.terms === "" || grant.acceptedAt !== null) return { result: {}, event: null };
    await auditorGrants.update(tx, viewer.organizationId, { id: grantId, acceptedAt: now });
    return {
      result: {},
      event: {
        ...auditorWords(auditor),
        changes: { before: { accepted: false }, after: { accepted: true } },
        metadata: { grant_id: grantId, scope: grant.queryText, terms: grant.terms },
      },
    };
  },
});
