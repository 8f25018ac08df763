import type { Operation } from "@daybook/catalog";
import type { EventInput, Resource, Status } from "@daybook/event";
import { defineImporter, notARecord } from "../define-importer.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { amountAt, at, countAt, filled, flagAt, isObject, knownAt, listAt, objectAt, textAt, unwrapped } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { tell } from "../tell.ts";
import { operationOf, past, wordsOf } from "../verbs.ts";
import { decodedLog, gcpActor, gcpDelegation } from "./gcp-actor.ts";
import { gcpChanges } from "./gcp-changes.ts";
import { bindingDeltas, gcpResources, membersOf, projectName, typeOf } from "./gcp-resources.ts";

/** Google Cloud Audit Logs, as Cloud Logging lists, exports and streams them. */
export const gcp = defineImporter({
  id: "gcp",
  title: "Google Cloud Audit Logs",
  hint: "A file that a log sink wrote to its bucket, the answer of entries.list, or gcloud logging read --format=json.",
  docsUrl: "https://cloud.google.com/logging/docs/audit/understanding-audit-logs",
  sample: {
    protoPayload: {
      "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
      status: {},
      authenticationInfo: { principalEmail: "alice@example.com", principalSubject: "user:alice@example.com" },
      requestMetadata: {
        callerIp: "203.0.113.24",
        callerSuppliedUserAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/119.0.0.0 Safari/537.36,gzip(gfe)",
        requestAttributes: { time: "2024-02-26T17:15:16.327542536Z", auth: {} },
      },
      serviceName: "cloudresourcemanager.googleapis.com",
      methodName: "SetIamPolicy",
      authorizationInfo: [{ resource: "projects/example-project", permission: "resourcemanager.projects.setIamPolicy", granted: true }],
      resourceName: "projects/example-project",
      serviceData: {
        "@type": "type.googleapis.com/google.iam.v1.logging.AuditData",
        policyDelta: {
          bindingDeltas: [
            { action: "ADD", role: "roles/owner", member: "user:bob@example.com" },
            { action: "REMOVE", role: "roles/viewer", member: "serviceAccount:ci@example-project.iam.gserviceaccount.com" },
          ],
        },
      },
      request: { "@type": "type.googleapis.com/google.iam.v1.SetIamPolicyRequest", resource: "example-project" },
    },
    insertId: "-yoga2udnx8s",
    resource: { type: "project", labels: { project_id: "example-project" } },
    timestamp: "2024-02-26T17:15:16.314854637Z",
    severity: "NOTICE",
    logName: "projects/example-project/logs/cloudaudit.googleapis.com%2Factivity",
    receiveTimestamp: "2024-02-26T17:15:17.100020459Z",
  },
  read(record) {
    const payload = objectAt(record, "protoPayload");
    const log = knownAt(record, "logName");
    const action = actionOf(record, payload) ?? (log === undefined ? undefined : decodedLog(log));
    if (action === undefined) return notARecord("Google Cloud Audit Logs", "has neither `protoPayload.methodName` nor `logName`");
    const service = serviceOf(record, payload, action);
    const deltas = bindingDeltas(payload);
    const resources = gcpResources(record, payload, membersOf(deltas));
    const time = parseTime(at(record, "timestamp")) ?? parseTime(at(payload, "timestamp")) ?? parseTime(at(record, "receiveTimestamp"));
    const caller = callerOf(record, payload);
    const address = textAt(caller, "callerIp") ?? textAt(record, "jsonPayload", "ip_address");
    const ip = address === undefined ? null : parseAddress(address);
    const outcome = outcomeOf(record, payload);
    const delegation = gcpDelegation(payload);
    const job = objectAt(payload, "metadata", "jobChange", "job", "jobStats");
    const event: EventInput = {
      action,
      log_type: "activity",
      namespace: service,
      operation: operationClass(action, payload, deltas),
      occurred_at: time ?? undefined,
      actor: gcpActor(record, payload),
      on_behalf_of: delegation.length > 0 ? delegation : undefined,
      resource: resources[0],
      related_resources: resources.slice(1),
      status: outcome.status,
      error: outcome.error,
      operation_id: isPartOfOperation(record) ? knownAt(record, "operation", "id") : undefined,
      origin: originOf(record, payload, caller),
      description: describe({ action, record, payload, resources, outcome }),
      duration_ms: durationOf(job),
      rows_returned: countAt(job, "queryStats", "outputRowCount"),
      rows_affected: affectedRows(payload),
      counts: countsOf(job),
      context: {
        ip: ip ?? undefined,
        user_agent: textAt(caller, "callerSuppliedUserAgent")?.replace(/^\(none supplied\)$/, "") ?? textAt(record, "jsonPayload", "user_agent"),
        request_id:
          knownAt(payload, "metadata", "request_id") ?? knownAt(record, "labels", "compute.googleapis.com/root_trigger_id") ?? knownAt(record, "trace"),
      },
      changes: { fields: gcpChanges(payload, deltas) },
      metadata: filled({
        time_missing: time === null || undefined,
        source_address: ip === null ? address : undefined,
        project: projectName(record),
        service_name: knownAt(payload, "serviceName"),
        log: log && decodedLog(log),
        severity: textAt(record, "severity"),
        principal_subject: textAt(payload, "authenticationInfo", "principalSubject"),
        service_account_key: textAt(payload, "authenticationInfo", "serviceAccountKeyName"),
        delegation: listAt(payload, "authenticationInfo", "serviceAccountDelegationInfo"),
        authorization: at(payload, "authorizationInfo") ?? at(record, "authorizationInfo"),
        request_attributes: objectAt(caller, "requestAttributes"),
        destination: objectAt(caller, "destinationAttributes"),
        resource: unwrapped(at(record, "resource") ?? at(payload, "resource")),
        resource_location: at(payload, "resourceLocation"),
        status: objectAt(payload, "status"),
        operation: objectAt(record, "operation"),
        policy_violation: objectAt(payload, "policyViolationInfo"),
        request: unwrapped(at(payload, "request")),
        response: unwrapped(at(payload, "response")),
        details: objectAt(payload, "metadata"),
        service_data: objectAt(payload, "serviceData"),
        json_payload: objectAt(record, "jsonPayload"),
        text_payload: textAt(record, "textPayload"),
        labels: objectAt(record, "labels"),
      }),
    };
    return [{ event, vendorId: vendorIdOf(record, time, log) }];
  },
});

