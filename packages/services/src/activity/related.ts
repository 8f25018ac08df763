import { Refusal } from "@daybook/event";
import type { AuditEvent, EventRow } from "@daybook/event";
import { maskName } from "@daybook/policy";
import type { Mask, Shown } from "@daybook/policy";
import { allOf, anyOf, clausesToQuery, occurred, parseSearch, printSearch, searchLengthMax } from "@daybook/query";
import type { Clause, KeyName } from "@daybook/query";
import { z } from "zod";
import { defineRead } from "../verb.ts";
import { logOfTeam } from "./open-log.ts";
import { viewLog } from "./view-log.ts";

const relatedEventsMax = 20;
const countedMax = 1_000;
const aroundMs = 30 * 60_000;

export interface Related {
  by: "request" | "session" | "operation" | "actor" | "resource";
  /** Without the event itself. */
  count: number;
  /** There are more than these. */
  capped: boolean;
  events: Shown<EventRow>[];
  /** The search that lists them, the event itself among them; null where what it would say is hidden from the reader. */
  search: { q: string; from?: string; to?: string } | null;
}

interface Question {
  by: Related["by"];
  says: readonly [KeyName, string | undefined][];
  /** Only what occurred within half an hour of the event. */
  around?: true;
}

/** What else happened in the same request, session and operation, by the same actor at the time, and to the same resource. */
export const relatedEvents = defineRead({
  name: "events.related",
  needs: "events:read",
  feature: "log",
  input: z.object({ id: z.uuid(), ...logOfTeam }),
  async run(platform, context, { id, teamId }): Promise<Related[]> {
    const log = await viewLog(platform, context, teamId);
    const found = await log.event(id);
    if (!found) throw new Refusal("not_found", "There is no such event, or you may not see it.");
    const event = found.unmasked;
    const at = Date.parse(event.occurred_at);
    // Inclusive and exclusive, as a range is everywhere.
    const range = { from: new Date(at - aroundMs).toISOString(), to: new Date(at + aroundMs).toISOString() };
    const asked = questionsOf(event).flatMap(({ by, says, around }) => {
      if (says.some(([, value]) => !value)) return [];
      const clauses = says.map(([key, value = ""]): Clause => ({ is: "key", negated: false, key, values: [{ text: value, glob: false }] }));
      return [{ by, around, clauses, query: allOf(clausesToQuery(clauses, { me: "me" }), ...(around ? [occurred(range)] : [])) }];
    });
    const answers = await Promise.all(
      asked.map(async ({ by, around, clauses, query }) => {
        const [page, { count, capped }] = await Promise.all([
          log.linked({ to: query, limit: relatedEventsMax + 1 }),
          log.countLinked({ to: query, max: countedMax + 1 }),
        ]);
        const events = page.events.filter((row) => row.id !== id).slice(0, relatedEventsMax);
        const q = askableText(log.mask, clauses);
        return { by, count: Math.min(Math.max(count - 1, 0), countedMax), capped, events, search: q === null ? null : { q, ...(around && range) } };
      }),
    );
    const rows = answers.reduce((sum, { events }) => sum + events.length, 0);
    await log.recordRead(anyOf(...asked.map(({ query }) => query)), rows);
    return answers;
  },
});

function questionsOf({ context, operation_id: operationId, actor, resource }: AuditEvent): Question[] {
  return [
    { by: "request", says: [["request", context.request_id]] },
    { by: "session", says: [["session", context.session_id]] },
    { by: "operation", says: [["operation_id", operationId ?? undefined]] },
    { by: "actor", says: [["actor", actor.id]], around: true },
    {
      by: "resource",
      says: [
        ["resource_type", resource?.type],
        ["resource", resource?.id ?? resource?.name],
      ],
    },
  ];
}

/** The clauses as a search that asks exactly for them, or null where there is none: a hidden value cannot be asked for, and not every value can be written. */
function askableText(mask: Mask, clauses: readonly Clause[]): string | null {
  // `actor:me` is whoever reads, whatever somebody calls themselves.
  const hidden = clauses.some((clause) => clause.is === "key" && clause.values.some(({ text }) => text === "me" || maskName(mask, text) !== text));
  const q = printSearch(clauses);
  if (hidden || q.length > searchLengthMax) return null;
  const { clauses: read, problems } = parseSearch(q);
  return problems.length === 0 && isSame(read, clauses) ? q : null;
}

const isSame = (one: readonly Clause[], other: readonly Clause[]): boolean =>
  JSON.stringify(one.map((clause) => JSON.stringify(clause)).toSorted()) === JSON.stringify(other.map((clause) => JSON.stringify(clause)).toSorted());
