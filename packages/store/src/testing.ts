import { builtInRedactor, prepareEvent } from "@daybook/event";
import type { EventInput, PreparedEvent, Vocabulary } from "@daybook/event";

const vocabulary: Vocabulary = {
  classify: (action) => ({ namespace: action.split("_")[0] ?? action, operation: action.split("_").at(-1) ?? "other", logType: "activity" }),
  describe: (event) => `${event.action} ${event.resource?.name ?? ""}`.trim(),
};

/** A prepared event with little said: for the store's own tests, which must not know the catalog. */
export function preparedEvent(id: string, input: Partial<EventInput> = {}, receivedAt = new Date()): PreparedEvent {
  const result = prepareEvent(
    { action: "notebook_created", ...input },
    { id, receivedAt, source: "api", tokenId: null, origin: "api", actor: { type: "api_key", id: "t1" } },
    vocabulary,
    builtInRedactor,
  );
  if ("problem" in result) throw new Error(result.problem.message);
  return result.event;
}
