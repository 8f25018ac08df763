import type { Persona, Target } from "../personas.ts";
import type { Outcome } from "../outcome.ts";
import { audiences } from "../row.ts";
import type { ProcedureRow } from "../row.ts";

const { readers } = audiences;

/**
 * An event or operation that exists may still be none of the asker's: the plain member did what the own event tells, the admin of its team sees it for that;
 * the auditor's grant covers notebooks, and both events are of pipelines.
 */
const seen = (persona: Persona, target: Target): Outcome | undefined => {
  if (persona === "auditor" && (target === "own" || target === "other_team")) return "not_found";
  if ((persona === "member" || persona === "team_admin") && target === "other_team") return "not_found";
  return undefined;
};
const onEvent: ProcedureRow = { may: readers, object: true, input: ({ event }) => ({ id: event }), except: seen };

/** The log of one team is open to its own admins and to who sees the whole log; to anybody else there is no such log. */
const ofTeam: ProcedureRow = {
  may: readers,
  object: true,
  input: ({ team }) => ({ teamId: team }),
  except: (persona, target) => {
    if (persona === "auditor" || persona === "member") return "not_found";
    return persona === "team_admin" && target !== "own" ? "not_found" : undefined;
  },
};

/** The log, as the console reads it. */
export const log: Record<string, ProcedureRow> = {
  "events.list": { may: readers, input: () => ({}) },
  "events.get": onEvent,
  "events.list#team": ofTeam,
  "events.histogram#team": ofTeam,
  "events.facets#team": { ...ofTeam, input: ({ team }) => ({ keys: ["actor"], teamId: team }) },
  "operations.list#team": ofTeam,
  "operations.counts#team": ofTeam,
  "events.related": onEvent,
  "events.histogram": { may: readers, input: () => ({}) },
  "events.facets": { may: readers, input: () => ({ keys: ["actor"] }) },
  "events.values": { may: readers, input: () => ({ key: "actor" }) },
  "events.values#team": { ...ofTeam, input: ({ team }) => ({ key: "actor", teamId: team }) },
  "events.counts": { may: readers, input: () => ({ searches: ["status:failed"] }) },
  "events.counts#team": { ...ofTeam, input: ({ team }) => ({ searches: ["status:failed"], teamId: team }) },
  "events.tail": { may: readers, input: () => ({ afterSeq: 0 }) },
  "events.since": { may: readers, input: () => ({ afterSeq: 0 }) },
  "events.since#team": { ...ofTeam, input: ({ team }) => ({ afterSeq: 0, teamId: team }) },
  "catalog.list": { may: readers },
  "catalog.custom": { may: readers, input: () => ({}) },
  "catalog.get": { may: readers, input: () => ({ action: "pipeline_started" }) },
  "operations.list": { may: readers, input: () => ({}) },
  "operations.counts": { may: readers },
  "operations.get": { may: readers, object: true, input: ({ operation }) => ({ operationId: operation }), except: seen },
};
