import type { Changes, FieldChange, Json } from "./audit-event.ts";
import { changedFieldsMax } from "./limits.ts";
import { embeddedJson } from "./redaction/embedded-json.ts";

/**
 * Fields that a change from `before` to `after` touched, as dotted paths in the order of the keys. Arrays and scalars compare whole. An object
 * that came as a text of JSON, as several products send settings, compares field by field like any other.
 */
export function diff(before: Json | undefined, after: Json | undefined): FieldChange[] {
  const fields: FieldChange[] = [];
  compare("", before, after, fields);
  return fields.slice(0, changedFieldsMax);
}

/** Completes what a producer sent: computed fields where it gave whole states, its own list where it gave one. */
export function completeChanges(changes: { before?: Json; after?: Json; fields?: FieldChange[] }): Changes {
  const fields = changes.fields ? changes.fields.flatMap(opened).slice(0, changedFieldsMax) : diff(changes.before, changes.after);
  return { ...changes, fields };
}

/** A field whose sides are objects in texts becomes the fields inside; any other stays as it was sent, even where its sides are equal. */
function opened(field: FieldChange): FieldChange[] {
  const before = unwrapped(field.before);
  const after = unwrapped(field.after);
  if (before === field.before && after === field.after) return [field];
  const fields: FieldChange[] = [];
  compare(field.path, before, after, fields);
  return fields.length > 0 ? fields : [field];
}

/** The object that a text holds as JSON; any other value as it is. */
function unwrapped(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  return embeddedJson(value) ?? value;
}

function compare(path: string, one: Json | undefined, other: Json | undefined, fields: FieldChange[]): void {
  const before = unwrapped(one);
  const after = unwrapped(other);
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

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (JSON.isRawJSON(a) && JSON.isRawJSON(b)) return a.rawJSON === b.rawJSON;
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}
