import type { Changes, FieldChange, Json } from "./audit-event.ts";
import { changedFieldsMax } from "./limits.ts";

/** Fields that a change from `before` to `after` touched, as dotted paths in the order of the keys. Arrays and scalars compare whole. */
export function diff(before: Json | undefined, after: Json | undefined): FieldChange[] {
  const fields: FieldChange[] = [];
  compare("", before, after, fields);
  return fields.slice(0, changedFieldsMax);
}

/** Completes what a producer sent: computed fields where it gave whole states, its own list where it gave one. */
export function completeChanges(changes: { before?: Json; after?: Json; fields?: FieldChange[] }): Changes {
  const fields = changes.fields ?? diff(changes.before, changes.after);
  return { ...changes, fields };
}

function compare(path: string, before: Json | undefined, after: Json | undefined, fields: FieldChange[]): void {
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(path ? `${path}.${key}` : key, before[key], after[key], fields);
    }
    return;
  }
  if (isObject(before) !== isObject(after) && path === "") {
    compare("", isObject(before) ? before : {}, isObject(after) ? after : {}, fields);
    return;
  }
  if (same(before, after)) return;
  fields.push({ path: path || "value", ...(before !== undefined && { before }), ...(after !== undefined && { after }) });
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}
