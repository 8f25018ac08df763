import type { FieldChange, Json } from "@daybook/event";
import { opened } from "../open-json.ts";
import { at, isObject, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { valueChanges } from "../value-changes.ts";

/** Lists of names and values, as Microsoft writes open sets of fields: `[{ "Name": …, "Value": … }]` or `[{ "key": …, "value": … }]`. */
export function namedValues(list: Json[]): JsonObject {
  return Object.fromEntries(
    list.flatMap((entry): [string, Json][] => {
      const name = textAt(entry, "Name") ?? textAt(entry, "key");
      return name === undefined ? [] : [[name, opened(at(entry, "Value") ?? null)]];
    }),
  );
}

/** Entries beside the changed ones that say which they are or describe those involved. */
const noChange = /^(?:Included Updated Properties$|TargetId\.|ActorId\.)/;

/** `[{ Name | displayName, OldValue, NewValue }]`; Exchange lists the names only. */
export function modifiedProperties(list: Json[]): FieldChange[] {
  return list.flatMap((entry) => {
    const path = isObject(entry) ? (textAt(entry, "Name") ?? textAt(entry, "displayName")) : textAt(entry);
    if (path === undefined || noChange.test(path)) return [];
    const before = plain(at(entry, "OldValue"));
    const after = plain(at(entry, "NewValue"));
    return before === undefined && after === undefined ? [{ path }] : valueChanges(path, before, after);
  });
}

/** Values are JSON in a string, a list of one where there is one, an empty list or text where there is none. */
function plain(value: Json | undefined): Json | undefined {
  const inner = value === undefined ? null : opened(value);
  const only = Array.isArray(inner) && inner.length <= 1 ? (inner[0] ?? null) : inner;
  return only === null || only === "" ? undefined : only;
}
