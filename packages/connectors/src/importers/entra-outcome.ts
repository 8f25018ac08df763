import type { EventInput } from "@daybook/event";
import { textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

/** Any of five fields says that it failed, in a word or by an error number other than 0. */
export function entraOutcome(record: JsonObject, properties: JsonObject): Pick<EventInput, "status" | "error"> {
  const number = textAt(properties, "status", "errorCode");
  const type = textAt(record, "resultType");
  const words = [textAt(properties, "result"), textAt(record, "result"), type, textAt(record, "resultSignature")];
  const code = [number, type].find((text) => text !== undefined && /^[1-9]\d*$/.test(text));
  if (code === undefined && !words.some((word) => /^(?:fail|timeout|denied)/i.test(word ?? ""))) return { status: "success" };
  const message =
    textAt(properties, "status", "failureReason") ??
    textAt(properties, "resultReason") ??
    textAt(record, "resultDescription") ??
    textAt(properties, "resultDescription");
  return { status: "failed", error: { code, message } };
}
