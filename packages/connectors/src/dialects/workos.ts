import type { Json, Problem, Resource } from "@daybook/event";
import { defineDialect, bearerToken, refusalOf, statusOf } from "../define-dialect.ts";
import type { DraftItem } from "../define-dialect.ts";
import { isObject } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { actorTypeOf } from "./actor-type.ts";
import { partOf } from "./part-of.ts";
import { metadataOf, present, some, takeFrom } from "./take-from.ts";

const path = "/audit_logs/events";

/** WorkOS Audit Logs, its one call that writes. */
export const workos = defineDialect({
  id: "workos",
  title: "WorkOS Audit Logs",
  docsUrl: "https://workos.com/docs/reference/audit-logs",
  routes: [{ path, contentType: /json$/ }],
  tokenIn: [bearerToken],
  oversize: "refuse",
  together: true,
  sample: {
    path,
    headers: { authorization: "Bearer dbk_live_ws…", "idempotency-key": "workos-node-1" },
    body: {
      organization_id: "org_01EHWNCE74X7JSDV0X3SZ3KJNY",
      event: {
        action: "user.signed_in",
        version: 2,
        occurred_at: "2026-11-21T09:30:00.123Z",
        actor: { type: "user", id: "user_01", name: "Jon", metadata: { role: "admin" } },
        targets: [
          { type: "team", id: "team_1", name: "North", metadata: { extra: "yes" } },
          { type: "user", id: "user_2" },
        ],
        context: { location: "203.0.113.7", user_agent: "Chrome/104.0.0" },
        metadata: { extra: "data" },
      },
    },
  },
  read({ body, headers }) {
    if (!("json" in body)) return { code: "unsupported_media_type", message: "Send `application/json`." };
    if (!isObject(body.json)) return { code: "invalid_event", message: "The body must be a JSON object." };
    const envelope = takeFrom(body.json);
    const event = envelope.object("event");
    if (!event) return { code: "invalid_event", message: "`event`: must be an object", path: "event" };
    const item = readEvent(event, { organizationId: envelope.text("organization_id"), beside: envelope.rest() });
    return ["problem" in item ? item : { ...item, key: headers["idempotency-key"] || undefined }];
  },
  answer(entries) {
    const refused = refusalOf(entries);
    return refused ? problemAnswer(refused, statusOf(refused)) : { status: 201, body: { success: true } };
  },
  refuse: (refusal) => problemAnswer(refusal, refusal.status),
});

function readEvent(record: JsonObject, envelope: { organizationId: string | undefined; beside: JsonObject }): DraftItem {
  const take = takeFrom(record);
  const action = take.text("action");
  if (action === undefined)
    return { record, problem: { code: "invalid_event", message: "`event.action`: must be text of 1 to 512 characters", path: "event.action" } };
  const occurredAt = take.time("occurred_at");
  if (occurredAt === undefined)
    return { record, problem: { code: "invalid_event", message: "`event.occurred_at`: must be an instant in ISO 8601", path: "event.occurred_at" } };
  const actor = partOf(take.object("actor"), "id", "name", "type");
  const { type: word, ...who } = actor.found;
  const { type, lossless } = actorTypeOf(word);
  const targets = (take.list("targets") ?? []).map(targetOf);
  const [resource, ...related] = targets.flatMap((target) => target.resource ?? []);
  const context = takeFrom(take.object("context") ?? {});
  // A location is whatever the sender likes to write; most write the address.
  const where = present({ ip: context.address("location"), user_agent: context.sentence("user_agent") });
  const own = take.object("metadata");
  return {
    record,
    event: {
      action,
      occurred_at: occurredAt,
      ...((some(who) ?? word) !== undefined && { actor: { type, ...who } }),
      ...(resource && { resource }),
      ...(related.length > 0 && { related_resources: related }),
      // Their organization is a customer of the product that writes; ours is told by the token. So it is a team here, as a group of Retraced is.
      ...(envelope.organizationId !== undefined && { team: { id: envelope.organizationId } }),
      ...(some(where) && { context: where }),
      ...metadataOf(own, {
        workos: present({
          ...envelope.beside,
          ...take.rest(),
          actor: some({ ...actor.rest, ...(!lossless && word !== undefined && { type: word }) }),
          targets: targets.some(({ rest }) => rest !== null) ? targets.map(({ rest }) => rest) : undefined,
          context: some(context.rest()),
        }),
      }),
    },
  };
}

/** What a resource cannot hold, such as a target's metadata, stands at the same place of the list in `metadata.workos.targets`. */
function targetOf(target: Json): { resource: Resource | undefined; rest: Json } {
  if (!isObject(target)) return { resource: undefined, rest: target };
  const { found, rest } = partOf(target, "type", "id", "name");
  const { type = "target", ...named } = found;
  return { resource: { type, ...named }, rest: some(rest) ?? null };
}

/** The client shows the `code` of each of the `errors`, so that is where the sentence goes. */
function problemAnswer({ code, message, path: field }: Problem, status: number) {
  const told = status === 400 || status === 422;
  return { status, body: { code, message, ...(told && { errors: [{ code: message, ...(field !== undefined && { field }) }] }) } };
}
