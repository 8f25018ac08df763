import { setImmediate as nextTurn } from "node:timers/promises";
import { describeEvent } from "@daybook/catalog";
import { diff, ownRulePrefix, redactEvent, workRule } from "@daybook/event";
import type { AuditEvent, Json, PreparedEvent, Redactor } from "@daybook/event";
import { redactionRules } from "@daybook/store";
import { z } from "zod";
import { viewLog } from "../activity/view-log.ts";
import { defineRead } from "../verb.ts";
import { compileRules } from "./compile-rules.ts";
import { ruleDraft } from "./rules.ts";

const triedEventsMax = 100;
/** Events read at once. */
const readingMax = 10;
/** Of one value; the whole event is a click away. */
const shownCharsMax = 2_000;
const shownHolesMax = 20;

export interface TriedHole {
  path: string;
  before: string;
  after: string;
}

export interface TriedEvent {
  id: string;
  occurredAt: string;
  action: string;
  description: string;
  holes: TriedHole[];
  /** More places than are shown. */
  holesTotal: number;
  /** A text takes the pattern too much work, so it goes whole. */
  tooMuchWork: boolean;
}

/** What a rule would do to the newest events. They stay as they are: nothing that is stored is ever changed. */
export const tryRedactionRule = defineRead({
  name: "redaction.test",
  needs: "redaction:write",
  feature: "redaction",
  input: z.object({
    rule: ruleDraft,
    /** The rule that the draft will replace. */
    ruleId: z.uuid().optional(),
  }),
  async run(platform, context, { rule, ruleId }): Promise<{ tried: number; events: TriedEvent[] }> {
    const { store } = platform;
    const { organizationId } = context.viewer;
    const rows = await redactionRules.list(store.of(organizationId), organizationId);
    const others = rows.filter((row) => row.id !== ruleId && row.enabled);
    const redactors = { without: compileRules(others), with: compileRules(inPlace(rows, rule, ruleId)) };
    // Tried on what the viewer sees: a pattern that finds what they may not see would tell it.
    const log = await viewLog(platform, context);
    const page = await log.search({ limit: triedEventsMax });
    const events: TriedEvent[] = [];
    for (let at = 0; at < page.events.length; at += readingMax) {
      const found = await Promise.all(page.events.slice(at, at + readingMax).map(({ id }) => log.event(id)));
      for (const each of found) {
        // An event may take a pattern as long as a whole request should.
        await nextTurn();
        const tried = each && tryOn({ ...each.event, raw: each.raw }, redactors, ownRulePrefix + rule.name);
        if (tried) events.push(tried);
      }
    }
    return { tried: page.events.length, events };
  },
});

/** The enabled rules in their order, with the draft where it will stand. */
function inPlace<Row extends { id: string; enabled: boolean }, Draft>(rows: readonly Row[], draft: Draft, ruleId: string | undefined): (Row | Draft)[] {
  const replaced: (Row | Draft)[] = rows.filter((row) => row.enabled || row.id === ruleId).map((row) => (row.id === ruleId ? draft : row));
  return rows.some((row) => row.id === ruleId) ? replaced : [...replaced, draft];
}

/** The very function that an event passes on its way in, once with the rule and once without. Null: the rule changes nothing here. */
function tryOn(event: AuditEvent & { raw: Json | null }, redactors: { without: Redactor; with: Redactor }, rule: string): TriedEvent | null {
  const after = redacted(event, redactors.with);
  const made = after.redactions.slice(event.redactions.length);
  if (!made.some((hole) => hole.rule === rule)) return null;
  const before = redacted(event, redactors.without);
  const holes = diff(shownParts(before), shownParts(after));
  return {
    id: event.id,
    occurredAt: event.occurred_at,
    action: event.action,
    description: after.description,
    holes: holes.slice(0, shownHolesMax).map((hole) => ({ path: hole.path, before: printed(hole.before), after: printed(hole.after) })),
    holesTotal: holes.length,
    // It stands right behind the rule that it is about.
    tooMuchWork: made.some((hole, at) => hole.rule === workRule && made[at - 1]?.rule === rule),
  };
}

function redacted(event: AuditEvent & { raw: Json | null }, redactor: Redactor): PreparedEvent {
  const { description, ...words } = event;
  const copy = { ...words, redactions: [...words.redactions] };
  redactEvent(copy, redactor);
  // A sentence of the catalog is rendered from what is left; a producer's own is redacted like any text.
  const rendered = describeEvent(words) === description;
  return { ...copy, description: rendered ? describeEvent(copy) : redactor.text(description, "description", copy.redactions) };
}

const shownParts = (event: PreparedEvent): Json => {
  const { description, reason, error, actor, on_behalf_of, resource, related_resources, team, context, changes, metadata, raw } = event;
  const parts = { description, reason, error, actor, on_behalf_of, resource, related_resources, team, context, changes, metadata, raw };
  return keyed(parts as unknown as Json);
};

/** Lists compare whole; by their positions they compare item by item. */
function keyed(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, keyed(member)]));
}

const printed = (value: Json | undefined): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  return text.length > shownCharsMax ? `${text.slice(0, shownCharsMax)}…` : text;
};
