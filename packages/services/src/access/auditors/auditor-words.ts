import type { EventInput } from "@daybook/event";
import type { AuditorGrantRow, GrantedAuditor } from "@daybook/store";

/** How events name an auditor: as what they are here, and as the member they are. Who was invited and has not come is their address alone. */
export const auditorWords = ({ id, name, email }: GrantedAuditor) => ({
  resource: { type: "auditor", ...(id !== null && { id }), name: email },
  related_resources: id === null ? [] : [{ type: "user", id, name }],
});

/** A grant that ends before its time. */
export const endedEarly = (auditor: GrantedAuditor, { id, queryText, expiresAt }: AuditorGrantRow, at: Date) =>
  ({
    action: "auditor_access_revoked",
    ...auditorWords(auditor),
    changes: { before: { in_force: true, expires_at: expiresAt.toISOString() }, after: { in_force: false, expires_at: at.toISOString() } },
    metadata: { grant_id: id, scope: queryText },
  }) satisfies EventInput;
