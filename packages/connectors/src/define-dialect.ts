import { refusalCodes, requestEventsMax } from "@daybook/event";
import type { EventInput, Json, Problem } from "@daybook/event";
import { fitEvent } from "./fit-event.ts";
import { actionKeyOf } from "./dialects/action-key.ts";
import { isObject } from "./read-json.ts";

/** Another product's write API, as a kind: where it listens, how a request reads as events, and how its client expects to be answered. */
export interface Dialect<Id extends string = string> {
  id: Id;
  title: string;
  docsUrl: string;
  routes: readonly DialectRoute[];
  /** Where its clients put their key; the first that is there counts. */
  tokenIn: readonly TokenPlace[];
  /** Events that one request may hold. */
  itemsMax: number;
  /** All events of a request are stored, or none: the vendor's client knows no answer for some of them. */
  together: boolean;
  /** A request as the vendor's client sends it: shown on the kind's page, and held to its golden file by the conformance test. */
  sample: { path: string; params?: Record<string, string>; headers: Record<string, string>; body: Json };
  /** Never throws. */
  read(request: DialectRequest): DialectReading;
  /** Of one entry per item of the reading, in their order. */
  answer(entries: readonly DialectEntry[], request: DialectRequest): DialectAnswer;
  /** The answer to a request of which nothing was read or stored. */
  refuse(refusal: DialectRefusal): DialectAnswer;
}

export interface DialectRoute {
  /** Always `POST`; `:name` is a parameter. */
  path: string;
  /** What the media type must match. */
  contentType: RegExp;
}

export interface TokenPlace {
  /** Lower case. */
  header: string;
  /** Its first group is the token. */
  pattern: RegExp;
}

/** The host hashes, because nothing here may. */
export interface DialectTools {
  sha256Hex(text: string): string;
}

export interface DialectRequest {
  /** The path of the route, with its parameters unfilled. */
  path: string;
  params: Record<string, string | undefined>;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  /** Without parameters, lower case. */
  contentType: string;
  body: DialectBody;
  tools: DialectTools;
}

/** What is no JSON by its media type is text where it is UTF-8. */
export type DialectBody = { json: Json } | { text: string } | { base64: string };

export type DialectReading = { items: readonly DialectItem[] } | { problem: Problem };

/**
 * `record` is the vendor's own, for an answer that repeats something of it. `payload` is what tells a repetition of a key from other content under
 * it, where that is not the whole event.
 */
export type DialectItem = { record: Json; event: EventInput; payload?: Json } | { record: Json; problem: Problem };

export interface DialectEntry {
  record: Json;
  outcome: DialectOutcome;
}

export type DialectOutcome =
  | { status: "created" | "duplicate"; id: string }
  | { status: "refused"; error: Problem }
  /** Not stored, because another of the request was refused. */
  | { status: "held" };

export interface DialectAnswer {
  status: number;
  contentType?: string;
  body: Json;
}

export interface DialectRefusal extends Problem {
  status: number;
  requestId: string;
}

/** What the author of a kind writes. */
export interface DialectDefinition<Id extends string> extends Omit<Dialect<Id>, "itemsMax" | "together" | "read"> {
  itemsMax?: number;
  together?: boolean;
  /**
   * What happens to an event over a limit. `refuse` where the sender reads answers; `cut` where nobody would: then `metadata.cut` names the places.
   */
  oversize: "refuse" | "cut";
  read(request: DialectRequest): readonly DraftItem[] | Problem;
}

/** The action is the vendor's own key; a `key` makes a repetition known, which `payload` then has to agree with, or else the event. */
export type DraftItem = { record: Json; event: EventInput; key?: string | undefined; payload?: Json } | { record: Json; problem: Problem };

export function defineDialect<const Id extends string>(definition: DialectDefinition<Id>): Dialect<Id> {
  const { read, oversize, itemsMax = requestEventsMax, together = false, ...dialect } = definition;
  return {
    ...dialect,
    itemsMax,
    together,
    read(request) {
      const drafts = read(request);
      if ("code" in drafts) return { problem: drafts };
      if (drafts.length > itemsMax)
        return { problem: { code: "batch_too_large", message: `The request holds more than ${itemsMax} events. Send them in several requests.` } };
      return { items: drafts.map((draft) => ("problem" in draft ? draft : finished(draft))) };

      function finished({ record, event, key, payload }: Extract<DraftItem, { event: EventInput }>): DialectItem {
        const whole = withAction(event, dialect.id);
        const fitted = oversize === "cut" ? fitEvent(whole) : whole;
        if (key === undefined) return { record, event: fitted };
        const keyed = { ...fitted, idempotency_key: dialectKey(dialect.id, key, request.tools) };
        return { record, event: keyed, ...(payload !== undefined && { payload }) };
      }
    },
  };
}

/** Keys of two dialects differ, even where one token speaks both. */
export function dialectKey(dialect: string, key: string, { sha256Hex }: DialectTools): string {
  const whole = `${dialect}:${key}`;
  return whole.length <= keyLengthMax ? whole : `${dialect}:sha256:${sha256Hex(key)}`;
}

const keyLengthMax = 256;

/** A vendor's key that an action cannot hold is kept beside the one that was made of it. */
export function withAction(event: EventInput, dialect: string): EventInput {
  const action = actionKeyOf(event.action);
  if (action === event.action) return event;
  const { metadata = {} } = event;
  const extras = metadata[dialect];
  return { ...event, action, metadata: { ...metadata, [dialect]: { ...(isObject(extras) && extras), action: event.action } } };
}

export const statusOf = ({ code }: Problem): number => refusalCodes[code].http;

export const bearerToken: TokenPlace = { header: "authorization", pattern: /^Bearer +([\x21-\x7e]{1,256})$/i };
/** For senders whose `Authorization` is taken by a proxy before us. */
export const daybookToken: TokenPlace = { header: "x-daybook-token", pattern: /^([\x21-\x7e]{1,256})$/ };

/** The token of a request; empty where there is none. */
export function tokenOf({ tokenIn }: Pick<Dialect, "tokenIn">, headers: Record<string, string | string[] | undefined>): string {
  for (const { header, pattern } of tokenIn) {
    const value = headers[header];
    const token = typeof value === "string" ? pattern.exec(value)?.[1] : undefined;
    if (token !== undefined) return token;
  }
  return "";
}

/** Every item that was refused, as one problem: its first, with the position where there are several items. */
export function refusalOf(entries: readonly DialectEntry[]): Problem | undefined {
  const problems = entries.flatMap(({ outcome }, index) => (outcome.status === "refused" ? [{ index, ...outcome.error }] : []));
  const [first] = problems;
  if (!first) return undefined;
  const { index, ...problem } = first;
  if (entries.length === 1) return problem;
  const more = problems.length === 1 ? "" : ` And ${problems.length - 1} more.`;
  return { ...problem, message: `Event ${index}: ${problem.message}${more}` };
}
