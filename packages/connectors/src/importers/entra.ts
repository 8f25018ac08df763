import type { Operation } from "@daybook/catalog";
import type { Actor, EventInput, FieldChange, Json, Resource } from "@daybook/event";
import { defineImporter, notARecord } from "../define-importer.ts";
import { opened } from "../open-json.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { at, filled, flagAt, isObject, knownAt, listAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { failed, kindOf, nameOf, tell } from "../tell.ts";
import { verbPhrase } from "../verb-phrase.ts";
import { wordsOf } from "../verbs.ts";
import { entraOutcome } from "./entra-outcome.ts";
import { entraResources } from "./entra-resources.ts";
import { microsoftActor } from "./microsoft-actor.ts";
import { modifiedProperties, namedValues } from "./microsoft-properties.ts";

/** More than the log keeps of an action; what trims the name below takes the square of its length. */
const operationCharsMax = 256;

/** Sign-in and audit logs of Microsoft Entra ID, as Azure Monitor's diagnostic settings, the portal's download or Graph write them. */
export const entra = defineImporter({
  id: "entra",
  title: "Microsoft Entra audit and sign-in logs",
  hint: "The JSON that the Entra admin center downloads, or the records of a diagnostic setting, one a line.",
  docsUrl: "https://learn.microsoft.com/en-us/entra/identity/monitoring-health/concept-diagnostic-settings-logs-options",
  sample: {
    time: "2024-11-27T03:31:26.7088498Z",
    resourceId: "/tenants/5a0f38c6-710b-4503-92c0-3a9f6e00f726/providers/Microsoft.aadiam",
    operationName: "Update conditional access policy",
    operationVersion: "1.0",
    category: "AuditLogs",
    tenantId: "5a0f38c6-710b-4503-92c0-3a9f6e00f726",
    resultSignature: "None",
    durationMs: 0,
    callerIpAddress: "203.0.113.7",
    correlationId: "8f5c0000-0000-4000-8000-000000000001",
    Level: "4",
    properties: {
      id: "IPCGraph_8f5c0000",
      category: "Policy",
      result: "success",
      activityDisplayName: "Update conditional access policy",
      activityDateTime: "2024-11-27T03:31:26.7088498+00:00",
      loggedByService: "Conditional Access",
      operationType: "Update",
      initiatedBy: { user: { id: "6d1a0000-0000-4000-8000-000000000001", displayName: "Alice Green", userPrincipalName: "alice@contoso.com", roles: [] } },
      targetResources: [
        {
          id: "7e2b0000-0000-4000-8000-000000000001",
          displayName: "MFA",
          type: "Policy",
          modifiedProperties: [
            {
              displayName: "ConditionalAccessPolicy",
              oldValue: '{"state":"enabled","grantControls":{"operator":"OR"}}',
              newValue: '{"state":"disabled","grantControls":{"operator":"OR"}}',
            },
            { displayName: "Included Updated Properties", oldValue: null, newValue: '"ConditionalAccessPolicy"' },
          ],
        },
      ],
      additionalDetails: [{ key: "User-Agent", value: "Mozilla/5.0" }],
    },
  },
  read(record) {
    const properties = propertiesOf(record);
    const operation = textAt(record, "operationName") ?? textAt(properties, "activityDisplayName") ?? (isSignIn(record) ? signInName : undefined);
    const isEntra = ["activityDisplayName", "initiatedBy", "createdDateTime", "userPrincipalName", "activityDateTime", "targetResources"].some(
      (key) => at(properties, key) !== undefined,
    );
    if (operation === undefined || !isEntra)
      return notARecord("Microsoft Entra audit and sign-in logs", "has no `operationName` with the `properties` of an activity or a sign-in");
    const details = namedValues(listAt(properties, "additionalDetails"));
    const targets = listAt(properties, "targetResources").filter(isObject);
    const resources = entraResources(record, { properties, details, targets, isSignIn: isSignIn(record) });
    const time = timeOf(record, properties);
    const address = addressOf(record, properties, details);
    const ip = address === undefined ? null : parseAddress(address);
    const outcome = entraOutcome(record, properties);
    const actor = actorOf(record, properties);
    const userAgent = textAt(properties, "userAgent") ?? textAt(details, "User-Agent");
    const event: EventInput = {
      action: operation.slice(0, operationCharsMax).replace(/[^a-zA-Z0-9]+$/, ""),
      log_type: "activity",
      namespace: isSignIn(record) ? (textAt(record, "category") ?? "SignInLogs") : (textAt(properties, "category") ?? textAt(record, "category") ?? "entra"),
      operation: operationClass(record, operation),
      occurred_at: time ?? undefined,
      actor,
      resource: resources[0],
      related_resources: resources.slice(1),
      ...outcome,
      origin: originOf(actor, properties, userAgent),
      reason: textAt(details, "Justification"),
      description: describe({
        operation,
        resources,
        isSignIn: isSignIn(record),
        failure: outcome.error && (outcome.error.message ?? outcome.error.code ?? ""),
      }),
      context: {
        ip: ip ?? undefined,
        user_agent: userAgent,
        session_id: knownAt(properties, "sessionId"),
        request_id: knownAt(record, "correlationId") ?? knownAt(properties, "correlationId"),
      },
      changes: { fields: changesOf(targets) },
      metadata: {
        ...filled({
          time_missing: time === null || undefined,
          source_address: ip === null ? address : undefined,
          category: at(record, "category"),
          tenant_id: at(record, "tenantId"),
          result_type: at(record, "resultType"),
          result_signature: at(record, "resultSignature"),
          result_description: at(record, "resultDescription"),
          target_resources: opened(targets),
          additional_details: details,
        }),
        ...rest(properties),
      },
    };
    return [{ event, vendorId: knownAt(properties, "id") ?? null }];
  },
});

