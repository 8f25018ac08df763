import type { Operation } from "@daybook/catalog";
import { diff } from "@daybook/event";
import type { Actor, ActorType, EventInput, FieldChange, Json, Resource, Status } from "@daybook/event";
import { defineImporter, notARecord } from "../define-importer.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { at, filled, isObject, knownAt, listAt, objectAt, textAt, unwrapped } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { failed, nameOf, tell } from "../tell.ts";
import { operationOf, wordsOf } from "../verbs.ts";

/** Okta System Log, as its API and its export write it. */
export const okta = defineImporter({
  id: "okta",
  title: "Okta System Log",
  hint: "The answer of GET /api/v1/logs, or one log event a line.",
  docsUrl: "https://developer.okta.com/docs/reference/api/system-log/",
  sample: {
    uuid: "2a992f80-d1ad-4f62-900e-8c68bb72a21b",
    published: "2021-11-29T18:56:40.014Z",
    eventType: "user.account.privilege.grant",
    version: "0",
    severity: "INFO",
    displayMessage: "Grant user privilege",
    actor: { id: "00uu1uuuuIlllaaaa356", type: "User", alternateId: "jack@acme.io", displayName: "Jack Naglieri" },
    client: {
      ipAddress: "136.24.229.58",
      device: "Computer",
      zone: "null",
      userAgent: { rawUserAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/86.0.4240.198 Safari/537.36", os: "Mac OS X", browser: "CHROME" },
      geographicalContext: { city: "San Francisco", state: "California", country: "United States" },
    },
    outcome: { result: "SUCCESS" },
    target: [
      {
        id: "00u6eup97mAJZWYmP357",
        type: "User",
        alternateId: "alice@acme.io",
        displayName: "Alice Green",
        changeDetails: { from: { role: "none" }, to: { role: "admin" } },
      },
      { id: "0oa1", type: "AppInstance", alternateId: "unknown", displayName: "Okta Admin Console" },
    ],
    transaction: { type: "WEB", id: "X777JJ9sssQQHHrrrQTyYQAABBE", detail: {} },
    debugContext: { debugData: { privilegeGranted: "Organization administrator", requestId: "X777JJ9sssQQHHrrrQTyYQAABBE" } },
    authenticationContext: { authenticationStep: 0, externalSessionId: "trsxcsf59kYRG-GwAbWjw-PZA" },
    securityContext: { asNumber: 7018, isp: "att", isProxy: false },
  },
  read(record) {
    const action = textAt(record, "eventType");
    if (action === undefined) return notARecord("Okta System Log", "has no `eventType`");
    const debug = objectAt(record, "debugContext", "debugData");
    const targets = listAt(record, "target").filter(isObject);
    const resources = targets.map(resourceOf).filter((resource) => resource !== null);
    const time = parseTime(at(record, "published"));
    const address = textAt(record, "client", "ipAddress") ?? textAt(listAt(record, "request", "ipChain")[0], "ip");
    const ip = address === undefined ? null : parseAddress(address);
    const status = statusOf(textAt(record, "outcome", "result"));
    const reason = textAt(record, "outcome", "reason");
    const event: EventInput = {
      action,
      log_type: "activity",
      namespace: action.split(".")[0] || "okta",
      operation: operationClass(action),
      occurred_at: time ?? undefined,
      actor: actorOf(record),
      resource: resources[0],
      related_resources: resources.slice(1),
      status,
      error: status === "failed" && reason !== undefined ? { message: reason, code: /^[A-Z0-9_]+$/.test(reason) ? reason : undefined } : undefined,
      origin: originOf(record),
      description: describe(record, action, resources, status === "failed" ? (reason ?? "") : undefined),
      context: {
        ip: ip ?? undefined,
        user_agent: textAt(record, "client", "userAgent", "rawUserAgent"),
        session_id: knownAt(record, "authenticationContext", "externalSessionId"),
        request_id: knownAt(debug, "requestId") ?? knownAt(record, "transaction", "id"),
      },
      changes: { fields: changesOf(targets, debug) },
      metadata: filled({
        time_missing: time === null || undefined,
        source_address: ip === null ? address : undefined,
        display_message: at(record, "displayMessage"),
        legacy_event_type: at(record, "legacyEventType"),
        severity: at(record, "severity"),
        outcome: objectAt(record, "outcome"),
        client: withoutPlaced(objectAt(record, "client")),
        actor_details: objectAt(record, "actor", "detailEntry"),
        targets,
        ip_chain: listAt(record, "request", "ipChain"),
        authentication: objectAt(record, "authenticationContext"),
        security: objectAt(record, "securityContext"),
        transaction: objectAt(record, "transaction"),
        debug: unwrappedMembers(debug),
        device: objectAt(record, "device"),
      }),
    };
    return [{ event, vendorId: knownAt(record, "uuid") ?? null }];
  },
});

const actorTypeOf: Record<string, ActorType> = {
  User: "user",
  AppUser: "user",
  SystemPrincipal: "system",
  PublicClientApp: "service_user",
  PublicClientAppEntity: "service_user",
  AppInstance: "service_user",
  AgentInstance: "agent",
};

function actorOf(record: JsonObject): Actor {
  const actor = objectAt(record, "actor");
  const id = knownAt(actor, "id");
  const login = knownAt(actor, "alternateId");
  const name = knownAt(actor, "displayName") ?? login;
  if (id === undefined && name === undefined) return { type: "system", name: "Okta" };
  const type = textAt(actor, "type") ?? "";
  return { type: (Object.hasOwn(actorTypeOf, type) ? actorTypeOf[type] : undefined) ?? "user", id, name, email: login?.includes("@") ? login : undefined };
}

function resourceOf(target: JsonObject): Resource | null {
  const login = knownAt(target, "alternateId");
  const id = knownAt(target, "id") ?? login;
  const name = knownAt(target, "displayName") ?? login;
  return id === undefined && name === undefined ? null : { type: textAt(target, "type") ?? "target", id, name };
}

/** A challenge is a step of a sign-in that goes on. Skipped and unknown outcomes are no failures; `metadata.outcome` has the vendor's word. */
function statusOf(result: string | undefined): Status {
  switch (result?.toUpperCase() ?? "") {
    case "FAILURE":
    case "DENY":
    case "ABANDONED":
      return "failed";
    case "CHALLENGE":
    case "DEFERRED":
      return "in_progress";
    default:
      return "success";
  }
}

function originOf(record: JsonObject): EventInput["origin"] {
  if (textAt(record, "transaction", "detail", "requestApiTokenId") !== undefined) return "api";
  if (textAt(record, "transaction", "type") === "JOB" || actorOf(record).type === "system") return "automation";
  return textAt(record, "client", "userAgent", "rawUserAgent")?.startsWith("Mozilla/") ? "interface" : undefined;
}

/** The last words of an event type say what was done; sessions and authentication are named by what they are about. */
function operationClass(action: string): Operation {
  const words = wordsOf(action);
  const told = words
    .toReversed()
    .map(operationOf)
    .find((operation) => operation !== undefined);
  const membership = /membership|privilege|role/.test(action);
  if (told === "deleted" && membership) return "revoked";
  if (told === "granted" || told === "revoked") return told;
  if (/^user\.(?:session\.(?:start|end)|authentication\b)|^app\.oauth2\.signon/.test(action)) return "authenticated";
  return told ?? "other";
}

function describe(record: JsonObject, action: string, resources: Resource[], failure: string | undefined): string {
  const message = textAt(record, "displayMessage");
  if (message === undefined) return tell({ words: [], action, resources, failure });
  const names = resources.slice(0, 3).map(nameOf).join(", ");
  return `${message}${names ? `: ${names}` : ""}${failed(failure)}`;
}

function changesOf(targets: JsonObject[], debug: JsonObject): FieldChange[] {
  const detailed = targets.filter((target) => isObject(at(target, "changeDetails")));
  const fields = detailed.flatMap((target) =>
    diff(at(target, "changeDetails", "from") ?? undefined, at(target, "changeDetails", "to") ?? undefined).map((field) =>
      detailed.length > 1 ? { ...field, path: `${textAt(target, "type") ?? "target"}.${field.path}` } : field,
    ),
  );
  const attributes = (textAt(debug, "changedAttributes") ?? "").split(",").map((path) => path.trim());
  fields.push(...attributes.filter(Boolean).map((path) => ({ path })));
  const granted = textAt(debug, "privilegeGranted");
  const revoked = textAt(debug, "privilegeRevoked");
  if (granted !== undefined || revoked !== undefined)
    fields.push({ path: "privileges", ...(revoked !== undefined && { before: revoked }), ...(granted !== undefined && { after: granted }) });
  return fields;
}

/** Address and browser text stand in the event's context. */
function withoutPlaced(client: JsonObject): JsonObject {
  const { ipAddress: _, ...rest } = client;
  return rest;
}

/** Several members of the debug data hold JSON as text. */
const unwrappedMembers = (debug: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(debug).map(([key, value]): [string, Json] => [key, unwrapped(value) ?? null]));
