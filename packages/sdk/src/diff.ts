import { changedFieldsMax } from "@daybook/event";
import type { FieldChange, Json } from "@daybook/event";

/**
 * The `changes` of an event: the fields that differ between two states, such as a row before and after an update, as dotted paths. Values
 * count as they are sent, so dates compare by their text, a key whose value has no JSON form is absent, and so is a state that has none.
 * It is Daybook's own `diff` without its reading of JSON inside texts, which needs a newer engine than this client and which the server does.
 */
export function diff(before: unknown, after: unknown): { fields: FieldChange[] } {
  const fields: FieldChange[] = [];
  const one = toJson(before);
  const other = toJson(after);
  const whole = isObject(one) !== isObject(other);
  compare("", whole && !isObject(one) ? {} : one, whole && !isObject(other) ? {} : other, fields);
  return { fields };
}

function compare(path: string, before: Json | undefined, after: Json | undefined, fields: FieldChange[]): void {
  if (fields.length >= changedFieldsMax) return;
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) compare(path ? `${path}.${key}` : key, before[key], after[key], fields);
    return;
  }
  if (same(before, after)) return;
  fields.push({ path: path || "value", ...(before !== undefined && { before }), ...(after !== undefined && { after }) });
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);

/** Called where business is done: a circle in a value must not end it. */
function toJson(value: unknown): Json | undefined {
  try {
    const text = JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? part.toString() : part)) as string | undefined;
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}
