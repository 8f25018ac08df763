import { diff } from "@daybook/event";
import type { FieldChange, Json } from "@daybook/event";
import { opened } from "./open-json.ts";

/** The fields in which two values of the field `path` differ, JSON inside their strings opened. An undefined side was not there. */
export function valueChanges(path: string, before: Json | undefined, after: Json | undefined): FieldChange[] {
  const side = (value: Json | undefined) => (value === undefined ? {} : { [path]: opened(value) });
  return diff(side(before), side(after));
}