/**
 * Cloud Logging takes entries for duplicates when log, timestamp and insert id agree; the insert id alone may return. The time counts in
 * milliseconds, as exports write its other digits differently.
 */
function vendorIdOf(record: JsonObject, time: string | null, log: string | undefined): string | null {
  const id = knownAt(record, "insertId");
  return id === undefined || time === null ? null : [id, time, log ?? ""].join(" ").trimEnd();
}

/** Cut-down records keep the method beside the payload, or only the permission that it needed. The old activity log has subtypes. */
function actionOf(record: JsonObject, payload: JsonObject): string | undefined {
  const permissions = [...listAt(payload, "authorizationInfo"), ...listAt(record, "authorizationInfo")];
  return (
    knownAt(payload, "methodName") ??
    knownAt(payload, "metadata", "methodName") ??
    knownAt(record, "methodName") ??
    knownAt(permissions[0], "permission") ??
    knownAt(record, "jsonPayload", "event_subtype")
  );
}

/** `compute.googleapis.com` → `compute`; without a name the method tells it, after its version: `v1.compute.instances.insert`. */
function serviceOf(record: JsonObject, payload: JsonObject, action: string): string {
  const named = [payload, objectAt(payload, "metadata"), record].map((place) => knownAt(place, "serviceName")?.replace(/\.googleapis\.com$/, ""));
  const service = named.find((name) => name !== undefined && /[a-z]/.test(name));
  if (service !== undefined) return service;
  if (action.startsWith("io.k8s.")) return "k8s.io";
  const [first = "", second] = action.replace(/^(?:google\.(?:cloud\.)?|v\d\w*\.|beta\.|alpha\.)/, "").split(".");
  return second !== undefined && /^[a-z][a-z0-9-]*$/.test(first) ? first : "gcp";
}

/** The request as seen from the caller; BigQuery's cut-down records keep it in their metadata. */
const callerOf = (record: JsonObject, payload: JsonObject): JsonObject =>
  [objectAt(payload, "requestMetadata"), objectAt(payload, "metadata", "requestMetadata"), objectAt(record, "requestMetadata")].find(
    (caller) => Object.keys(caller).length > 0,
  ) ?? {};

/** Names of google.rpc.Code, from 0. */
const rpcCodes =
  "OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED".split(
    " ",
  );

/** A status without a code is a success, whatever its message; the first entry of a long operation tells only that it began. */
function outcomeOf(record: JsonObject, payload: JsonObject): { status: Status; error?: EventInput["error"] } {
  const status = [objectAt(payload, "status"), objectAt(payload, "metadata", "status")].find((one) => Object.keys(one).length > 0);
  const code = knownAt(status, "code");
  if (code !== undefined && code !== "0") return { status: "failed", error: { code: rpcCodes[Number(code)] ?? code, message: textAt(status, "message") } };
  const jobError = objectAt(payload, "metadata", "jobChange", "job", "jobStatus", "errorResult");
  if (Object.keys(jobError).length > 0) return { status: "failed", error: { code: textAt(jobError, "code"), message: textAt(jobError, "message") } };
  return { status: flagAt(record, "operation", "first") && isPartOfOperation(record) ? "in_progress" : "success" };
}

