export { acceptAuditorTerms, ownAuditorGrants } from "./accept-terms.ts";
export type { OwnGrant } from "./accept-terms.ts";
export { endAuditor, extendAuditor, grantAuditor, grantLastsDaysMax } from "./grant-access.ts";
export { auditorGrantsMax, listAuditors, previewAuditor } from "./list-grants.ts";
export type { AuditorGrantView, AuditorsView } from "./list-grants.ts";
