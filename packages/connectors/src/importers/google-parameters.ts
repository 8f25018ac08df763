import type { Json } from "@daybook/event";
import { at, isObject, listAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

/** Messages nest in messages; two levels are measured. */
const messageDepthMax = 8;

/** The parameters of an event by name. Google writes each value under the key of its type: `value`, `boolValue`, `multiValue` and so on. */
export function parametersOf(holder: JsonObject, depth = 0): JsonObject {
  const list = listAt(holder, "parameters").length > 0 ? listAt(holder, "parameters") : listAt(holder, "parameter");
  return Object.fromEntries(
    list.filter(isObject).flatMap((parameter): [string, Json][] => {
      const name = textAt(parameter, "name");
      const value = valueOf(parameter, depth);
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}

const plainKeys = ["value", "boolValue", "intValue", "multiValue", "multiIntValue", "multiBoolValue"];

function valueOf(parameter: JsonObject, depth: number): Json | undefined {
  const plain = plainKeys.map((key) => at(parameter, key)).find((value) => value !== undefined);
  if (plain !== undefined) return plain;
  if (depth >= messageDepthMax) return undefined;
  const message = at(parameter, "messageValue");
  if (isObject(message)) return parametersOf(message, depth + 1);
  const messages = listAt(parameter, "multiMessageValue").filter(isObject);
  return messages.length === 0 ? undefined : messages.map((each) => parametersOf(each, depth + 1));
}
