import { identifierLengthMax, operationStates, statuses } from "@daybook/event";
import { getOperationByApi, listOperationsByApi, neverEndedAfterHours, operationsPageMax, read } from "@daybook/services";
import type { OperationView, Platform } from "@daybook/services";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Caller } from "../gate/authenticate.ts";
import { actor, digits, resource, row } from "./schemas.ts";

interface V1 {
  platform: Platform;
  callerOf(request: FastifyRequest): Caller;
  security: { [scheme: string]: string[] }[];
  problemAnswer(description: string): object;
  commonAnswers: Record<number, object>;
}

const hoursMax = 24 * 366;
const olderThanHours = digits(4, 1, hoursMax)
  .optional()
  .describe(`In progress without a word for longer than this, an operation counts as one that never ended. Default ${neverEndedAfterHours}.`);

const operation = z
  .object({
    operation_id: z.string(),
    state: z
      .enum(operationStates)
      .describe(
        "`running`: in progress; `never_ended`: in progress without a word for too long; `waiting`: for somebody's approval; `ended`: success or failed.",
      ),
    status: z.enum(statuses).describe("Of the event that has the last word."),
    action: z.string().describe("Of the first event."),
    namespace: z.string(),
    actor: actor.describe("Who did the first event."),
    resource: resource.nullable(),
    last_action: z.string(),
    description: z.string().describe("The sentence of the last event."),
    started_at: z.iso.datetime(),
    last_at: z.iso.datetime(),
    ended_at: z.iso.datetime().nullable(),
    waiting_since: z.iso.datetime().nullable(),
    duration_ms: z.number().nullable().describe("From the first event to the end; of an end without a begin, what it says of itself."),
    out_of_order: z.boolean().describe("The first or the last event was not the first or the last to arrive."),
    event_count: z.int(),
    first_seq: z.int(),
    last_seq: z.int(),
  })
  .meta({
    id: "Operation",
    examples: [
      {
        operation_id: "op_5b1c",
        state: "running",
        status: "in_progress",
        action: "pipeline_started",
        namespace: "pipelines",
        actor: { type: "system", name: "Scheduler" },
        resource: { type: "pipeline", id: "pl_7", name: "Daily ETL" },
        last_action: "pipeline_started",
        description: 'Started pipeline "Daily ETL"',
        started_at: "2026-11-20T05:30:00.000Z",
        last_at: "2026-11-20T05:30:00.000Z",
        ended_at: null,
        waiting_since: null,
        duration_ms: null,
        out_of_order: false,
        event_count: 1,
        first_seq: 8_411,
        last_seq: 8_411,
      },
    ],
  });

const listQuery = z.strictObject({
  state: z
    .enum([...operationStates, "any"])
    .optional()
    .describe("Default `any`."),
  older_than_hours: olderThanHours,
  limit: digits(3, 1, operationsPageMax).optional().describe(`Operations in one answer, up to ${operationsPageMax}. Default 50.`),
  cursor: z.string().max(4_096).optional().describe("The `next_cursor` of the page before."),
});
const listAnswer = z.object({ operations: z.array(operation), next_cursor: z.string().nullable() });
const getAnswer = z.object({
  operation,
  events: z.array(row).describe("Its events, oldest first, up to 200; `GET /v1/events?operation_id=…` has them all."),
  events_total: z.int().describe("How many of its events are in the log."),
  events_purged: z.int().describe("How many of its events the retention policy removed; what they said of the operation is kept."),
});

/** Begin and end events, read as the operations that they are of. */
export function operationRoutes(plain: FastifyInstance, { platform, callerOf, security, problemAnswer, commonAnswers }: V1): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/v1/operations",
    {
      schema: {
        operationId: "listOperations",
        summary: "Read operations",
        description:
          "An operation is what events with one `operation_id` tell of together: whether it runs, waits for approval, has ended, or never did. Newest word first. " +
          "Reading is recorded in the log.",
        security,
        querystring: listQuery,
        response: { 200: listAnswer.describe("A page of operations."), 400: problemAnswer("A parameter is not valid."), ...commonAnswers },
      },
    },
    async (request) => {
      const { context } = callerOf(request);
      const { state, older_than_hours, limit, cursor } = request.query;
      const page = await read(platform, context, listOperationsByApi, { state, olderThanHours: older_than_hours, limit, cursor });
      return { operations: page.operations.map(told), next_cursor: page.nextCursor };
    },
  );
  app.get(
    "/v1/operations/:operation_id",
    {
      schema: {
        operationId: "getOperation",
        summary: "Read one operation",
        description: "How it stands, as new as the log, and its events. Reading is recorded in the log.",
        security,
        params: z.object({ operation_id: z.string().min(1).max(identifierLengthMax) }),
        querystring: z.strictObject({ older_than_hours: olderThanHours }),
        response: {
          200: getAnswer.describe("The operation."),
          400: problemAnswer("A parameter is not valid."),
          404: problemAnswer("There is no such operation."),
          ...commonAnswers,
        },
      },
    },
    async (request) => {
      const { context } = callerOf(request);
      const found = await read(platform, context, getOperationByApi, {
        operationId: request.params.operation_id,
        olderThanHours: request.query.older_than_hours,
      });
      return { operation: told(found.operation), events: found.events, events_total: found.eventsTotal, events_purged: found.eventsPurged };
    },
  );
}

const told = (view: OperationView): z.infer<typeof operation> => ({
  operation_id: view.operationId,
  state: view.state,
  status: view.status,
  action: view.action,
  namespace: view.namespace,
  actor: view.actor,
  resource: view.resource,
  last_action: view.lastAction,
  description: view.description,
  started_at: view.startedAt,
  last_at: view.lastAt,
  ended_at: view.endedAt,
  waiting_since: view.waitingSince,
  duration_ms: view.durationMs,
  out_of_order: view.outOfOrder,
  event_count: view.events,
  first_seq: view.firstSeq,
  last_seq: view.lastSeq,
});
