import { JsonSyntaxProblem, Refusal, requestEventsMax, scanItem, splitItems } from "@daybook/event";
import type { JsonItem } from "@daybook/event";

/** What a body says: the events one by one, and whether it was one event by itself. */
export interface ReadItems {
  items: JsonItem[];
  single: boolean;
}

const envelope = /^\s*\{\s*"events"\s*:\s*(?=\[)/;
const utf8 = new TextDecoder("utf-8", { fatal: true });
const lineFeed = 0x0a;

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

/** One event a line. A line stands for itself, so a broken one is that item's problem. */
export function readLines(body: Buffer): ReadItems {
  const items: JsonItem[] = [];
  let line = 0;
  for (let start = 0; start < body.length;) {
    const found = body.indexOf(lineFeed, start);
    const end = found === -1 ? body.length : found;
    line += 1;
    const text = decode(body.subarray(start, end));
    if (text === null || text.trim() !== "") items.push(readLine(text, { index: items.length, line }));
    if (items.length > requestEventsMax) break;
    start = end + 1;
  }
  return { items: bounded(items), single: false };
}

function readLine(text: string | null, { index, line }: { index: number; line: number }): JsonItem {
  if (text === null) return broken(index, `Line ${line} is not valid UTF-8.`);
  try {
    return { ...scanItem(text), index };
  } catch (error) {
    if (error instanceof JsonSyntaxProblem) return broken(index, `Line ${line}: ${error.message}.`);
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

/** The `Idempotency-Key` header is the `idempotency_key` of the one event that it comes with. */
export function withIdempotencyKey({ items, single }: ReadItems, header: string | undefined): JsonItem[] {
  if (header === undefined) return items;
  const [item] = items;
  if (!single || !item)
    throw new Refusal("invalid", "`Idempotency-Key` goes with a single event. In a batch each event carries its own `idempotency_key`.", "Idempotency-Key");
  if (header.length === 0 || header.length > keyLengthMax)
    throw new Refusal("invalid", `\`Idempotency-Key\` must have 1 to ${keyLengthMax} characters.`, "Idempotency-Key");
  if (item.problem || !item.text.startsWith("{")) return items;
  const rest = item.text.slice(1).trimStart();
  const own = (JSON.parse(item.text) as { idempotency_key?: unknown }).idempotency_key;
  if (own === header) return items;
  if (own !== undefined) throw new Refusal("invalid", "`Idempotency-Key` and the event's `idempotency_key` differ.", "idempotency_key");
  return [scanItem(`{"idempotency_key":${JSON.stringify(header)}${rest === "}" ? "" : ","}${rest}`)];
}
