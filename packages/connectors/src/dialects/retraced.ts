import { requestEventsMax } from "@daybook/event";
import type { Actor, Json, Problem } from "@daybook/event";
import { defineDialect, refusalOf, statusOf } from "../define-dialect.ts";
import type { DialectEntry, DialectTools, DraftItem, TokenPlace } from "../define-dialect.ts";
import { isObject } from "../read-json.ts";
import { partOf } from "./part-of.ts";
import { retracedHashText } from "./retraced-hash.ts";
import { metadataOf, present, some, takeFrom } from "./take-from.ts";

const one = "/publisher/v1/project/:project/event";
const bulk = `${one}/bulk`;

/** Its clients write `token=`, and `Token token=` where they ask for something. */
const retracedToken: TokenPlace = { header: "authorization", pattern: /^(?:Token +)?token=([\x21-\x7e]{1,256})$/i };

/** Retraced's publisher API. Its project is told by the token here, so the one in the path is only kept. */
export const retraced = defineDialect({
  id: "retraced",
  title: "Retraced publisher API",
  docsUrl: "https://github.com/retracedhq/retraced",
  routes: [
    { path: one, contentType: /json$/ },
    { path: bulk, contentType: /json$/ },
  ],
  tokenIn: [retracedToken],
  oversize: "refuse",
  together: true,
  sample: {
    path: one,
    params: { project: "p-1" },
    headers: { authorization: "token=dbk_live_ws…" },
    body: {
      action: "spreadsheet.create",
      crud: "c",
      group: { id: "dunder-mifflin", name: "Dunder Mifflin" },
      created: "2026-11-21T09:30:00.123Z",
      actor: { id: "jim@example.com", name: "Jim", href: "https://example.com/jim", fields: { desk: "north" } },
      target: { id: "sheet-7", name: "Paper sales", type: "spreadsheet", href: "https://example.com/sheet-7" },
      source_ip: "203.0.113.7",
      description: "Jim created the spreadsheet Paper sales",
      is_failure: false,
      fields: { rows: "12" },
      component: "web",
      version: "a1b2c3d",
      external_id: "e-9",
      metadata: { plan: "team" },
    },
  },
  read({ path, params, body }) {
    if (!("json" in body)) return notJson;
    const project = params["project"];
    if (path === one) return [readOne(body.json, project)];
    const events = isObject(body.json) ? body.json["events"] : undefined;
    if (!Array.isArray(events)) return { code: "invalid_event", message: 'The body must be `{"events": […]}`.', path: "events" };
    if (events.length > requestEventsMax)
      return { code: "batch_too_large", message: `A maximum of ${requestEventsMax} events may be created at once; the request holds ${events.length}.` };
    return events.map((event) => readOne(event, project));
  },
  answer(entries, { path, tools }) {
    const refused = refusalOf(entries);
    if (refused) return problemAnswer(path === one ? refused : { ...refused, message: `No events were logged. ${refused.message}` }, statusOf(refused));
    const receipts = entries.map((entry) => receiptOf(entry, tools));
    return { status: 201, body: path === one ? (receipts[0] ?? {}) : receipts };
  },
  refuse: (refusal) => problemAnswer(refusal, refusal.status),
});

const notJson: Problem = { code: "unsupported_media_type", message: "Send `application/json`." };

const operations: Record<string, string> = { c: "created", r: "viewed", u: "updated", d: "deleted" };

function readOne(record: Json, project: string | undefined): DraftItem {
  if (!isObject(record)) return { record, problem: { code: "invalid_event", message: "An event must be a JSON object." } };
  const take = takeFrom(record);
  const action = take.text("action");
  if (action === undefined) return { record, problem: missing("action") };
  const operation = operations[take.text("crud") ?? ""];
  if (operation === undefined && says(record["crud"]))
    return { record, problem: { code: "invalid_event", message: "`crud`: must be c, r, u or d", path: "crud" } };
  const occurredAt = take.time("created");
  if (occurredAt === undefined && says(record["created"]))
    return { record, problem: { code: "invalid_event", message: "`created`: must be an instant in ISO 8601", path: "created" } };
  const anonymous = take.flag("is_anonymous") === true;
  const failed = take.flag("is_failure") === true;
  const actor = partOf(take.object("actor"), "id", "name");
  const target = partOf(take.object("target"), "id", "name", "type");
  // A group is a customer of the product that writes the log: what Daybook calls a team within its organization.
  const group = partOf(take.object("group"), "id", "name");
  const { id: groupId, ...groupName } = group.found;
  const ip = take.address("source_ip");
  const description = take.sentence("description");
  const fields = take.object("fields");
  const own = take.object("metadata");
  const rest = take.rest();
  return {
    record,
    event: {
      action,
      ...present({ operation, occurred_at: occurredAt, description }),
      ...actorOf(actor.found, anonymous),
      ...(some(target.found) && { resource: { type: "target", ...target.found } }),
      ...(groupId !== undefined && { team: { id: groupId, ...groupName } }),
      ...(failed && { status: "failed" }),
      ...(ip !== undefined && { context: { ip } }),
      ...metadataOf(own, {
        fields: fields ?? {},
        // `external_id` names a thing of the sender's, and several events may be about it: it is no key that would make them one.
        retraced: present({
          ...rest,
          project,
          actor: some(actor.rest),
          target: some(target.rest),
          group: some(groupId === undefined ? { ...group.rest, ...group.found } : group.rest),
        }),
      }),
    },
  };
}

/** Clients write null, or nothing between quotes, for what they do not know. */
const says = (value: Json | undefined): boolean => value !== undefined && value !== null && value !== "";

/** Where neither an actor nor its absence is told, the token is who acted. */
function actorOf(found: { id?: string; name?: string }, anonymous: boolean): { actor?: Actor } {
  if (anonymous) return { actor: { type: "anonymous", ...found } };
  return some(found) ? { actor: { type: "user", ...found } } : {};
}

function receiptOf({ record, outcome }: DialectEntry, { sha256Hex }: DialectTools): Json {
  if (!("id" in outcome) || !isObject(record)) throw new Error("every event of an accepted request has an id");
  return { id: outcome.id, hash: sha256Hex(retracedHashText(record, outcome.id)) };
}

const problemAnswer = ({ message }: Problem, status: number) => ({ status, body: { status, type: "Error", error: message } });

const missing = (path: string): Problem => ({ code: "invalid_event", message: `Missing required field '${path}'`, path });
