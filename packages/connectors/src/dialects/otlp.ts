import { actionPattern, identifierLengthMax } from "@daybook/event";
import type { Actor, EventInput, Json, Problem } from "@daybook/event";
import { bearerToken, daybookToken, defineDialect } from "../define-dialect.ts";
import type { DraftItem } from "../define-dialect.ts";
import { isObject } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { actorTypeOf } from "./actor-type.ts";
import { fitsDescription } from "./fits-description.ts";
import { anyValue, attributesOf, unixNanos } from "./otlp-values.ts";
import { metadataOf, present, some, takeFrom } from "./take-from.ts";
import type { Taker } from "./take-from.ts";

const path = "/v1/logs";
/** What the batch processor of the OpenTelemetry collector sends at once, unless it is told otherwise. */
const recordsMax = 8_192;
const errorSeverityMin = 17;

/** OpenTelemetry logs over HTTP with JSON. A sender does not read what is wrong with its records, so what is too long is cut and told in the event. */
export const otlp = defineDialect({
  id: "otlp",
  title: "OpenTelemetry logs (OTLP/HTTP, JSON)",
  docsUrl: "https://opentelemetry.io/docs/specs/otlp/",
  routes: [{ path, contentType: /^application\/json$/ }],
  tokenIn: [bearerToken, daybookToken],
  itemsMax: recordsMax,
  oversize: "cut",
  sample: {
    path,
    headers: { authorization: "Bearer dbk_live_ws…" },
    body: {
      resourceLogs: [
        {
          resource: { attributes: [{ key: "service.name", value: { stringValue: "notebooks" } }] },
          scopeLogs: [
            {
              scope: { name: "audit", version: "1.0.0" },
              logRecords: [
                {
                  timeUnixNano: "1795253400123456789",
                  observedTimeUnixNano: "1795253400124000000",
                  severityNumber: 9,
                  severityText: "INFO",
                  eventName: "notebook.executed",
                  body: { stringValue: "Ada executed the notebook Sales" },
                  attributes: [
                    { key: "user.id", value: { stringValue: "u-1" } },
                    { key: "user.name", value: { stringValue: "ada" } },
                    { key: "client.address", value: { stringValue: "203.0.113.7" } },
                    { key: "session.id", value: { stringValue: "s-1" } },
                    { key: "notebook.cells", value: { intValue: "12" } },
                  ],
                  traceId: "5b8efff798038103d269b633813fc60c",
                  spanId: "eee19b7ec3c1b174",
                },
              ],
            },
          ],
        },
      ],
    },
  },
  read({ body }) {
    if (!("json" in body)) return { code: "unsupported_media_type", message: "Send OTLP as JSON: `OTEL_EXPORTER_OTLP_PROTOCOL=http/json`." };
    const resources = isObject(body.json) ? body.json["resourceLogs"] : undefined;
    if (resources === undefined && isObject(body.json) && Object.keys(body.json).length === 0) return [];
    if (!Array.isArray(resources)) return { code: "invalid_event", message: "`resourceLogs`: must be a list", path: "resourceLogs" };
    const items: DraftItem[] = [];
    const copies = openCopies();
    for (const resourceLogs of resources) {
      const resource = copies.of(sharedOf(resourceLogs, "resource"));
      for (const scopeLogs of membersOf(resourceLogs, "scopeLogs")) {
        const scope = copies.of(sharedOf(scopeLogs, "scope"));
        for (const record of membersOf(scopeLogs, "logRecords")) {
          // One more than may be: the definition says no, and no work is spent on the others.
          if (items.length > recordsMax) return items;
          items.push(readRecord(record, { resource: resource(), scope: scope() }));
        }
      }
    }
    return items;
  },
  answer(entries) {
    const problems = entries.flatMap(({ outcome }) => (outcome.status === "refused" ? [outcome.error] : []));
    const [first] = problems;
    // Not 4xx even if all were refused: the protocol's sender must not send these again, and counts them from here.
    const partialSuccess: JsonObject = first ? { rejectedLogRecords: String(problems.length), errorMessage: `The first: ${first.message}` } : {};
    return { status: 200, body: { partialSuccess } };
  },
  /** The protocol allows another attempt after 429, 502, 503 and 504 alone, and our two are among them. Body: a `google.rpc.Status`. */
  refuse: ({ message, status }) => ({ status, body: { code: rpcCodes[status] ?? 3, message } }),
});

/** Codes of gRPC: unauthenticated, permission denied, resource exhausted, unavailable; otherwise invalid argument. */
const rpcCodes: Record<number, number> = { 401: 16, 403: 7, 404: 5, 429: 8, 500: 13, 503: 14 };

function readRecord(record: Json, around: { resource: JsonObject; scope: JsonObject }): DraftItem {
  if (!isObject(record)) return { record, problem: notARecord };
  const take = takeFrom(record);
  const flat = attributesOf(take.list("attributes"));
  const attributes = takeFrom(flat);
  const resource = takeFrom(around.resource);
  const body = anyValue(take.any("body"));
  const { action, told } = actionOf(take, attributes, body);
  const severity = take.any("severityNumber");
  const time = timeOf(record);
  const failure = attributes.text("error.type");
  const outcome = attributes.text("signoz.audit.outcome");
  const context = present({
    ip: attributes.address("client.address", "source.address"),
    user_agent: attributes.sentence("user_agent.original"),
    session_id: attributes.text("session.id"),
    request_id: attributes.text("http.request.id", "request.id"),
  });
  const event: EventInput = {
    action,
    ...time.event,
    ...actorOf(attributes),
    ...targetOf(attributes, resource),
    ...statusOf({ outcome, failure, severity }),
    ...(typeof body === "string" && !told && body.trim() !== "" && { description: body }),
    ...(some(context) && { context }),
    ...metadataOf(attributes.rest(), {
      otlp: present({
        ...recordRest(take, time.exact),
        // A description is one line of a thousand characters; the body is kept as it came where it is anything else.
        body: typeof body === "string" && (told || fitsDescription(body)) ? undefined : body === null ? undefined : body,
        severity_number: severity,
        outcome: outcome !== undefined && outcomes[outcome.toLowerCase()] === undefined ? outcome : undefined,
        resource: some(resource.rest()),
        scope: some(around.scope),
      }),
    }),
  };
  // By the semantic conventions two records with one `log.record.uid` are the same record. Without it the protocol has nothing to tell a repetition by.
  const uid = flat["log.record.uid"];
  return { record: null, event, key: typeof uid === "string" && uid !== "" ? uid : undefined };
}

