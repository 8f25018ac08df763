import type { Operation } from "@daybook/catalog";
import type { Actor, EventInput, FieldChange, Json, Resource, Status } from "@daybook/event";
import { defineImporter, notARecord } from "../define-importer.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { at, filled, knownAt, objectAt, textAt, unwrapped } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { tell } from "../tell.ts";
import { operationOf, wordsOf } from "../verbs.ts";
import { databricksResources, serviceObject } from "./databricks-resources.ts";

/** Databricks audit logs: the delivered JSON files, and rows of system.access.audit, whose columns have the same names with underscores. */
export const databricks = defineImporter({
  id: "databricks",
  title: "Databricks audit log",
  hint: "A file of the audit log delivery, or rows of system.access.audit as JSON, one a line.",
  docsUrl: "https://docs.databricks.com/aws/en/admin/account-settings/audit-logs",
  sample: {
    version: "2.0",
    auditLevel: "WORKSPACE_LEVEL",
    timestamp: 1704067200123,
    accountId: "12345678-1234-1234-1234-123456789012",
    workspaceId: "1234567890123456",
    sourceIPAddress: "203.0.113.50",
    userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/120.0.0.0 Safari/537.36",
    sessionId: "f836a03a-d360-4792-b081-baba525324312",
    requestId: "ServiceMain-cddd2cd00000002",
    serviceName: "workspace",
    actionName: "workspaceConfEdit",
    userIdentity: { email: "admin@example.com", subjectName: null },
    requestParams: { workspaceConfKeys: "enableVerboseAuditLogs", workspaceConfValues: "false" },
    response: { statusCode: 403, errorMessage: "Only account admins may change this setting", result: null },
  },
  read(original) {
    const record = withoutUnderscores(original);
    const service = knownAt(record, "serviceName");
    const name = knownAt(record, "actionName");
    if (service === undefined || name === undefined) return notARecord("Databricks audit log", "lacks `serviceName` or `actionName`");
    const params = objectAt(record, "requestParams");
    const resources = databricksResources({ service, name, params, record });
    const time = parseTime(at(record, "timestamp")) ?? parseTime(at(record, "eventTime"));
    const address = textAt(record, "sourceIPAddress");
    const ip = address === undefined ? null : parseAddress(address);
    const outcome = outcomeOf(record);
    const event: EventInput = {
      action: `${service}.${name}`,
      log_type: "activity",
      namespace: service,
      operation: operationClass(name),
      occurred_at: time ?? undefined,
      actor: actorOf(record, params),
      resource: resources[0],
      related_resources: resources.slice(1),
      status: outcome.status,
      error: outcome.error,
      origin: originOf(record, params),
      description: describe({ service, name, resources, failure: outcome.error && (outcome.error.message ?? outcome.error.code ?? "") }),
      context: {
        ip: ip ?? undefined,
        user_agent: textAt(record, "userAgent"),
        session_id: knownAt(record, "sessionId"),
        request_id: knownAt(record, "requestId"),
      },
      changes: { fields: changesOf(params) },
      metadata: filled({
        time_missing: time === null || undefined,
        source_address: ip === null ? address : undefined,
        service_name: service,
        audit_level: textAt(record, "auditLevel"),
        account_id: knownAt(record, "accountId"),
        workspace_id: knownAt(record, "workspaceId"),
        authentication_method: textAt(params, "authentication_method"),
        request_params: Object.fromEntries(Object.entries(params).map(([key, value]): [string, Json] => [key, unwrapped(value) ?? null])),
        response: filled({ ...objectAt(record, "response"), result: unwrapped(at(record, "response", "result")) }),
        identity: objectAt(record, "identityMetadata"),
        version: textAt(record, "version"),
      }),
    };
    return [{ event, vendorId: vendorIdOf(record, service, name) }];
  },
});

/** `service_name` of the system table is `serviceName` of the files; inside the parameters names stay as they are. */
function withoutUnderscores(record: JsonObject): JsonObject {
  const camel = (key: string): string => key.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => {
      const isStruct = /^(?:user_?identity|response)$/i.test(key);
      const members = isStruct ? Object.entries(objectAt(record, key)).map(([name, member]): [string, Json] => [camel(name), member]) : [];
      return [camel(key), members.length > 0 ? Object.fromEntries(members) : value];
    }),
  );
}

