import type { Operation } from "@daybook/catalog";
import type { Actor, EventInput, Json, Resource } from "@daybook/event";
import { defineImporter, notARecord } from "../define-importer.ts";
import { opened } from "../open-json.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { at, filled, knownAt, listAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { failed, kindOf, nameOf, tell } from "../tell.ts";
import { verbPhrase } from "../verb-phrase.ts";
import { wordsOf } from "../verbs.ts";
import { m365Resources, organizationType } from "./m365-resources.ts";
import { microsoftActor } from "./microsoft-actor.ts";
import { modifiedProperties, namedValues } from "./microsoft-properties.ts";

/** More than the log keeps of an action; what trims the name below takes the square of its length. */
const operationCharsMax = 256;

/** Records of the Microsoft 365 unified audit log, from Purview, PowerShell, Graph or the Management Activity API. */
export const m365 = defineImporter({
  id: "m365",
  title: "Microsoft 365 unified audit log",
  hint: "The CSV that the audit search in Microsoft Purview exports, or the records of the Management Activity API as an array or one a line.",
  docsUrl: "https://learn.microsoft.com/en-us/office/office-365-management-api/office-365-management-activity-api-schema",
  sample: {
    Id: "c9d2d808-0efe-48cb-eaec-08da3028eb80",
    CreationTime: "2022-12-12T19:31:41",
    Operation: "FileAccessed",
    OrganizationId: "5a0f38c6-710b-4503-92c0-3a9f6e00f726",
    RecordType: 6,
    ResultStatus: "Succeeded",
    Workload: "SharePoint",
    UserId: "alice@contoso.com",
    UserKey: "i:0h.f|membership|12345@live.com",
    UserType: 0,
    ClientIP: "[2001:db8::7]:50312",
    UserAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/108.0.0.0 Safari/537.36",
    ObjectId: "https://contoso.sharepoint.com/sites/finance/Documents/budget.xlsx",
    ItemType: "File",
    SiteUrl: "https://contoso.sharepoint.com/sites/finance",
    SourceFileName: "budget.xlsx",
    AppAccessContext: { AADSessionId: "3f5c0000-0000-4000-8000-000000000001", CorrelationId: "3f5c0000-0000-4000-8000-000000000002" },
    ModifiedProperties: [{ Name: "Sensitivity", OldValue: "General", NewValue: "Confidential" }],
  },
  read(original) {
    const record = innermost(original);
    const operation = textAt(record, "Operation")
      ?.slice(0, operationCharsMax)
      .replace(/[^a-zA-Z0-9]+$/, "");
    if (operation === undefined || operation === "") return notARecord("Microsoft 365 unified audit log", "has no `Operation`");
    const isAudit = ["Workload", "RecordType", "CreationTime", "OrganizationId"].some((key) => at(record, key) !== undefined);
    if (!isAudit) return notARecord("Microsoft 365 unified audit log", "has none of `Workload`, `RecordType`, `CreationTime` and `OrganizationId`");
    const workload = textAt(record, "Workload") ?? "M365";
    const extended = namedValues(listAt(record, "ExtendedProperties"));
    const parameters = namedValues(listAt(record, "Parameters"));
    const resources = m365Resources(record, { operation, parameters });
    const time = parseTime(at(record, "CreationTime"));
    const address = textAt(record, "ClientIP") ?? textAt(record, "ClientIPAddress") ?? textAt(record, "ActorIpAddress");
    const ip = address === undefined ? null : parseAddress(address);
    const isFailure = failureOf(record, operation);
    const code = knownAt(record, "LogonError") ?? nonZero(knownAt(record, "ErrorNumber"));
    const message = knownAt(record, "ResultReason") ?? code;
    const actor = actorOf(record);
    const userAgent = textAt(record, "UserAgent") ?? textAt(extended, "UserAgent") ?? textAt(record, "ClientInfoString");
    const event: EventInput = {
      action: `${workload}.${operation}`,
      log_type: "activity",
      namespace: workload,
      operation: operationClass(operation),
      occurred_at: time ?? undefined,
      actor,
      resource: resources[0],
      related_resources: resources.slice(1),
      status: isFailure ? "failed" : "success",
      error: isFailure && message !== undefined ? { code, message } : undefined,
      origin: actor.type === "system" ? "automation" : userAgent?.includes("Mozilla/") ? "interface" : undefined,
      description: describe({ operation, action: `${workload}.${operation}`, resources, failure: isFailure ? (message ?? "") : undefined }),
      context: {
        ip: ip ?? undefined,
        user_agent: userAgent,
        session_id:
          knownAt(record, "AppAccessContext", "AADSessionId") ??
          knownAt(record, "SessionId") ??
          knownAt(namedValues(listAt(record, "DeviceProperties")), "SessionId"),
        request_id: knownAt(record, "InterSystemsId") ?? knownAt(record, "AppAccessContext", "CorrelationId") ?? knownAt(record, "CorrelationId"),
      },
      changes: { fields: modifiedProperties(listAt(record, "ModifiedProperties")) },
      metadata: {
        ...filled({
          time_missing: time === null || undefined,
          source_address: ip === null ? address : undefined,
          extended_properties: extended,
          parameters,
        }),
        ...rest(record),
      },
    };
    return [{ event, vendorId: knownAt(record, "Id") ?? null }];
  },
});

