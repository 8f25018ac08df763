import { eventDepthMax, eventKeysMax, stringLengthMax } from "./limits.ts";
import type { Json } from "./audit-event.ts";
import { builtInRedactor } from "./redaction/index.ts";
import type { RefusalCode } from "./refusal.ts";

/**
 * Reads JSON as RFC 7493 (I-JSON) demands, where `JSON.parse` is silent: a duplicate key, a number that loses digits, NUL,
 * and half a surrogate pair are problems of the one item that holds them, so the rest of a batch can still be kept.
 */
export interface Problem {
  code: RefusalCode;
  message: string;
  path?: string;
}

export interface JsonItem {
  /** Position of the item in the array, from 0. */
  index: number;
  text: string;
  /** The first thing in the item that JSON allows and an audit log must not. */
  problem?: Problem;
}

/** The text is not JSON at all, so nothing after `position` can be trusted. */
export class JsonSyntaxProblem extends Error {
  override readonly name = "JsonSyntaxProblem";
  readonly position: number;
  constructor(message: string, position: number) {
    super(`${message} at character ${position + 1}`);
    this.position = position;
  }
}

/**
 * Splits a JSON array into its items, or takes a single value as the only item. Behind `itemsMax` items it reads no further and returns one
 * more, so that the caller sees that there are too many: 2.6 million in 5 MiB took half a second. Throws `JsonSyntaxProblem`.
 */
export function splitItems(text: string, { itemsMax = Infinity }: { itemsMax?: number } = {}): JsonItem[] {
  const scanner = new Scanner(text);
  scanner.space();
  const items = scanner.peek() === OPEN_ARRAY ? scanner.array(itemsMax) : [scanner.item(0)];
  if (items.length > itemsMax) return items;
  scanner.space();
  scanner.end();
  return items;
}

/** Reads one value. Throws `JsonSyntaxProblem`. */
export function scanItem(text: string): JsonItem {
  const scanner = new Scanner(text);
  scanner.space();
  const item = scanner.item(0);
  scanner.space();
  scanner.end();
  return item;
}

