import { JsonSyntaxProblem, Refusal, requestEventsMax, scanItem, splitItems } from "@daybook/event";
import type { JsonItem } from "@daybook/event";
import type { Line } from "./split-lines.ts";

/** What a body says: the events one by one, and whether it was one event by itself. */
export interface ReadItems {
  items: JsonItem[];
  single: boolean;
}

const envelope = /^\s*\{\s*"events"\s*:\s*(?=\[)/;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** One event, an array, or `{"events": […]}`. Text that is not JSON refuses the whole, because nothing after the break can be trusted. */
export function readJson(body: Buffer): ReadItems {
  const text = decode(body);
  if (text === null) throw new Refusal("malformed_json", "The body is not valid UTF-8.");
  try {
    const items = splitItems(unwrap(text), { itemsMax: requestEventsMax });
    return { items: bounded(items), single: !/^\s*\[/.test(text) && !envelope.test(text) };
  } catch (error) {
    if (error instanceof JsonSyntaxProblem) throw new Refusal("malformed_json", `${error.message}.`);
    throw error;
  }
}

/** What a line says; a line stands for itself, so a broken one is that item's problem. Null for an empty one. */
export function readLine({ number, bytes }: Line, index: number): JsonItem | null {
  if (bytes === null) return { index, text: "", problem: { code: "event_too_large", message: `Line ${number} is longer than a line may be.` } };
  const text = decode(bytes);
  if (text === null) return broken(index, `Line ${number} is not valid UTF-8.`);
  if (text.trim() === "") return null;
  try {
    return { ...scanItem(text), index };
  } catch (error) {
    if (error instanceof JsonSyntaxProblem) return broken(index, `Line ${number}: ${error.message}.`);
    throw error;
  }
}

const broken = (index: number, message: string): JsonItem => ({ index, text: "", problem: { code: "malformed_json", message } });

/** Blanks stand in for the envelope, so that positions in messages stay those of the body. */
function unwrap(text: string): string {
  const opening = envelope.exec(text)?.[0];
  if (opening === undefined) return text;
  const end = /\}\s*$/.exec(text)?.index;
  if (end === undefined) throw new JsonSyntaxProblem("The text ends before the `}` that closes `events`", text.length);
  return " ".repeat(opening.length) + text.slice(opening.length, end);
}

function bounded(items: JsonItem[]): JsonItem[] {
  if (items.length > requestEventsMax)
    throw new Refusal("batch_too_large", `The request holds more than ${requestEventsMax} events. Send them in several requests.`);
  return items;
}

function decode(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

const keyLengthMax = 256;
/** Room for `#` and the number of an event. */
const batchKeyLengthMax = keyLengthMax - 12;

/** The `Idempotency-Key` of a request: up to 256 characters with one event, a little less where each event's number is added to it. */
export function readIdempotencyKey(header: string | undefined, { single }: { single: boolean }): string | undefined {
  if (header === undefined) return undefined;
  const max = single ? keyLengthMax : batchKeyLengthMax;
  if (header.length === 0 || header.length > max) throw new Refusal("invalid", `\`Idempotency-Key\` must have 1 to ${max} characters.`, "Idempotency-Key");
  return header;
}

/** The key is that of the one event that it comes with; in a batch, the n-th event without a key of its own gets `<key>#n`, n from 1. */
export function withIdempotencyKey({ items, single }: ReadItems, header: string | undefined): JsonItem[] {
  const key = readIdempotencyKey(header, { single });
  if (key === undefined) return items;
  if (!single) return items.map((item) => keyedItem(item, `${key}#${item.index + 1}`));
  const [item] = items;
  if (!item || item.problem || !item.text.startsWith("{")) return items;
  const own = ownKey(item);
  if (own !== undefined && own !== key) throw new Refusal("invalid", "`Idempotency-Key` and the event's `idempotency_key` differ.", "idempotency_key");
  return [keyedItem(item, key)];
}

/** The item with a key, unless it has one. */
export function keyedItem(item: JsonItem, key: string | undefined): JsonItem {
  if (key === undefined || item.problem || !item.text.startsWith("{") || ownKey(item) !== undefined) return item;
  const rest = item.text.slice(1).trimStart();
  return { ...scanItem(`{"idempotency_key":${JSON.stringify(key)}${rest === "}" ? "" : ","}${rest}`), index: item.index };
}

const ownKey = (item: JsonItem): unknown => (JSON.parse(item.text) as { idempotency_key?: unknown }).idempotency_key;
