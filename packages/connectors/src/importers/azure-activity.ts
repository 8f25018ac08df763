import type { Operation } from "@daybook/catalog";
import type { EventInput, Json, Resource, Status } from "@daybook/event";
import { defineImporter, notARecord } from "../define-importer.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { amountAt, at, filled, knownAt, objectAt, textAt, unwrapped } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { tell } from "../tell.ts";
import { operationOf, past, wordsOf } from "../verbs.ts";
import { azureActor, azureClaims } from "./azure-actor.ts";
import { kubernetesAudit } from "./azure-kubernetes.ts";
import { azureResources, typeWords } from "./azure-resources.ts";

/** Azure activity and resource logs, as diagnostic settings export them and as the REST API answers them. */
export const azureActivity = defineImporter({
  id: "azure_activity",
  title: "Azure activity log",
  hint: "A blob or event hub capture of the activity log's diagnostic setting, or az monitor activity-log list --output json.",
  docsUrl: "https://learn.microsoft.com/en-us/azure/azure-monitor/platform/activity-log-schema",
  sample: {
    time: "2025-01-27T14:23:00.1234567Z",
    resourceId:
      "/subscriptions/12345678-1234-1234-1234-123456789abc/resourceGroups/data-rg/providers/Microsoft.Storage/storageAccounts/examplestorage/providers/Microsoft.Authorization/locks/DoNotDelete",
    operationName: "MICROSOFT.AUTHORIZATION/LOCKS/DELETE",
    operationVersion: "2017-04-01",
    category: "Administrative",
    resultType: "Failed",
    resultSignature: "403",
    durationMs: 523,
    callerIpAddress: "203.0.113.42",
    correlationId: "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
    level: "Error",
    location: "eastus",
    tenantId: "87654321-4321-4321-4321-111111111111",
    identity: {
      authorization: { action: "Microsoft.Authorization/locks/delete", scope: "/subscriptions/12345678-1234-1234-1234-123456789abc" },
      claims: {
        name: "Alice Green",
        appid: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
        ipaddr: "203.0.113.42",
        "http://schemas.microsoft.com/identity/claims/objectidentifier": "f8d526a0-54eb-4941-ae69-ebf4a334d0f0",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn": "alice@example.com",
      },
    },
    properties: {
      statusCode: "Forbidden",
      serviceRequestId: "e5f6a7b8-c9d0-1234-ef01-234567890123",
      statusMessage: '{"error":{"code":"AuthorizationFailed","message":"The client has no authorization to perform the action."}}',
    },
  },
  read(record) {
    const operation = wordOrValue(record, "operationName") ?? knownAt(record, "operationNameValue");
    if (operation === undefined) return notARecord("Azure activity log", "has no `operationName`");
    const properties = unwrappedMembers(objectAt(record, "properties"));
    const claims = azureClaims(record);
    const resources = azureResources(record);
    const time = parseTime(at(record, "time")) ?? parseTime(at(record, "eventTimestamp")) ?? parseTime(at(record, "timeGenerated"));
    const address = knownAt(record, "callerIpAddress") ?? knownAt(record, "httpRequest", "clientIpAddress") ?? knownAt(claims, "ipaddr");
    const ip = address === undefined ? null : parseAddress(address);
    const outcome = outcomeOf(record, properties);
    const correlation = knownAt(record, "correlationId");
    const event: EventInput = {
      action: operation.toLowerCase().replaceAll("/", "."),
      log_type: "activity",
      namespace: providerOf(operation, resources),
      operation: operationClass(operation, outcome.isCreated),
      occurred_at: time ?? undefined,
      actor: azureActor(record),
      resource: resources[0],
      related_resources: resources.slice(1),
      status: outcome.status,
      error: outcome.error,
      operation_id:
        knownAt(record, "operationId") ?? (operation.includes("/") && correlation !== undefined ? `${correlation} ${operation.toLowerCase()}` : undefined),
      origin: originOf(record, claims),
      description: describe({ operation, resources, outcome, spellings: [operation, textAt(record, "resourceId") ?? ""] }),
      duration_ms: durationOf(record),
      context: {
        ip: ip ?? undefined,
        user_agent: textAt(properties, "userAgentHeader") ?? textAt(properties, "clientInfo") ?? textAt(properties, "userAgent"),
        session_id: knownAt(claims, "sid") ?? knownAt(claims, "uti"),
        request_id: correlation ?? knownAt(properties, "serviceRequestId") ?? knownAt(record, "httpRequest", "clientRequestId"),
      },
      metadata: filled({
        time_missing: time === null || undefined,
        source_address: ip === null ? address : undefined,
        operation_name: operation,
        category: wordOrValue(record, "category"),
        result_type: wordOrValue(record, "resultType") ?? wordOrValue(record, "status"),
        result_signature: wordOrValue(record, "resultSignature") ?? wordOrValue(record, "subStatus"),
        result_description: textAt(record, "resultDescription") ?? textAt(record, "description"),
        status_code: at(record, "statusCode"),
        status_text: textAt(record, "statusText"),
        level: textAt(record, "level"),
        location: textAt(record, "location"),
        tenant_id: knownAt(record, "tenantId"),
        subscription_id: knownAt(record, "subscriptionId"),
        event_data_id: knownAt(record, "eventDataId"),
        operation_version: textAt(record, "operationVersion"),
        app_id: knownAt(claims, "appid"),
        authorization: unwrapped(at(objectAt(record, "identity"), "authorization") ?? at(record, "authorization")),
        claims,
        uri: textAt(record, "uri") ?? textAt(record, "httpRequest", "uri"),
        properties,
      }),
    };
    const cluster = kubernetesAudit(objectAt(properties, "log"), event);
    return [cluster ?? { event, vendorId: vendorIdOf(record, operation, time) }];
  },
});

