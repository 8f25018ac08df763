import type { EventInput, Json } from "@daybook/event";
import type { Dialect, DialectReading } from "./define-dialect.ts";

/** What the dialects' tests share; nothing else imports it. The hash only has to be long, and another for another text. */
export const tools = { sha256Hex: (text: string): string => `${text.length}`.padStart(64, "0") };

export function readBody(dialect: Dialect, json: Json, more: { path?: string; headers?: Record<string, string> } = {}): DialectReading {
  const { path = dialect.sample.path, headers = {} } = more;
  return dialect.read({ path, params: {}, headers, contentType: headers["content-type"] ?? "application/json", body: { json }, tools });
}

/** The event of a body with one. */
export function eventOf(dialect: Dialect, json: Json, more: Parameters<typeof readBody>[2] = {}): EventInput {
  const reading = readBody(dialect, json, more);
  const item = "items" in reading ? reading.items[0] : undefined;
  if (!item || !("event" in item)) throw new Error(`no event: ${JSON.stringify(reading)}`);
  return item.event;
}
