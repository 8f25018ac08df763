/**
 * The vocabulary: every action that Daybook knows, with its title, sentence, namespace, operation and log type.
 * An action it does not know is read from its own words and never dropped. It will never know who may see an event.
 */
import type { Vocabulary } from "@daybook/event";
import { classify } from "./classify.ts";
import { describeEvent } from "./sentence.ts";

export * from "./actions-of-scope.ts";
export * from "./classify.ts";
export * from "./define-events.ts";
export * from "./details.ts";
export * from "./details-of.ts";
export * from "./details-schema.ts";
export * from "./entries.ts";
export * from "./namespaces/index.ts";
export * from "./presets.ts";
export * from "./sentence.ts";

export const vocabulary: Vocabulary = { classify, describe: describeEvent };
