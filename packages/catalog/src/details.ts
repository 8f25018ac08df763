import type { Json } from "@daybook/event";

/** One thing that an event of an action may say, with the value that its sample says. It documents: no event is refused for what it lacks. */
export interface Detail {
  type: "string" | "integer" | "number" | "boolean" | "array" | "object";
  title: string;
  example: Json;
  /** What a changed field was before; its `example` is what it is after. */
  before?: Json;
  /** All the values there are. */
  values?: readonly string[];
  format?: "date-time" | "email" | "uri";
  /** Null says something as well. */
  nullable?: true;
  /** An event without it leaves its readers guessing. */
  required?: true;
}

/**
 * Where in the event: `metadata.email`, `counts.cells`, `rows_returned`. `changes.role` is one changed field, before and after; `related.user` is
 * the name of a related resource of that type.
 */
export type DetailPath =
  | `${"metadata" | "counts" | "changes" | "related"}.${string}`
  | "changes"
  | "rows_returned"
  | "rows_affected"
  | "duration_ms"
  | "operation_id"
  | "origin"
  | "reason"
  | "error.message";

export type Details = Readonly<Partial<Record<DetailPath, Detail>>>;

export const text = (title: string, example: string, more: Pick<Detail, "format"> = {}): Detail => ({ type: "string", title, example, ...more });
export const whole = (title: string, example: number): Detail => ({ type: "integer", title, example });
export const flag = (title: string, example: boolean): Detail => ({ type: "boolean", title, example });
export const texts = (title: string, ...example: string[]): Detail => ({ type: "array", title, example });
export const moment = (title: string, example: string): Detail => ({ type: "string", title, example, format: "date-time" });
/** The first value is the example. */
export const choice = <const V extends string>(title: string, ...values: [V, ...V[]]): Detail => ({ type: "string", title, example: values[0], values });
export const changed = (title: string, before: string | number | boolean, after: string | number | boolean): Detail => ({
  type: typeof after === "string" ? "string" : typeof after === "number" ? "integer" : "boolean",
  title,
  before,
  example: after,
});
export const nullable = (detail: Detail): Detail => ({ ...detail, nullable: true });
export const required = (detail: Detail): Detail => ({ ...detail, required: true });