const signInName = "Sign-in activity";

/** Azure Monitor puts the activity under `properties`; Graph and the portal's download are the activity itself. */
function propertiesOf(record: JsonObject): JsonObject {
  const inner = objectAt(record, "properties");
  return Object.keys(inner).length > 0 ? inner : record;
}

/** Sign-ins come in several categories, of people and of programs; Graph gives none, and they are known by what was signed in to. */
function isSignIn(record: JsonObject): boolean {
  const properties = propertiesOf(record);
  if (/SignInLogs$/i.test(textAt(record, "category") ?? "")) return true;
  const isNamed = textAt(record, "operationName") !== undefined || textAt(properties, "activityDisplayName") !== undefined;
  return (
    textAt(record, "operationName") === signInName || (!isNamed && at(properties, "createdDateTime") !== undefined && at(properties, "appId") !== undefined)
  );
}

/** The time of the activity; `time` is when it was written down, seconds later. */
const timeOf = (record: JsonObject, properties: JsonObject): string | null =>
  parseTime(at(properties, "activityDateTime")) ?? parseTime(at(properties, "createdDateTime")) ?? parseTime(at(record, "time"));

const addressOf = (record: JsonObject, properties: JsonObject, details: JsonObject): string | undefined =>
  textAt(record, "callerIpAddress") ?? textAt(properties, "ipAddress") ?? textAt(properties, "initiatedBy", "user", "ipAddress") ?? textAt(details, "ipaddr");

function actorOf(record: JsonObject, properties: JsonObject): Actor {
  const user = objectAt(properties, "initiatedBy", "user");
  const app = objectAt(properties, "initiatedBy", "app");
  const candidates = [
    { id: knownAt(user, "id"), principalName: knownAt(user, "userPrincipalName"), displayName: knownAt(user, "displayName") },
    {
      id: knownAt(app, "servicePrincipalId") ?? knownAt(app, "appId"),
      displayName: knownAt(app, "displayName") ?? knownAt(app, "servicePrincipalName"),
      isApplication: true,
    },
    { id: knownAt(properties, "userId"), principalName: knownAt(properties, "userPrincipalName"), displayName: knownAt(properties, "userDisplayName") },
    { id: knownAt(properties, "servicePrincipalId"), displayName: knownAt(properties, "servicePrincipalName"), isApplication: true },
    { displayName: knownAt(record, "identity") },
  ];
  return candidates.map(microsoftActor).find((actor) => actor !== undefined) ?? { type: "system", name: "Microsoft Entra ID" };
}

function originOf(actor: Actor, properties: JsonObject, userAgent: string | undefined): EventInput["origin"] {
  if (actor.type === "system") return "automation";
  if (actor.type === "service_user") return "api";
  return userAgent?.startsWith("Mozilla/") || flagAt(properties, "isInteractive") ? "interface" : undefined;
}

/** Entra's own class of an activity, for names without a verb known here. */
const operationTypes: Record<string, Operation> = {
  Add: "created",
  Update: "updated",
  Delete: "deleted",
  Assign: "granted",
  Unassign: "revoked",
  Remove: "revoked",
};

function operationClass(record: JsonObject, operation: string): Operation {
  if (isSignIn(record)) return "authenticated";
  const type = textAt(propertiesOf(record), "operationType") ?? "";
  return verbPhrase(wordsOf(operation), "verb first").operation ?? (Object.hasOwn(operationTypes, type) ? operationTypes[type] : undefined) ?? "other";
}

/** Names that begin with a verb become our sentence and keep the vendor's spelling behind it; others stand as they are. */
function describe(told: { operation: string; resources: Resource[]; isSignIn: boolean; failure: string | undefined }): string {
  const { operation, resources, failure } = told;
  const [first] = resources;
  if (told.isSignIn) return `Signed in${first && first.type !== "tenant" ? ` to ${kindOf(first)} ${nameOf(first)}` : ""}${failed(failure)}`;
  const named = resources.filter((resource) => resource.name !== undefined);
  const [verb = "", ...others] = operation.split(/\s+/);
  const words = verbPhrase([verb.toLowerCase()], "verb first").words;
  return tell({ words: words.length > 0 ? [...words, ...others] : [], action: operation, resources: named, failure });
}

/** Changes of several targets carry the target's type. */
function changesOf(targets: JsonObject[]): FieldChange[] {
  const changed = targets.map((target) => ({ type: textAt(target, "type"), fields: modifiedProperties(listAt(target, "modifiedProperties")) }));
  const isSeveral = changed.filter(({ fields }) => fields.length > 0).length > 1;
  return changed.flatMap(({ type, fields }) => fields.map((field) => (isSeveral ? { ...field, path: `${type ?? "resource"}.${field.path}` } : field)));
}

/** Fields of the activity that have a place of their own in the event, in lower case, as some pipelines write all keys. */
const placed = new Set([
  "id",
  "activitydatetime",
  "createddatetime",
  "ipaddress",
  "useragent",
  "correlationid",
  "targetresources",
  "additionaldetails",
  "time",
  "category",
  "tenantid",
  "resulttype",
  "resultsignature",
  "resultdescription",
  "calleripaddress",
  "operationname",
  "properties",
  "time_missing",
  "source_address",
]);

const rest = (properties: JsonObject): JsonObject =>
  filled(
    Object.fromEntries(
      Object.entries(properties)
        .filter(([key]) => !placed.has(key.toLowerCase()))
        .map(([key, value]): [string, Json] => [key, opened(value)]),
    ),
  );