/** PowerShell and Graph answer rows in which the record itself is `AuditData`, as text or as an object. */
function innermost(original: JsonObject): JsonObject {
  const inner = objectAt(original, "AuditData");
  return Object.keys(inner).length > 0 ? inner : original;
}

const systemTypes = new Set(["4", "7", "8", "system", "custompolicy", "systempolicy"]);
const applicationTypes = new Set(["5", "6", "application", "serviceprincipal"]);

/** The principal name is the one identity that all workloads share; the user key is another thing in each of them. */
function actorOf(record: JsonObject): Actor {
  const principalName = knownAt(record, "UserId") ?? knownAt(record, "UserKey");
  const type = textAt(record, "UserType")?.toLowerCase() ?? "";
  const identity = { id: principalName, principalName, isSystem: systemTypes.has(type), isApplication: applicationTypes.has(type) };
  return microsoftActor(identity) ?? { type: "system", name: "Microsoft 365" };
}

const failureWords = new Set(["failed", "failure", "false", "partiallysucceeded", "partialsuccess", "denied", "error", "fail"]);

const failureOf = (record: JsonObject, operation: string): boolean =>
  failureWords.has(textAt(record, "ResultStatus")?.toLowerCase() ?? "") || /(?:Failed|Failure)$/.test(operation);

const nonZero = (code: string | undefined): string | undefined => (code === "0" ? undefined : code);

/** Signing in has many names: `UserLoggedIn`, `UserLoginFailed`, `MailboxLogin`. */
const signIn = /^(?:User)?(?:LoggedIn|LoginFailed|LoggedOff|LoggedOut)$|^MailboxLogin$|^SignInEvent$/;

/** PowerShell's `New-` creates; the other first words are verbs as they stand. */
function phraseOf(operation: string): ReturnType<typeof verbPhrase> {
  const words = wordsOf(operation);
  if (words[0] === "new") return { words: ["create", ...words.slice(1)], operation: "created" };
  return verbPhrase(words, "verb first");
}

/** Links and groups: who is let in to what, which the verb alone does not say. */
const exceptions: [RegExp, Operation][] = [
  [signIn, "authenticated"],
  [/^(?:Sharing(?:Set|InvitationCreated)|AddedToSecureLink|(?:Anonymous|Company|Secure)LinkCreated)$/, "shared"],
  [/^(?:SharingRevoked|RemovedFromSecureLink|(?:Anonymous|Company|Secure)LinkRemoved|RemovedFromGroup)$/, "revoked"],
  [/^AddedToGroup$/, "granted"],
];

const operationClass = (operation: string): Operation =>
  exceptions.find(([pattern]) => pattern.test(operation))?.[1] ?? phraseOf(operation).operation ?? "other";

function describe(told: { operation: string; action: string; resources: Resource[]; failure: string | undefined }): string {
  const { operation, action, failure } = told;
  const resources = told.resources.filter(({ type }) => type !== organizationType && type !== "site");
  const [first] = resources;
  if (!signIn.test(operation)) return tell({ words: phraseOf(operation).words, action, resources, failure });
  const isOut = /(?:Off|Out)$/.test(operation);
  return `Signed ${isOut ? "out" : "in"}${first === undefined ? "" : ` ${isOut ? "of" : "to"} ${kindOf(first)} ${nameOf(first)}`}${failed(failure)}`;
}

/** Fields that have a place of their own in the event, in lower case, as some pipelines write all keys. */
const placed = new Set([
  "id",
  "creationtime",
  "operation",
  "workload",
  "userid",
  "clientip",
  "clientipaddress",
  "actoripaddress",
  "useragent",
  "objectid",
  "modifiedproperties",
  "extendedproperties",
  "parameters",
  "time_missing",
  "source_address",
  "extended_properties",
]);

const rest = (record: JsonObject): JsonObject =>
  filled(
    Object.fromEntries(
      Object.entries(record)
        .filter(([key]) => !placed.has(key.toLowerCase()))
        .map(([key, value]): [string, Json] => [key, opened(value)]),
    ),
  );