/** The REST answer says `{"value": "…", "localizedValue": "…"}` where exports hold the text. */
const wordOrValue = (record: JsonObject, key: string): string | undefined => knownAt(record, key) ?? knownAt(record, key, "value");

/**
 * Only the REST answer carries an id of the event. In exports a correlation id covers all events of one request, so time, operation and result are
 * added, which is what tells its start from its end; storage logs have neither and are known by their content.
 */
function vendorIdOf(record: JsonObject, operation: string, time: string | null): string | null {
  const id = knownAt(record, "eventDataId");
  if (id !== undefined) return id;
  const correlation = knownAt(record, "correlationId");
  if (correlation === undefined || time === null) return null;
  const name = operation.toLowerCase().replace(/^microsoft\./, "");
  return [correlation, knownAt(record, "time") ?? time, name, wordOrValue(record, "resultType") ?? ""].join(" ").trimEnd();
}

/** `Microsoft.Storage/storageAccounts/write` is of microsoft.storage, and so is the storage log's `GetBlob`. */
function providerOf(operation: string, resources: Resource[]): string {
  const owner = operation.includes("/") ? operation : (resources[0]?.type ?? "azure");
  return owner.slice(0, owner.indexOf("/") === -1 ? owner.length : owner.indexOf("/")).toLowerCase() || "azure";
}

interface Outcome {
  status: Status;
  error?: NonNullable<EventInput["error"]>;
  isCreated: boolean;
}

/** The result is a word (`Success`, `Failed`, `Start`, `Accept`), a number (0 is success), or only the status code of HTTP. */
function outcomeOf(record: JsonObject, properties: JsonObject): Outcome {
  const result = (wordOrValue(record, "resultType") ?? wordOrValue(record, "status") ?? knownAt(record, "activityStatusValue") ?? "").toLowerCase();
  const signature = wordOrValue(record, "resultSignature") ?? wordOrValue(record, "subStatus") ?? knownAt(record, "statusCode");
  const codes = [signature, knownAt(record, "statusCode"), knownAt(properties, "statusCode"), knownAt(properties, "httpStatusCode")];
  const isCreated = codes.some((code) => /(?:^|\.)(?:created|201)$/i.test(code ?? ""));
  const isRefused = codes.some((code) => Number(code) >= 400) || /fail|denied/i.test(textAt(properties, "metricResponseType") ?? "");
  if (/^(?:start|accept|in ?progress|running|begin)/.test(result)) return { status: "in_progress", isCreated };
  const isFailure = /^(?:fail|error|cancel|[1-9]\d*$)/.test(result) || (isRefused && !result.startsWith("succe")) || /^fail/i.test(signature ?? "");
  if (!isFailure) return { status: "success", isCreated };
  const told = objectAt(unwrapped(at(properties, "statusMessage")) ?? {}, "error");
  const message = [
    textAt(told, "message"),
    textAt(properties, "statusMessage"),
    textAt(record, "resultDescription"),
    textAt(record, "statusText"),
    knownAt(properties, "statusCode"),
  ].find((text) => text !== undefined);
  const code = textAt(told, "code") ?? signature ?? (/^\d+$/.test(result) ? result : undefined);
  return { status: "failed", error: { code, message }, isCreated: false };
}

