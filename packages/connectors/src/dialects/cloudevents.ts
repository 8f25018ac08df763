import { checkEventInput, requestEventsMax } from "@daybook/event";
import type { Actor, EventInput, Json, Problem, Resource } from "@daybook/event";
import { bearerToken, daybookToken, defineDialect, refusalOf, statusOf } from "../define-dialect.ts";
import type { DialectBody, DialectRequest, DraftItem } from "../define-dialect.ts";
import { isObject } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { actorTypeOf } from "./actor-type.ts";
import { metadataOf, takeFrom } from "./take-from.ts";
import type { Taker } from "./take-from.ts";

const path = "/cloudevents";
const structured = "application/cloudevents+json";
const batch = "application/cloudevents-batch+json";

/** CloudEvents 1.0 over HTTP, in its three modes: structured, batch, and binary with the attributes in `ce-` headers. */
export const cloudevents = defineDialect({
  id: "cloudevents",
  title: "CloudEvents",
  docsUrl: "https://github.com/cloudevents/spec",
  // In binary mode the media type is that of the data, which may be any.
  routes: [{ path, contentType: /^/ }],
  tokenIn: [bearerToken, daybookToken],
  oversize: "refuse",
  sample: {
    path,
    headers: { authorization: "Bearer dbk_live_ws…", "content-type": structured },
    body: {
      specversion: "1.0",
      id: "A234-1234-1234",
      source: "https://github.com/acme/app",
      type: "com.example.document.shared",
      subject: "document/42",
      time: "2026-11-21T09:30:00.123Z",
      datacontenttype: "application/json",
      authtype: "app_user",
      authid: "u-1",
      data: { with: "everyone" },
    },
  },
  read(request) {
    const events = eventsOf(request);
    return Array.isArray(events) ? events.map(readOne) : events;
  },
  answer(entries) {
    const results = entries.map(({ outcome }, index) => ({ index, ...outcome })) as unknown as Json;
    const stored = entries.filter(({ outcome }) => outcome.status !== "refused").length;
    const refused = refusalOf(entries);
    if (!refused) return { status: 200, body: { results } };
    // What was stored is known by source and id, so a sender may send all of it again.
    return stored > 0 ? { status: 207, body: { results } } : { status: statusOf(refused), body: { ...problemBody(refused), results } };
  },
  refuse: (refusal) => ({ status: refusal.status, body: problemBody(refusal) }),
});

const problemBody = ({ code, message }: Problem) => ({ code, message });

function eventsOf(request: DialectRequest): Json[] | Problem {
  const { contentType, headers, body } = request;
  if (contentType.startsWith("application/cloudevents") && contentType !== structured && contentType !== batch)
    return { code: "unsupported_media_type", message: `Of the formats of CloudEvents, \`${structured}\` and \`${batch}\` are read.` };
  if (contentType !== structured && contentType !== batch && headers["ce-specversion"] !== undefined) return [binaryEvent(request)];
  if (!("json" in body))
    return { code: "unsupported_media_type", message: `Send \`${structured}\`, \`${batch}\`, or \`ce-\` headers with the data as the body.` };
  if (contentType === structured || !Array.isArray(body.json)) return [body.json];
  if (body.json.length > requestEventsMax)
    return { code: "batch_too_large", message: `The request holds more than ${requestEventsMax} events. Send them in several requests.` };
  return body.json;
}

/** The structured form of a binary event. */
function binaryEvent({ headers, contentType, body }: DialectRequest): Json {
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith("ce-") && value !== undefined ? [[name.slice(3), unescaped(value)]] : [],
  );
  return { ...(contentType !== "" && { datacontenttype: contentType }), ...(Object.fromEntries(attributes) as JsonObject), ...dataOf(body) };
}

function dataOf(body: DialectBody): JsonObject {
  if ("json" in body) return { data: body.json };
  if ("base64" in body) return { data_base64: body.base64 };
  return body.text === "" ? {} : { data: body.text };
}

