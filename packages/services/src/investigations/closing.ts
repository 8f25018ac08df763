import { cases } from "@daybook/store";
import { z } from "zod";
import { defineChange } from "../verb.ts";
import { changedMeanwhile, lockCase, resourceOf } from "./case-access.ts";
import { touched } from "./cases.ts";
import { conclusionLengthMax } from "./limits.ts";

const revised = { caseId: z.uuid(), revision: z.number().int() };

/** A case is closed with what was concluded; from then on it is only read. */
export const closeCase = defineChange({
  name: "cases.close",
  needs: "cases:work",
  records: "case_closed",
  input: z.object({ ...revised, conclusion: z.string().trim().min(1, "is needed").max(conclusionLengthMax) }),
  async run(tx, context, { caseId, revision, conclusion }, platform) {
    const found = await lockCase(tx, context, caseId);
    if (found.revision !== revision || found.state === "closed") throw changedMeanwhile(found, found.updatedBy);
    await cases.update(tx, found.organizationId, { id: caseId, state: "closed", conclusion, ...touched(found, context, platform.now()) });
    return {
      result: { revision: revision + 1 },
      event: { resource: resourceOf(found), changes: { before: { state: "open" }, after: { state: "closed" } }, reason: conclusion },
    };
  },
});

/** The conclusion stays in the log; the case stands without one until it is closed again. */
export const reopenCase = defineChange({
  name: "cases.reopen",
  needs: "cases:work",
  records: "case_reopened",
  input: z.object(revised),
  async run(tx, context, { caseId, revision }, platform) {
    const found = await lockCase(tx, context, caseId);
    if (found.revision !== revision || found.state === "open") throw changedMeanwhile(found, found.updatedBy);
    await cases.update(tx, found.organizationId, { id: caseId, state: "open", conclusion: null, ...touched(found, context, platform.now()) });
    return {
      result: { revision: revision + 1 },
      event: {
        resource: resourceOf(found),
        changes: { before: { state: "closed", conclusion: found.conclusion }, after: { state: "open", conclusion: null } },
      },
    };
  },
});