/** `JSON.parse` of text that `splitItems` or `scanItem` has accepted. */
export const parseScanned = (item: JsonItem): Json => JSON.parse(item.text) as Json;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class Scanner {
  private readonly text: string;
  private at = 0;
  private depth = 0;
  private keys = 0;
  private problem: Problem | undefined;

  constructor(text: string) {
    this.text = text;
  }

  peek(): number {
    return this.text.charCodeAt(this.at);
  }

  end(): void {
    if (this.at < this.text.length) this.fail("Unexpected text after the JSON value");
  }

  array(itemsMax: number): JsonItem[] {
    const items: JsonItem[] = [];
    this.at += 1;
    this.space();
    if (this.peek() === CLOSE_ARRAY) {
      this.at += 1;
      return items;
    }
    for (;;) {
      this.space();
      items.push(this.item(items.length));
      if (items.length > itemsMax) return items;
      this.space();
      const next = this.peek();
      this.at += 1;
      if (next === CLOSE_ARRAY) return items;
      if (next !== COMMA) this.fail("Expected `,` or `]`", this.at - 1);
    }
  }

  item(index: number): JsonItem {
    this.problem = undefined;
    this.keys = 0;
    this.depth = 0;
    const start = this.at;
    this.value();
    const item: JsonItem = { index, text: this.text.slice(start, this.at) };
    if (this.problem) item.problem = this.problem;
    return item;
  }

  space(): void {
    for (;;) {
      const code = this.peek();
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private value(): void {
    const code = this.peek();
    if (code === QUOTE) this.string();
    else if (code === OPEN_OBJECT) this.nest(CLOSE_OBJECT);
    else if (code === OPEN_ARRAY) this.nest(CLOSE_ARRAY);
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) this.number();
    else this.word();
  }

  private nest(close: number): void {
    if (this.depth >= eventDepthMax) {
      this.note("event_too_large", `The event is nested deeper than ${eventDepthMax} levels.`);
      this.pass();
      return;
    }
    this.depth += 1;
    this.at += 1;
    this.space();
    if (this.peek() === close) this.at += 1;
    else if (close === CLOSE_OBJECT) this.members();
    else this.elements();
    this.depth -= 1;
  }

  /**
   * Passes over what is nested too deep or has too many keys, up to where the brackets that are open are closed. It takes no recursion that
   * could exhaust the stack, and no memory for keys. The item is refused anyhow, so only what shows where it ends is read: strings, and
   * brackets, whose kinds must match.
   */
  private pass(closers: number[] = []): void {
    do {
      const code = this.peek();
      if (Number.isNaN(code)) this.fail("The text ends inside an array or object");
      if (code === QUOTE) {
        this.string();
        continue;
      }
      if (code === OPEN_OBJECT) closers.push(CLOSE_OBJECT);
      else if (code === OPEN_ARRAY) closers.push(CLOSE_ARRAY);
      else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && closers.pop() !== code) this.fail("A bracket closes what it did not open");
      this.at += 1;
    } while (closers.length > 0);
  }

  private elements(): void {
    for (;;) {
      this.space();
      this.value();
      this.space();
      const next = this.peek();
      this.at += 1;
      if (next === CLOSE_ARRAY) return;
      if (next !== COMMA) this.fail("Expected `,` or `]`", this.at - 1);
    }
  }

  private members(): void {
    const seen = new Set<string>();
    for (;;) {
      if (this.keys > eventKeysMax) return this.pass([CLOSE_OBJECT]);
      this.space();
      if (this.peek() !== QUOTE) this.fail("Expected a key in double quotes");
      this.key(seen);
      this.space();
      if (this.peek() !== COLON) this.fail("Expected `:`");
      this.at += 1;
      this.space();
      this.value();
      this.space();
      const next = this.peek();
      this.at += 1;
      if (next === CLOSE_OBJECT) return;
      if (next !== COMMA) this.fail("Expected `,` or `}`", this.at - 1);
    }
  }

  private key(seen: Set<string>): void {
    const start = this.at;
    const escaped = this.string();
    const literal = this.text.slice(start, this.at);
    const key = escaped ? (JSON.parse(literal) as string) : literal.slice(1, -1);
    if (seen.has(key)) this.note("duplicate_key", `The key "${shown(key)}" occurs twice in one object.`, shown(key));
    if (key === "__proto__") this.note("invalid_event", "The key `__proto__` is not allowed.", key);
    seen.add(key);
    this.keys += 1;
    if (this.keys > eventKeysMax) this.note("event_too_large", `The event has more than ${eventKeysMax} keys.`);
  }

  /** Returns whether the string holds an escape. */
  private string(): boolean {
    const { text } = this;
    const start = this.at;
    let escaped = false;
    let at = start + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        escaped = true;
        at = this.escape(at);
      } else if (code < 0x20 || Number.isNaN(code)) {
        this.fail(Number.isNaN(code) ? "The text ends inside a string" : "A control character inside a string", at);
      } else {
        at += 1;
      }
    }
    this.at = at + 1;
    if (at - start > stringLengthMax) this.note("event_too_large", `A string is longer than ${stringLengthMax} characters.`);
    this.checkText(start, at, escaped);
    return escaped;
  }

  private escape(at: number): number {
    const letter = this.text[at + 1];
    if (letter === "u") {
      if (!/^[0-9a-fA-F]{4}$/.test(this.text.slice(at + 2, at + 6))) this.fail("A broken \\u escape", at);
      return at + 6;
    }
    if (letter === undefined || !'"\\/bfnrt'.includes(letter)) this.fail("An unknown escape", at);
    return at + 2;
  }

  private checkText(start: number, end: number, escaped: boolean): void {
    const literal = this.text.slice(start + 1, end);
    const value = escaped ? (JSON.parse(`"${literal}"`) as string) : literal;
    if (escaped && value.includes("\0")) this.note("unsafe_text", "A string holds the NUL character (\\u0000).");
    if (!value.isWellFormed()) this.note("unsafe_text", "A string holds half of a surrogate pair.");
  }

  private number(): void {
    numberPattern.lastIndex = this.at;
    const literal = numberPattern.exec(this.text)?.[0];
    if (literal === undefined) this.fail("A broken number");
    this.at += literal.length;
    if (literal.length < 16 && !/[eE]/.test(literal)) return;
    const value = Number(literal);
    if (!Number.isFinite(value)) this.note("unsafe_number", `The number ${shown(literal)} is too large for any reader; send it as a string.`);
    else if (/^-?\d+$/.test(literal) && !Number.isSafeInteger(value))
      this.note("unsafe_number", `The integer ${shown(literal)} is beyond 2^53 and would lose digits; send it as a string.`);
  }

  private word(): void {
    for (const word of ["true", "false", "null"]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return;
      }
    }
    this.fail(this.at >= this.text.length ? "The text ends where a value is expected" : "Expected a JSON value");
  }

  private note(code: RefusalCode, message: string, path?: string): void {
    this.problem ??= path === undefined ? { code, message } : { code, message, path };
  }

  private fail(message: string, position = this.at): never {
    throw new JsonSyntaxProblem(message, position);
  }
}

/** Foreign text in our own sentences stays short, and a secret stays out of them. */
function shown(value: string): string {
  const clean = builtInRedactor.text(value, "", []);
  return clean.length > 40 ? `${clean.slice(0, 40)}…` : clean;
}
