import type { AuditEvent } from "@daybook/event";
import { z } from "zod";

/** An alert kind is a value: what it watches for, how its settings look, and what one incident of it is about. */
export interface AlertKind<Schema extends z.ZodType<FiringSettings> = z.ZodType<FiringSettings>> {
  /** snake_case; stored with every rule, so it never changes. */
  id: string;
  title: string;
  description: string;
  severity: Severity;
  /** The console's form and the docs derive from this schema and its `.meta`. */
  settings: Schema;
  defaults: z.output<Schema>;
  /** Does this event concern the rule? Time plays no part here: `fire` decides about windows and age. */
  matches(settings: z.output<Schema>, event: AuditEvent): boolean;
  /** What one incident is about, such as `actor:42`. Events of one group share an incident while it is fresh. */
  groupBy(settings: z.output<Schema>, event: AuditEvent): string;
  /** The incident as one line, from its newest event and how many it holds. */
  titleOf(settings: z.output<Schema>, newest: AuditEvent, count: number): string;
  /** An event that fires under `defaults`. It becomes the example on the kind's page. */
  sample: AuditEvent;
}

const severities = ["low", "medium", "high", "critical"] as const;
type Severity = (typeof severities)[number];

/** What every kind can be told about its firing, whatever it watches for. */
export interface FiringSettings {
  quietMinutes: number;
  eventAgeDaysMax: number;
}

const quietMinutesDefault = 10;
const eventAgeDaysMaxDefault = 7;

/** Spread into a kind's settings schema. */
export const firingFields = {
  quietMinutes: z.int().min(1).max(1440).meta({
    title: "Quiet window",
    hint: "Further matches of the same group join the incident for this long and send no second mail.",
    unit: "minutes",
  }),
  eventAgeDaysMax: z.int().min(1).max(3650).meta({
    title: "Ignore history older than",
    hint: "Imported events that happened longer than this before they arrived do not fire.",
    unit: "days",
  }),
};

export const firingDefaults: FiringSettings = { quietMinutes: quietMinutesDefault, eventAgeDaysMax: eventAgeDaysMaxDefault };

export const defineAlertKind = <Schema extends z.ZodType<FiringSettings>>(kind: AlertKind<Schema>): AlertKind<Schema> => kind;

/** Settings as stored with a rule, completed with what the kind learned since. Throws a ZodError on anything that the schema does not take. */
export const settingsOf = <Schema extends z.ZodType<FiringSettings>>(kind: AlertKind<Schema>, stored: Record<string, unknown>): z.output<Schema> =>
  kind.settings.parse({ ...kind.defaults, ...stored });
