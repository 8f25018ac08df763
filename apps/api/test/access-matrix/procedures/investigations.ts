import type { Outcome } from "../outcome.ts";
import type { Persona, Target } from "../personas.ts";
import { audiences } from "../row.ts";
import type { ProcedureRow } from "../row.ts";

const { admins, insiders } = audiences;
const noUuid = "00000000-0000-4000-8000-000000000000";

/** The case is that of the member; whoever reads the whole log sees everybody's, and to others there is no such case. */
const ownCases = (persona: Persona, target: Target): Outcome | undefined =>
  (persona === "member" && target === "other_team") || (persona === "team_admin" && (target === "own" || target === "other_team")) ? "not_found" : undefined;

const onCase = (input: NonNullable<ProcedureRow["input"]>, more: Partial<ProcedureRow> = {}): ProcedureRow => ({
  may: insiders,
  object: true,
  input,
  except: ownCases,
  ...more,
});
const onWeek = (more: object = {}): ProcedureRow => ({ may: admins, input: () => ({ week: "2026-01-06", ...more }), passes: [400, 404, 409] });

export const investigations: Record<string, ProcedureRow> = {
  "cases.recipes": { may: insiders },
  "cases.list": { may: insiders, input: () => ({ state: "open" }) },
  "cases.get": onCase(({ case: caseId }) => ({ caseId })),
  "cases.create": { may: insiders, input: () => ({ recipe: "data_leak", subject: { kind: "resource", value: "orders" } }) },
  "cases.update": onCase(({ case: caseId }) => ({ caseId, revision: 1, title: "Renamed" })),
  "cases.editStep": onCase(({ case: caseId }) => ({ caseId, step: "search", q: "is:failed", was: "" })),
  // Only who sees an event pins it: the member's own is theirs, and a case of theirs takes it.
  "cases.pin": onCase(({ case: caseId, event }) => ({ caseId, eventIds: [event] })),
  "cases.unpin": onCase(({ case: caseId }) => ({ caseId, eventId: noUuid })),
  "cases.addNote": onCase(({ case: caseId }) => ({ caseId, text: "Asked the owner of the table" })),
  // A case without notes: whoever may work on it hears that the note is gone.
  "cases.editNote": onCase(({ case: caseId }) => ({ caseId, noteId: noUuid, text: "b", was: "a" }), { passes: [404] }),
  "cases.removeNote": onCase(({ case: caseId }) => ({ caseId, noteId: noUuid }), { passes: [404] }),
  "cases.close": onCase(({ case: caseId }) => ({ caseId, revision: 1, conclusion: "A stolen laptop" })),
  "cases.reopen": onCase(({ case: caseId }) => ({ caseId, revision: 1 }), { passes: [409] }),
  "reviews.get": { may: admins },
  "reviews.list": { may: admins },
  // A Tuesday: what is asked is refused for its words, after the grant.
  "reviews.check": onWeek({ item: "failed_operations" }),
  "reviews.uncheck": onWeek({ item: "failed_operations" }),
  "reviews.signOff": onWeek({ statement: "Looked at everything", seen: {} }),
  "reviews.reopen": onWeek({ reason: "An export was overlooked" }),
};