/**
 * Only the system table has an id of the event. A slow action logs request and response apart under one request id, so the outcome is part of the
 * id, and service and action as well, because one request may do several things.
 */
function vendorIdOf(record: JsonObject, service: string, name: string): string | null {
  const id = knownAt(record, "eventId");
  const request = knownAt(record, "requestId");
  if (id !== undefined) return id;
  return request === undefined ? null : [request, service, name, knownAt(record, "response", "statusCode") ?? "request"].join(" ");
}

/** People have e-mail addresses, service principals an application id; `System-User` is the platform. A refused sign-in names whom it was meant for. */
function actorOf(record: JsonObject, params: JsonObject): Actor {
  const identity = objectAt(record, "userIdentity");
  const name = knownAt(identity, "email") ?? knownAt(identity, "subjectName") ?? knownAt(params, "user");
  if (name === undefined) return { type: "anonymous" };
  if (/^system-?user$|^system@databricks\.com$/i.test(name)) return { type: "system", name };
  if (name.includes("@")) return { type: "user", name, email: name };
  return { type: "service_user", id: name, name: knownAt(identity, "subjectName") ?? name };
}

/** HTTP status codes, whatever the protocol; absent where the record was cut down, and then nothing says that it failed. */
function outcomeOf(record: JsonObject): { status: Status; error?: NonNullable<EventInput["error"]> } {
  const code = knownAt(record, "response", "statusCode");
  if (!(Number(code) >= 400)) return { status: "success" };
  return { status: "failed", error: { code, message: textAt(record, "response", "errorMessage") } };
}

function originOf(record: JsonObject, params: JsonObject): EventInput["origin"] {
  if (actorOf(record, params).type === "system") return "automation";
  const agent = textAt(record, "userAgent");
  if (agent !== undefined) return agent.startsWith("Mozilla/") ? "interface" : "api";
  return textAt(params, "authentication_method") === "TOKEN" ? "api" : undefined;
}

/** Actions whose verb is not the first known word, or says less than they do. */
const exceptions: [RegExp, Operation, string[]?][] = [
  [/login$/i, "authenticated"],
  [/logout$/i, "authenticated"],
  [/^setAdmin$|^setAccountAdmin$/, "promoted"],
  [/^removeAdmin$|^removeAccountAdmin$|^removePrincipal(?:s)?FromGroup$/, "revoked"],
  [/^mfaAddKey$/, "created", ["add", "mfa", "key"]],
  [/^mfaDeleteKey$/, "deleted", ["delete", "mfa", "key"]],
  [/^workspaceConfEdit$/, "updated", ["edit", "workspace", "setting"]],
];

const exceptionOf = (name: string) => exceptions.find(([pattern]) => pattern.test(name));

const operationClass = (name: string): Operation =>
  exceptionOf(name)?.[1] ??
  wordsOf(name)
    .map(operationOf)
    .find((operation) => operation !== undefined) ??
  "other";

/** `tokenLogin` is a sign-in with a token; `create` alone means an object of its service. */
function describe(told: { service: string; name: string; resources: Resource[]; failure?: string }): string {
  const { service, name, resources, failure } = told;
  const place = resources.find(isPlace);
  const objects = resources.filter((resource) => !isPlace(resource)).slice(0, 2);
  const way = /^(.*)login$/i.exec(name)?.[1];
  if (way !== undefined) {
    const words = ["login", ...(way === "" ? [] : ["with", ...wordsOf(way)]), ...(place ? ["to", place.type, place.id ?? ""] : [])];
    return tell({ words, action: name, resources: [], failure });
  }
  const words = exceptionOf(name)?.[2] ?? wordsOf(name);
  const whole = words.length === 1 ? [...words, ...(objects[0]?.type ?? serviceObject(service)).split("_")] : words;
  return tell({ words: whole, action: `${service}.${name}`, resources: objects, where: place && `${place.type} ${place.id}`, failure });
}

const isPlace = ({ type, name }: Resource): boolean => (type === "workspace" || type === "account") && name === undefined;

/** Settings are the only requests whose parameters are a field and its new value. */
function changesOf(params: JsonObject): FieldChange[] {
  const path = knownAt(params, "workspaceConfKeys") ?? knownAt(params, "setting");
  const after = at(params, "workspaceConfValues") ?? at(params, "value");
  return path === undefined || after === undefined ? [] : [{ path, after }];
}
