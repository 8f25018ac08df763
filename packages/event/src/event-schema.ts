import { z } from "zod";
import { actorTypes, logTypes, origins, statuses } from "./audit-event.ts";
import type { EventInput, Json } from "./audit-event.ts";
import { changedFieldsMax, identifierLengthMax, onBehalfOfMax, relatedResourcesMax, stringLengthMax } from "./limits.ts";
import { builtInRedactor } from "./redaction/index.ts";
import type { Problem } from "./strict-json.ts";

const identifier = z.string().min(1).max(identifierLengthMax);
const sentence = z.string().max(stringLengthMax);
const amount = z.number().nonnegative().max(Number.MAX_SAFE_INTEGER);
const json = z.custom<Json>((value) => value !== undefined);

const actor = z.strictObject({
  type: z.enum(actorTypes),
  id: identifier.optional(),
  name: identifier.optional(),
  email: identifier.optional(),
});

const resource = z.strictObject({ type: identifier, id: identifier.optional(), name: identifier.optional() });

const fieldChange = z.strictObject({ path: identifier, before: json.optional(), after: json.optional() });

/** Actions of other products come with dots, colons and dashes; our own are snake_case. */
export const actionPattern = /^[a-zA-Z0-9][a-zA-Z0-9_.:-]{0,127}$/;

/** The body of one event, strict: an unknown key is refused, so that a misspelt field is not lost without a word. */
export const eventInput: z.ZodType<EventInput> = z.strictObject({
  action: z.string().regex(actionPattern, "must be 1 to 128 letters, digits, `_`, `.`, `:` or `-`"),
  log_type: z.enum(logTypes).optional(),
  occurred_at: z.iso.datetime({ offset: true }).optional(),
  actor: actor.optional(),
  on_behalf_of: z.array(actor).max(onBehalfOfMax).optional(),
  resource: resource.optional(),
  related_resources: z.array(resource).max(relatedResourcesMax).optional(),
  team: z.strictObject({ id: identifier, name: identifier.optional() }).optional(),
  status: z.enum(statuses).optional(),
  error: z.strictObject({ code: identifier.optional(), message: sentence.optional() }).optional(),
  operation_id: identifier.optional(),
  namespace: identifier.optional(),
  operation: identifier.optional(),
  origin: z.enum(origins).optional(),
  reason: sentence.optional(),
  description: sentence.optional(),
  duration_ms: amount.optional(),
  rows_returned: amount.int().optional(),
  rows_affected: amount.int().optional(),
  counts: z.record(identifier, amount).optional(),
  context: z
    .strictObject({ ip: identifier.optional(), user_agent: sentence.optional(), session_id: identifier.optional(), request_id: identifier.optional() })
    .optional(),
  changes: z.strictObject({ before: json.optional(), after: json.optional(), fields: z.array(fieldChange).max(changedFieldsMax).optional() }).optional(),
  metadata: z.record(identifier, json).optional(),
  idempotency_key: z.string().min(1).max(256).optional(),
}) as z.ZodType<EventInput>;

/** Checks one parsed value; the first problem is told with the path of its field. */
export function checkEventInput(value: unknown): { event: EventInput } | { problem: Problem } {
  const parsed = eventInput.safeParse(value);
  if (parsed.success) return { event: parsed.data };
  const issue = parsed.error.issues[0];
  if (!issue) throw new Error("a failed parse names at least one issue");
  // A key that nobody knows may be a secret that slipped, and its refusal is answered, stored and read by others.
  const path = told(issue.path.map(String).join("."));
  const message = told(issue.message);
  return { problem: { code: "invalid_event", message: path ? `\`${path}\`: ${message}` : message, ...(path && { path }) } };
}

const toldMax = 500;
function told(text: string): string {
  const clean = builtInRedactor.text(text, "", []);
  return clean.length > toldMax ? `${clean.slice(0, toldMax)}…` : clean;
}