function originOf(record: JsonObject, claims: JsonObject): EventInput["origin"] {
  if (azureActor(record).type === "system") return "automation";
  // The portal's own application, the same in every tenant.
  return knownAt(claims, "appid") === "c44b4083-3bb0-49c1-b47d-974e53cbdf3c" ? "interface" : "api";
}

/** The last words of an operation are its verb; before `/action` stands a verb with its object: `vaults/secrets/getSecret/action`. */
function verbOf(operation: string): string[] {
  const parts = operation.split("/");
  const last = parts.at(-1)?.toLowerCase() ?? "";
  if (parts.length === 1) return splitVerb(parts[0] ?? "");
  return last === "action" ? splitVerb(parts.at(-2) ?? "") : [last];
}

const verbLengthMin = 3;

/** `getSecret` and, where the case is lost, `getsecret`: the longest verb known here that the word begins with. */
function splitVerb(name: string): string[] {
  const words = wordsOf(name);
  const [word = ""] = words;
  if (words.length !== 1 || past(word) !== undefined) return words;
  for (let length = Math.min(word.length - 1, 16); length >= verbLengthMin; length -= 1) {
    if (past(word.slice(0, length)) !== undefined) return [word.slice(0, length), word.slice(length)];
  }
  return words;
}

function operationClass(operation: string, isCreated: boolean): Operation {
  const lower = operation.toLowerCase();
  if (lower.endsWith("/roleassignments/write")) return "granted";
  if (lower.endsWith("/roleassignments/delete")) return "revoked";
  const [verb = ""] = verbOf(operation);
  if (verb === "write") return isCreated ? "created" : "updated";
  if (verb === "put" && isCreated) return "created";
  if (verb === "connect" || verb === "deploy" || verb === "webhooks") return "executed";
  return operationOf(verb) ?? "other";
}

/** Azure's write both creates and updates; 201 tells which. */
function describe(told: { operation: string; resources: Resource[]; outcome: Outcome; spellings: string[] }): string {
  const { operation, resources, outcome, spellings } = told;
  const [object] = resources;
  const noun = object === undefined ? [] : typeWords(object.type, spellings);
  const [verb = "", ...rest] = verbOf(operation);
  const words = [verb === "write" && outcome.isCreated ? "create" : verb, ...(rest.length > 0 || !operation.includes("/") ? rest : noun)];
  const failure = outcome.error && (outcome.error.code ?? outcome.error.message ?? "");
  const group = resources.find(({ type }) => type === "microsoft.resources/subscriptions/resourcegroups");
  const where = group === undefined || group === object ? undefined : `resource group ${group.name}`;
  const named = object === undefined ? [] : [{ ...object, type: noun.join("_") }];
  const sentence = tell({ words, action: operation, resources: named, where, failure }).replace(/^Wrote /, "Created or updated ");
  return outcome.status === "in_progress" ? `${sentence} (started)` : sentence;
}

/** The activity log writes 0 where it did not measure. */
function durationOf(record: JsonObject): number | undefined {
  const duration = amountAt(record, "durationMs") ?? amountAt(record, "properties", "serverLatencyMs");
  return duration === 0 ? undefined : duration;
}

/** `properties.log`, `requestbody`, `statusMessage` and others hold JSON as text. */
const unwrappedMembers = (properties: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(properties).map(([key, value]): [string, Json] => [key, unwrapped(value) ?? null]));
