import { vocabulary } from "@daybook/catalog";
import type { EventInput, PreparedEvent, Redactor } from "@daybook/event";
import { prepareEvent } from "@daybook/event";
import { hash128 } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { authorOf } from "./author.ts";
import { newId } from "./context.ts";
import type { Context } from "./context.ts";
import { redactorOf } from "./activity/redaction.ts";
import type { Platform } from "./platform.ts";

/**
 * Writes one of Daybook's own events in somebody's transaction. A key stands for the act, not for its words: the same key again writes nothing,
 * which is what makes a repeated job harmless.
 */
export async function record(platform: Platform, tx: Tx, context: Context, input: EventInput): Promise<{ id: string }> {
  const [recorded] = await recordAll(platform, tx, context, [input]);
  if (!recorded) throw new Error("an append of one event has one outcome");
  return recorded;
}

/** Several at once, in their order. */
export async function recordAll(platform: Platform, tx: Tx, context: Context, inputs: readonly EventInput[]): Promise<{ id: string }[]> {
  const redactor = await redactorOf(platform, context.viewer.organizationId, tx);
  const items = inputs.map((input) => {
    const event = prepare(platform, context, input, redactor);
    return event.idempotency_key === null ? { event } : { event, payloadHash: hash128(event.idempotency_key) };
  });
  const outcomes = await platform.store.appendIn(tx, context.viewer.organizationId, items);
  return outcomes.map(({ id }) => ({ id }));
}

function prepare(platform: Platform, context: Context, input: EventInput, redactor: Redactor): PreparedEvent {
  const prepared = prepareEvent(
    { ...input, context: { ...context.request, ...input.context } },
    {
      id: newId(platform),
      receivedAt: platform.now(),
      source: "daybook",
      origin: context.origin,
      ...authorOf(context.viewer),
    },
    vocabulary,
    redactor,
  );
  if ("problem" in prepared) throw new Error(`Daybook's own event was refused: ${prepared.problem.message}`);
  return prepared.event;
}
