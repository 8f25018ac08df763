import { actorTypes, eventInput, logTypes, origins, refusalCodes, statuses } from "@daybook/event";
import type { Json } from "@daybook/event";
import { searchLengthMax } from "@daybook/query";
import { z } from "zod";

/** What `/v1` takes and gives, for validation of the query and for the OpenAPI document. */

const valuesMax = 100;
const textLengthMax = 512;
export const digits = (length: number, from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, "must be a whole number")
    .transform(Number)
    .refine((value) => value >= from && value <= to, `must be between ${from} and ${to}`)
    .meta({ maxLength: length });

const value = z.string().min(1).max(textLengthMax);
/** Once or several times: `action=a&action=b` means either. */
const values = z
  .union([value, z.array(value).max(valuesMax)])
  .transform((given) => (Array.isArray(given) ? given : [given]))
  .optional();

const feedLimitMax = 1_000;
export const listLimitMax = 200;

export const listQuery = z.strictObject({
  after_seq: digits(15, 0, Number.MAX_SAFE_INTEGER).optional().describe("Follow the log: events after this sequence number, oldest first. Begin with 0."),
  cursor: z.string().max(200).optional().describe("The `next_cursor` of the page before."),
  limit: digits(4, 1, feedLimitMax)
    .optional()
    .describe(`Events in one answer: up to ${feedLimitMax} with \`after_seq\`, otherwise up to ${listLimitMax}. Default 100.`),
  log_type: z.enum(logTypes).optional(),
  q: z
    .string()
    .max(searchLengthMax)
    .optional()
    .describe(
      'A search as in the console: `status:failed actor:alice@example.com -action:viewed ip:192.168.1 "exact phrase"`. Words begin a word of actor, action, ' +
        "resource, description or IP. `docs/search.md` has the whole language. What is not understood is refused with its place.",
    ),
  order: z
    .enum(["time", "seq"])
    .optional()
    .describe("Newest first by `occurred_at` (`time`, the default) or in the order in which events were written down (`seq`). A cursor goes with its order."),
  action: values,
  actor: values.describe("Id, e-mail or name."),
  actor_type: values,
  resource: values.describe("Name or id."),
  resource_type: values,
  team: values.describe("Id of the team that the event belongs to."),
  status: z
    .union([z.enum(statuses), z.array(z.enum(statuses)).max(valuesMax)])
    .transform((given) => (Array.isArray(given) ? given : [given]))
    .optional(),
  operation: values,
  namespace: values,
  operation_id: z.string().max(textLengthMax).optional(),
  from: z.iso.datetime({ offset: true }).optional().describe("Inclusive."),
  to: z.iso.datetime({ offset: true }).optional().describe("Exclusive."),
});
export type ListQuery = z.infer<typeof listQuery>;

const code = z.enum(Object.keys(refusalCodes) as [keyof typeof refusalCodes, ...(keyof typeof refusalCodes)[]]);
const refusal = z.object({ code, message: z.string(), path: z.string().optional() });

export const ingestAnswer = z
  .object({
    results: z.array(
      z.object({
        index: z.int().describe("Position of the event in the request, from 0."),
        status: z.enum(["created", "duplicate", "refused"]),
        id: z.uuid().optional(),
        seq: z.int().optional(),
        error: refusal.optional(),
      }),
    ),
    created: z.int(),
    duplicate: z.int().describe("Events whose idempotency key was there already, with the same content; `id` is that of the first."),
    refused: z.int(),
    results_omitted: z
      .int()
      .optional()
      .describe("Results that are not listed, of requests with more than 1,000 events: those that were stored, and refused ones beyond 1,000."),
  })
  .meta({ id: "IngestResult" });

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    path: z.string().optional(),
    request_id: z.string(),
  })
  .meta({ id: "Problem" });

const json = z.custom<Json>();
const jsonObject = z.record(z.string(), json);
export const actor = z.object({ type: z.enum(actorTypes), id: z.string().optional(), name: z.string().optional(), email: z.string().optional() });
export const resource = z.object({ type: z.string(), id: z.string().optional(), name: z.string().optional() });
const fieldChange = z.object({ path: z.string(), before: json.optional(), after: json.optional() });

/** An event of a page: enough to list it. */
export const row = z
  .object({
    id: z.uuid(),
    seq: z.int(),
    occurred_at: z.iso.datetime(),
    received_at: z.iso.datetime(),
    log_type: z.enum(logTypes),
    action: z.string(),
    namespace: z.string(),
    operation: z.string(),
    actor,
    resource: resource.nullable(),
    team: z.object({ id: z.string(), name: z.string().optional() }).nullable(),
    status: z.enum(statuses),
    error: z.object({ code: z.string().optional(), message: z.string().optional() }).nullable(),
    operation_id: z.string().nullable(),
    description: z.string(),
    duration_ms: z.number().nullable(),
    rows_returned: z.number().nullable(),
    rows_affected: z.number().nullable(),
    source: z.string(),
    ip: z.string().nullable(),
    changed_fields: z.array(z.string()),
    masked: z
      .array(z.string())
      .optional()
      .describe("Fields that are not shown in full, because the organization shows addresses short. Absent when there are none."),
  })
  .meta({ id: "EventRow" });

const event = row
  .omit({ ip: true, changed_fields: true })
  .extend({
    on_behalf_of: z.array(actor),
    related_resources: z.array(resource),
    origin: z.enum(origins).nullable(),
    reason: z.string().nullable(),
    counts: z.record(z.string(), z.number()),
    context: z.object({ ip: z.string().optional(), user_agent: z.string().optional(), session_id: z.string().optional(), request_id: z.string().optional() }),
    changes: z.object({ before: json.optional(), after: json.optional(), fields: z.array(fieldChange) }).nullable(),
    metadata: jsonObject,
    redactions: z.array(z.object({ path: z.string(), rule: z.string() })),
    clock_skew_ms: z.int().nullable().describe("How far the producer's clock was ahead of the server's; negative: behind."),
    import_id: z.string().nullable(),
    token_id: z.string().nullable(),
    idempotency_key: z.string().nullable(),
  })
  .meta({ id: "AuditEvent" });

export const feedAnswer = z.object({
  events: z.array(event),
  next_after_seq: z.int().describe("The `after_seq` of the next request."),
  complete_until: z.iso.datetime().nullable().describe("Everything acknowledged before this instant was handed out; null while more is waiting."),
});
export const pageAnswer = z.object({
  events: z.array(row),
  next_cursor: z.string().nullable(),
  complete_until: z.iso.datetime().describe("Everything that was acknowledged before this instant was there to be found."),
  searched_to: z
    .string()
    .nullable()
    .describe("Set when the page ends because its time ran out, with fewer events than `limit` or none: how far back was searched. `next_cursor` goes on."),
});

/** The document calls it `EventInput`: what is taken gets that ending. */
const newEvent = eventInput.meta({
  id: "Event",
  examples: [
    {
      action: "notebook_created",
      actor: { type: "user", id: "u_17", name: "Grace Kim", email: "grace@example.com" },
      resource: { type: "notebook", id: "nb_42", name: "Q2 forecast" },
      metadata: { cells: 5 },
      idempotency_key: "nb_42-created",
    },
  ],
});
export const eventsBody = z.union([newEvent, z.array(newEvent), z.object({ events: z.array(newEvent) })]);
