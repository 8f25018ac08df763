import { setImmediate as nextTurn } from "node:timers/promises";
import { vocabulary } from "@daybook/catalog";
import type { EventInput, Json, JsonItem, Problem, Redactor } from "@daybook/event";
import { checkEventInput, eventBytesMax, parseScanned, prepareEvent, uuidV7 } from "@daybook/event";
import { may } from "@daybook/policy";
import { payloadHash } from "@daybook/store";
import type { AppendItem, AppendOutcome } from "@daybook/store";
import { Refusal } from "@daybook/event";
import { authorOf } from "../author.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { redactorOf } from "./redaction.ts";

export type IngestResult =
  | { index: number; status: "created"; id: string; seq: number }
  | { index: number; status: "duplicate"; id: string }
  | { index: number; status: "refused"; error: Problem };

/** `payload`: what a repetition of the event's key must agree with; without it, all that was sent. */
export type IngestItem = JsonItem & { payload?: Json };

/** How a prepared batch reaches the log; single events go through a group commit, batches straight. */
export type AppendThrough = (organizationId: string, items: readonly AppendItem[]) => Promise<AppendOutcome[]>;

export interface IngestOptions {
  append: AppendThrough;
  /** Days that the organization keeps events, null for ever. */
  retentionDays: number | null;
  /** The door: `app:<name>` of a bound token, or the dialect that was spoken. Default: `api`. */
  source?: string | undefined;
  /** When the producer sent the events, by its own clock. */
  sentAt?: Date | undefined;
}

const idRandomBytes = 10;
const dayMs = 86_400_000;
/** Characters of events between two turns of the event loop: some 2 ms, and with an organization's patterns on texts made for them up to 300 ms. */
const charsPerTurn = 65_536;

/**
 * Takes scanned items into the log. Each is accepted or refused for itself; when this returns, the accepted ones are durable.
 */
export async function ingest(platform: Platform, context: Context, items: readonly IngestItem[], options: IngestOptions): Promise<IngestResult[]> {
  const decision = may(context.viewer, "events:write");
  if (!decision.allowed) throw new Refusal("forbidden", decision.reason);
  const redactor = await redactorOf(platform, context.viewer.organizationId);
  const receivedAt = platform.now();
  const random = platform.random(items.length * idRandomBytes);
  const oldest = options.retentionDays === null ? null : new Date(receivedAt.getTime() - options.retentionDays * dayMs);
  const results: (IngestResult | undefined)[] = [];
  const accepted: { at: number; item: AppendItem }[] = [];
  let chars = 0;
  for (const [at, item] of items.entries()) {
    if (chars > charsPerTurn) {
      await nextTurn();
      chars = 0;
    }
    chars += item.text.length;
    const taken = takeItem(item, context, {
      receivedAt,
      sentAt: options.sentAt,
      source: options.source ?? "api",
      redactor,
      oldest,
      payload: item.payload,
      id: uuidV7(receivedAt.getTime(), random.subarray(at * idRandomBytes, (at + 1) * idRandomBytes)),
    });
    if ("problem" in taken) results[at] = { index: item.index, status: "refused", error: taken.problem };
    else accepted.push({ at, item: taken });
  }
  if (accepted.length > 0) {
    const outcomes = await options.append(
      context.viewer.organizationId,
      accepted.map(({ item }) => item),
    );
    for (const [position, { at }] of accepted.entries()) results[at] = resultOf(items[at]?.index ?? at, outcomes[position]);
  }
  return results.map((result) => {
    if (!result) throw new Error("every item has a result");
    return result;
  });
}

/** A workspace token is an application's, which tells who acted in it. A member's key that could would let any member write a colleague's acts. */
const actsForOthers: Problem = {
  code: "forbidden",
  message: "The events of a member's key are by the key, on behalf of its member: leave `actor` and `on_behalf_of` out. A workspace token may name others.",
  path: "actor",
};

interface Taking {
  receivedAt: Date;
  sentAt: Date | undefined;
  source: string;
  redactor: Redactor;
  oldest: Date | null;
  id: string;
  payload: Json | undefined;
}

function takeItem(item: JsonItem, context: Context, taking: Taking): AppendItem | { problem: Problem } {
  if (item.problem) return { problem: item.problem };
  if (item.text.length > eventBytesMax)
    return { problem: { code: "event_too_large", message: `The event has ${item.text.length} characters; ${eventBytesMax} are allowed.` } };
  const checked = checkEventInput(parseScanned(item));
  if ("problem" in checked) return checked;
  return prepareItem(checked.event, context, taking);
}

function prepareItem(
  input: EventInput,
  context: Context,
  { receivedAt, sentAt, source, redactor, oldest, id, payload }: Taking,
): AppendItem | { problem: Problem } {
  const { viewer } = context;
  if (viewer.kind === "member_key" && (input.actor ?? input.on_behalf_of) !== undefined) return { problem: actsForOthers };
  const prepared = prepareEvent(
    input,
    {
      id,
      receivedAt,
      sentAt,
      source,
      origin: context.origin,
      ...authorOf(viewer),
    },
    vocabulary,
    redactor,
  );
  if ("problem" in prepared) return prepared;
  if (oldest && Date.parse(prepared.event.occurred_at) < oldest.getTime())
    return {
      problem: {
        code: "older_than_retention",
        message: `The event is from ${prepared.event.occurred_at}; this organization keeps events since ${oldest.toISOString()}.`,
        path: "occurred_at",
      },
    };
  return { event: prepared.event, ...(input.idempotency_key !== undefined && { payloadHash: payloadHash(payload ?? input) }) };
}

export function resultOf(index: number, outcome: AppendOutcome | undefined): IngestResult {
  if (!outcome) throw new Error("every appended event has an outcome");
  switch (outcome.status) {
    case "created":
      return { index, status: "created", id: outcome.id, seq: outcome.seq };
    case "duplicate":
      return { index, status: "duplicate", id: outcome.id };
    case "conflict":
      return {
        index,
        status: "refused",
        error: {
          code: "idempotency_conflict",
          message: `The idempotency key already stands for event ${outcome.id}, which has other content.`,
          path: "idempotency_key",
        },
      };
  }
}