/** Header values are percent-encoded UTF-8. */
function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function readOne(record: Json): DraftItem {
  if (!isObject(record)) return refused(record, "", "an event must be a JSON object");
  const take = takeFrom(record);
  if (take.text("specversion") !== "1.0") return refused(record, "specversion", "must be 1.0");
  const id = take.text("id");
  const source = take.text("source");
  const type = take.text("type");
  if (id === undefined) return refused(record, "id", "must be text of 1 to 512 characters");
  if (source === undefined || /\s/.test(source)) return refused(record, "source", "must be a URI reference of up to 512 characters");
  if (type === undefined) return refused(record, "type", "must be text of 1 to 512 characters");
  const time = take.time("time");
  if (time === undefined && (record["time"] ?? null) !== null) return refused(record, "time", "must be an instant after RFC 3339");
  const data = take.any("data");
  // A source has no blank in it, so no other pair makes the same key.
  const key = `${source} ${id}`;
  const own = wholeEvent(data);
  const base = { id, source, type };
  if (own) {
    const { metadata, ...rest } = own;
    return {
      record,
      // Under a key of its own, the event is the same in whatever envelope it comes.
      payload: own.idempotency_key === undefined ? payloadOf(record) : { data: data ?? null },
      key: own.idempotency_key === undefined ? key : `data ${own.idempotency_key}`,
      event: { ...(time !== undefined && { occurred_at: time }), ...rest, ...metadataOf(metadata, { cloudevents: { ...base, ...take.rest() } }) },
    };
  }
  const action = withoutDomain(type);
  const actor = actorOf(take);
  const resource = subjectOf(take.text("subject"), action);
  return {
    record,
    key,
    payload: payloadOf(record),
    event: {
      action,
      ...(time !== undefined && { occurred_at: time }),
      ...actor.event,
      ...(resource && { resource }),
      ...metadataOf(data === undefined ? undefined : { data }, { cloudevents: { ...base, ...actor.kept, ...take.rest() } }),
    },
  };
}

/**
 * Source and id name the event, and what carries it may add and change extensions from one delivery to the next, such as `traceparent`. What
 * happened, to what, when and by whom stays: other content under a known name is a sender that counts from 1 again, and must not be lost in silence.
 */
const lastingAttributes = ["type", "subject", "time", "authtype", "authid", "data", "data_base64"];

const payloadOf = (record: JsonObject): Json =>
  Object.fromEntries(lastingAttributes.flatMap((name): [string, Json][] => ((record[name] ?? null) === null ? [] : [[name, record[name] ?? null]])));

const refused = (record: Json, path: string, sentence: string): DraftItem => ({
  record,
  problem: { code: "invalid_event", message: path ? `\`${path}\`: ${sentence}` : `${sentence}.`, ...(path && { path }) },
});

/** Data that is an event of ours already needs no translation. */
function wholeEvent(data: Json | undefined): EventInput | undefined {
  if (!isObject(data) || typeof data["action"] !== "string") return undefined;
  const checked = checkEventInput(data);
  return "event" in checked ? checked.event : undefined;
}

const topLevel = new Set(["com", "org", "net", "edu", "gov", "io", "dev", "app", "ai", "co", "cloud"]);

/** `com.example.document.shared` is `document.shared`; the whole type stays in the metadata. Two-letter domains are left: `db.user.created` is none. */
function withoutDomain(type: string): string {
  const [first = "", , ...rest] = type.split(".");
  return topLevel.has(first) && rest.length > 0 ? rest.join(".") : type;
}

/** `document/42` tells kind and id. Any other subject is an id, of the kind that the action begins with. */
function subjectOf(subject: string | undefined, action: string): Resource | undefined {
  if (subject === undefined) return undefined;
  const [, kind, id] = /^([A-Za-z][\w-]*)\/([^/]+)$/.exec(subject) ?? [];
  if (kind !== undefined && id !== undefined) return { type: kind, id };
  return { type: /^[A-Za-z][\w-]*/.exec(action)?.[0] ?? "subject", id: subject };
}

/** The extension `authcontext`. */
function actorOf(take: Taker): { event: { actor?: Actor }; kept: JsonObject } {
  const word = take.text("authtype");
  const id = take.text("authid");
  if (word === undefined && id === undefined) return { event: {}, kept: {} };
  const { type, lossless } = actorTypeOf(word);
  return { event: { actor: { type, ...(id !== undefined && { id }) } }, kept: lossless || word === undefined ? {} : { authtype: word } };
}