/** An entry that is both first and last is the whole operation. */
const isPartOfOperation = (record: JsonObject): boolean => !(flagAt(record, "operation", "first") && flagAt(record, "operation", "last"));

function originOf(record: JsonObject, payload: JsonObject, caller: JsonObject): EventInput["origin"] {
  if (gcpActor(record, payload).type === "system") return "automation";
  if (textAt(caller, "callerSuppliedUserAgent")?.startsWith("Mozilla/")) return "interface";
  return Object.keys(payload).length > 0 ? "api" : undefined;
}

/** Methods that act otherwise than their verb says, with the words of their sentence. */
const exceptions: { method: RegExp; operation: Operation; words: string[] }[] = [
  { method: /\bpods\.(?:exec|attach)\./, operation: "executed", words: ["execute", "command", "in", "pod"] },
  { method: /(?:jobservice\.insert|JobService\.InsertJob|\bjobs\.insert)$/, operation: "executed", words: ["run", "job"] },
  { method: /(?:^|\.)AuthorizeUser$/, operation: "authenticated", words: ["authorize", "user"] },
  { method: /ssh-serialport\.v\d\w*\.connect$/, operation: "executed", words: ["connect", "to", "serial", "port"] },
];

function operationClass(action: string, payload: JsonObject, deltas: JsonObject[]): Operation {
  const exception = exceptions.find(({ method }) => method.test(action));
  const table = Object.keys(objectAt(payload, "metadata")).flatMap(
    (key) => /^(?:table|dataset|model|routine)(Creation|Deletion|DataRead)$/.exec(key)?.[1] ?? [],
  );
  if (table.length > 0) return table.includes("Deletion") ? "deleted" : table.includes("Creation") ? "created" : "viewed";
  if (exception) return exception.operation;
  if (/setIamPolicy$/i.test(action) && deltas.length > 0) return deltas.every((delta) => textAt(delta, "action") === "REMOVE") ? "revoked" : "granted";
  return (
    wordsOfMethod(action)
      .map(operationOf)
      .find((operation) => operation !== undefined) ?? "other"
  );
}

/** `v1.compute.instances.insert` is "create instance", `CreateServiceAccount` speaks for itself, `inboundSsoProfileDeleted` has its verb last. */
function wordsOfMethod(action: string): string[] {
  const exception = exceptions.find(({ method }) => method.test(action));
  if (exception) return exception.words;
  const parts = action.split(".");
  const [first = "", ...rest] = wordsOf(parts.at(-1) ?? "");
  const verb = first === "insert" ? "create" : first;
  if (rest.length === 0 && parts.length > 1) return [verb, ...typeOf(parts.at(-2) ?? "").split("_")];
  const last = rest.at(-1);
  return past(verb) === undefined && last !== undefined && past(last) === last ? [last, first, ...rest.slice(0, -1)] : [verb, ...rest];
}

function describe(told: { action: string; record: JsonObject; payload: JsonObject; resources: Resource[]; outcome: ReturnType<typeof outcomeOf> }): string {
  const { action, record, payload, resources, outcome } = told;
  const text = textAt(record, "textPayload") ?? textAt(record, "jsonPayload", "message");
  if (Object.keys(payload).length === 0 && text !== undefined) return `${action}: ${text}`;
  const project = projectName(record);
  const [object] = resources;
  const where = project !== undefined && object?.type !== "project" && object !== undefined ? `project ${project}` : undefined;
  const failure = outcome.error && (outcome.error.code ?? outcome.error.message ?? "");
  const sentence = tell({ words: wordsOfMethod(action), action, resources: object ? [object] : [], where, failure }).replace(/\biam policy\b/, "IAM policy");
  return outcome.status === "in_progress" ? `${sentence} (started)` : sentence;
}

/** BigQuery states when a job began and ended. */
function durationOf(job: JsonObject): number | undefined {
  const [start, end] = [parseTime(at(job, "startTime")), parseTime(at(job, "endTime"))];
  if (start === null || end === null) return undefined;
  const duration = Date.parse(end) - Date.parse(start);
  return duration >= 0 ? duration : undefined;
}

function affectedRows(payload: JsonObject): number | undefined {
  const change = objectAt(payload, "metadata", "tableDataChange");
  const [inserted, deleted] = [countAt(change, "insertedRowsCount"), countAt(change, "deletedRowsCount")];
  return inserted === undefined && deleted === undefined ? undefined : (inserted ?? 0) + (deleted ?? 0);
}

function countsOf(job: JsonObject): EventInput["counts"] {
  const stats = objectAt(job, "queryStats");
  const bytes = { bytes_processed: amountAt(stats, "totalProcessedBytes"), bytes_billed: amountAt(stats, "totalBilledBytes") };
  const counts = Object.fromEntries(Object.entries(bytes).filter((entry): entry is [string, number] => entry[1] !== undefined));
  return isObject(counts) && Object.keys(counts).length > 0 ? counts : undefined;
}