const notARecord: Problem = { code: "invalid_event", message: "A log record must be an object." };

/** Free text as a key would make thousands of actions, so a body is the action only where it is written as one. */
function actionOf(take: Taker, attributes: Taker, body: Json): { action: string; told: boolean } {
  const named = take.text("eventName") ?? attributes.text("event.name", "signoz.audit.action");
  if (named !== undefined) return { action: named, told: false };
  if (typeof body === "string" && actionPattern.test(body)) return { action: body, told: true };
  return { action: "log_record", told: false };
}

function timeOf(record: JsonObject): { event: { occurred_at?: string }; exact: boolean } {
  const time = unixNanos(record["timeUnixNano"]) ?? unixNanos(record["observedTimeUnixNano"]);
  return time === undefined ? { event: {}, exact: false } : { event: { occurred_at: time.at }, exact: time.exact };
}

function actorOf(attributes: Taker): { actor?: Actor } {
  const word = attributes.text("signoz.audit.principal.type");
  const who = present({
    id: attributes.text("user.id", "enduser.id", "signoz.audit.principal.id"),
    name: attributes.text("user.full_name", "user.name"),
    email: attributes.text("user.email", "signoz.audit.principal.email"),
  });
  return some(who) || word !== undefined ? { actor: { type: actorTypeOf(word).type, ...who } } : {};
}

/** SigNoz names the object on the resource; others may name it on the record. */
function targetOf(attributes: Taker, resource: Taker): Pick<EventInput, "resource"> {
  const kind = "signoz.audit.resource.kind";
  const id = attributes.text("signoz.audit.resource.id") ?? resource.text("signoz.audit.resource.id");
  const type = attributes.text(kind) ?? resource.text(kind);
  return id === undefined && type === undefined ? {} : { resource: { type: type ?? "resource", ...(id !== undefined && { id }) } };
}

const outcomes: Record<string, EventInput["status"]> = {
  success: "success",
  succeeded: "success",
  failure: "failed",
  failed: "failed",
  error: "failed",
  denied: "failed",
};

function statusOf(told: { outcome: string | undefined; failure: string | undefined; severity: Json | undefined }): Pick<EventInput, "status" | "error"> {
  const byOutcome = outcomes[told.outcome?.toLowerCase() ?? ""];
  const isError = typeof told.severity === "number" && told.severity >= errorSeverityMin;
  const status = byOutcome ?? (told.failure !== undefined || isError ? "failed" : undefined);
  return { ...(status && { status }), ...(told.failure !== undefined && { error: { code: told.failure } }) };
}

/** What stays of the record, under the names of its protocol in snake_case. */
function recordRest(take: Taker, exact: boolean): { [key: string]: Json | undefined } {
  const time = take.any("timeUnixNano");
  return {
    time_unix_nano: exact ? undefined : time,
    observed_time_unix_nano: take.any("observedTimeUnixNano"),
    severity_text: take.any("severityText"),
    trace_id: take.text("traceId"),
    span_id: take.text("spanId"),
    ...take.rest(),
  };
}

/** What all records below share: its attributes, and beside them whatever else it says. */
function sharedOf(logs: Json, key: "resource" | "scope"): JsonObject {
  const shared = at(logs, key);
  const { attributes, ...rest } = isObject(shared) ? shared : {};
  const schemaUrl = at(logs, "schemaUrl");
  const named = attributesOf(attributes);
  const empty = rest["droppedAttributesCount"] === 0;
  if (empty) delete rest["droppedAttributesCount"];
  if (typeof schemaUrl === "string" && schemaUrl !== "") rest["schemaUrl"] = schemaUrl;
  return key === "resource" ? { ...rest, ...named } : { ...rest, ...(some(named) && { attributes: named }) };
}

/** What is shared is copied into each event. Without bounds a small request could become an endless one. */
const sharedCharsMax = 8_192;
const copiedCharsMax = 16_777_216;

interface Copies {
  /** Gives what is shared as long as there is room for one more copy, and behind that what is left of it: its name. */
  of(shared: JsonObject): () => JsonObject;
}

function openCopies(): Copies {
  let copied = 0;
  return {
    of(shared) {
      const chars = JSON.stringify(shared).length;
      return () => {
        if (chars > sharedCharsMax || copied + chars > copiedCharsMax) return namedOnly(shared, chars);
        copied += chars;
        return shared;
      };
    },
  };
}

function namedOnly(shared: JsonObject, chars: number): JsonObject {
  const names = Object.entries(shared).filter(
    ([key, name]) => /^(?:service\.)?name$/.test(key) && typeof name === "string" && name.length <= identifierLengthMax,
  );
  return { ...(Object.fromEntries(names) as JsonObject), cut: `${chars} characters` };
}

const at = (value: Json, key: string): Json | undefined => (isObject(value) ? value[key] : undefined);

const membersOf = (value: Json, key: string): Json[] => {
  const list = at(value, key);
  return Array.isArray(list) ? list : [];
};
