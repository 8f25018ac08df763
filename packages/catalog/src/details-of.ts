import type { EventDefinition, Operation } from "./define-events.ts";
import { text, whole } from "./details.ts";
import type { Detail, DetailPath, Details } from "./details.ts";

/** What one more thing is called, where a table or a schema lists it. */
export interface NamedDetail extends Detail {
  path: DetailPath;
}

/** Everything that an event of the action may say: what its class of verbs says, what its sentence asks for, and its own. */
export function detailsOf({ operation, sentence, details = {} }: Pick<EventDefinition, "operation" | "sentence" | "details">): NamedDetail[] {
  const says = { ...ofOperation[operation], ...relatedIn(sentence), ...details };
  // One changed field that is named says more than "what changed".
  if (Object.keys(details).some((path) => path.startsWith("changes."))) delete says.changes;
  return (Object.entries(says) as [DetailPath, Detail][]).map(([path, detail]) => ({ path, ...detail }));
}

/** What an act of this class has, whatever it is done to. */
const ofOperation: Partial<Record<Operation, Details>> = {
  updated: {
    changes: {
      type: "object",
      title: "What changed: the states before and after, or the changed fields",
      example: { before: { title: "Report" }, after: { title: "Q2 Sales Report" } },
    },
  },
  executed: { duration_ms: whole("How long it took, in ms", 1_200) },
  exported: { duration_ms: whole("How long it took, in ms", 640) },
  imported: { duration_ms: whole("How long it took, in ms", 8_400) },
  started: { operation_id: text("The same in the event of its end", "op_7f3c") },
  completed: { operation_id: text("The same in the event of its beginning", "op_7f3c"), duration_ms: whole("How long it took, in ms", 252_000) },
  failed: { operation_id: text("The same in the event of its beginning", "op_7f3c"), "error.message": text("Why it failed", "Database connection timeout") },
};

const relatedExamples: Record<string, string> = { user: "Grace Kim", group: "Data stewards" };

/** `{related.user}` in a sentence asks for a related resource of that type. */
const relatedIn = (sentence: string): Details =>
  Object.fromEntries(
    [...sentence.matchAll(/\{related\.([a-z_]+)/g)].map(([, type = ""]) => [`related.${type}`, text(`The ${type} it is about`, relatedExamples[type] ?? type)]),
  );
