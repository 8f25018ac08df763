import { acceptAuditorTerms, endAuditor, extendAuditor, grantAuditor, listAuditors, ownAuditorGrants, previewAuditor } from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const auditorsRouter = router({
  list: readOf(listAuditors),
  preview: readOf(previewAuditor),
  grant: change(grantAuditor),
  extend: change(extendAuditor),
  end: change(endAuditor),
  mine: readOf(ownAuditorGrants),
  accept: change(acceptAuditorTerms),
});
