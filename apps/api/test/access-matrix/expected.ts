import { activeMembers } from "./personas.ts";
import type { Persona, Target } from "./personas.ts";
import type { Outcome } from "./outcome.ts";
import type { ProcedureRow, RouteRow } from "./row.ts";

const notThere: readonly Target[] = ["other_organization", "deleted", "nonexistent"];
const sessions: readonly Persona[] = [...activeMembers, "suspended", "removed", "foreign_owner"];

/** The rule of the console's procedures: who are you, are you of this organization, may you, is it there. */
export function expectedOfProcedure(row: ProcedureRow, persona: Persona, target: Target): Outcome {
  const exception = row.except?.(persona, target);
  if (exception) return exception;
  if (row.may === "anyone") return "done";
  if (!sessions.includes(persona)) return "unauthenticated";
  if (persona === "foreign_owner") {
    // At home they may do all that owners may; the ids that they bring are another organization's.
    if (target !== "asked_of_other") return "not_found";
    return row.object ? "not_found" : row.may.who.includes("owner") ? "done" : "forbidden";
  }
  if (target === "asked_of_other" || target === "asked_of_nobody" || persona === "removed") return "not_found";
  if (persona === "suspended") return "forbidden";
  const passes = row.may.who.includes(persona) || (row.may.team === true && persona === "team_admin" && target === "own");
  if (!passes) return "forbidden";
  return row.object && notThere.includes(target) ? "not_found" : "done";
}

/** The rule of the public API: a token that works, its scope, and whether the object is there. Sessions open nothing here. */
export function expectedOfRoute(row: RouteRow, persona: Persona, target: Target): Outcome {
  const exception = row.except?.(persona, target);
  if (exception) return exception;
  if (!working.includes(persona)) return "unauthenticated";
  // The token of another organization holds every scope; to it, all ids of this one are of nowhere but those of its own.
  if (persona === "foreign_token") return row.object && target !== "other_organization" ? "not_found" : "done";
  if (!row.may.includes(persona)) return "forbidden";
  return row.object && notThere.includes(target) ? "not_found" : "done";
}

const working: readonly Persona[] = ["token_events_write", "token_events_read", "token_access_read", "token_access_write", "member_key", "foreign_token"];
