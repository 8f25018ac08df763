import type { Operation } from "@daybook/catalog";
import type { EventInput, Json, Resource, Status } from "@daybook/event";
import { defineImporter, notARecord } from "../define-importer.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { at, filled, flagAt, knownAt, objectAt, textAt, unwrapped } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { failed, tell } from "../tell.ts";
import { operationOf, wordsOf } from "../verbs.ts";
import { awsActor } from "./aws-actor.ts";
import { accountType, awsResources } from "./aws-resources.ts";

/** AWS CloudTrail records, of management and data events. */
export const cloudtrail = defineImporter({
  id: "cloudtrail",
  title: "AWS CloudTrail",
  hint: "A log file of the trail's bucket (unpacked), or its records one a line.",
  docsUrl: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
  sample: {
    eventVersion: "1.08",
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAEXAMPLE:alice@example.com",
      arn: "arn:aws:sts::123456789012:assumed-role/Admin/alice@example.com",
      accountId: "123456789012",
      accessKeyId: "ASIAEXAMPLE",
      sessionContext: {
        sessionIssuer: { type: "Role", principalId: "AROAEXAMPLE", arn: "arn:aws:iam::123456789012:role/Admin", accountId: "123456789012", userName: "Admin" },
        attributes: { creationDate: "2023-07-10T11:00:00Z", mfaAuthenticated: "true" },
      },
    },
    eventTime: "2023-07-10T11:42:18Z",
    eventSource: "iam.amazonaws.com",
    eventName: "AttachUserPolicy",
    awsRegion: "us-east-1",
    sourceIPAddress: "203.0.113.12",
    userAgent: "aws-cli/2.13.0",
    errorCode: "AccessDenied",
    errorMessage: "User is not authorized to perform: iam:AttachUserPolicy",
    requestParameters: { userName: "bob", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    responseElements: null,
    requestID: "b7b7a0c4-0000-4000-8000-000000000001",
    eventID: "b7b7a0c4-0000-4000-8000-000000000002",
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "123456789012",
    eventCategory: "Management",
  },
  read(record) {
    const name = textAt(record, "eventName") ?? textAt(record, "eventType");
    if (name === undefined) return notARecord("AWS CloudTrail", "has no `eventName`");
    const service = serviceOf(textAt(record, "eventSource"));
    const action = `${service ?? "aws"}:${name}`;
    const account = knownAt(record, "recipientAccountId") ?? knownAt(record, "userIdentity", "accountId");
    const region = textAt(record, "awsRegion");
    const time = parseTime(at(record, "eventTime"));
    const address = textAt(record, "sourceIPAddress");
    const ip = address === undefined ? null : parseAddress(address);
    const resources = awsResources(record, service ?? "aws", account);
    const outcome = outcomeOf(record, name);
    const identity = objectAt(record, "userIdentity");
    const event: EventInput = {
      action,
      log_type: "activity",
      namespace: service ?? "aws",
      operation: operationClass(record, name),
      occurred_at: time ?? undefined,
      actor: awsActor(record, service),
      resource: resources[0],
      related_resources: resources.slice(1),
      status: outcome.status,
      error: outcome.error,
      origin: originOf(record),
      description: describe({ name, action, resources, account, region, failure: outcome.error && (outcome.error.code ?? outcome.error.message ?? "") }),
      context: {
        ip: ip ?? undefined,
        user_agent: textAt(record, "userAgent"),
        session_id: knownAt(identity, "accessKeyId"),
        request_id: knownAt(record, "requestID"),
      },
      metadata: filled({
        time_missing: time === null || undefined,
        source_address: ip === null ? address : undefined,
        aws_region: region,
        account_id: account,
        identity_type: textAt(identity, "type"),
        principal_id: textAt(identity, "principalId"),
        role: textAt(identity, "sessionContext", "sessionIssuer", "arn"),
        mfa_authenticated: flag(identity, "sessionContext", "attributes", "mfaAuthenticated"),
        invoked_by: textAt(identity, "invokedBy"),
        event_type: textAt(record, "eventType"),
        event_category: textAt(record, "eventCategory"),
        read_only: flag(record, "readOnly"),
        request_parameters: unwrapped(at(record, "requestParameters")),
        response_elements: unwrapped(at(record, "responseElements")),
        additional_event_data: unwrapped(at(record, "additionalEventData")),
        service_event_details: unwrapped(at(record, "serviceEventDetails")),
        session_credential_from_console: flag(record, "sessionCredentialFromConsole"),
        shared_event_id: textAt(record, "sharedEventID"),
        vpc_endpoint_id: textAt(record, "vpcEndpointId"),
      }),
    };
    return [{ event, vendorId: knownAt(record, "eventID") ?? null }];
  },
});

/** `iam.amazonaws.com` → `iam`. */
const serviceOf = (source: string | undefined): string | undefined => source?.replace(/\.amazonaws\.com(?:\.cn)?$/, "");

/** Lambda versions its operations by date; the date is no part of what was done. */
const words = (name: string): string[] => wordsOf(name.replace(/20\d{6}(?:v\d)?$/, ""));

const flag = (value: Json, ...path: string[]): boolean | undefined => (textAt(value, ...path) === undefined ? undefined : flagAt(value, ...path));

const failedWith = (code: string | undefined, message: string | undefined): { status: Status; error: NonNullable<EventInput["error"]> } => ({
  status: "failed",
  error: { code, message },
});

/** A call failed when it has an error code; a sign-in says `Failure` in its own member of the answer, without a code. */
function outcomeOf(record: JsonObject, name: string): { status: Status; error?: EventInput["error"] } {
  const code = textAt(record, "errorCode");
  const message = textAt(record, "errorMessage");
  if (code !== undefined) return failedWith(code, message);
  const answer = textAt(unwrapped(at(record, "responseElements")), name);
  if (answer?.toLowerCase() === "failure") return failedWith(undefined, message ?? `${name} failed`);
  return { status: "success" };
}

/** Sign-in has words of its own; for the rest the operation's name is a verb and its object. */
function describe(told: { name: string; action: string; resources: Resource[]; account?: string; region?: string; failure?: string }): string {
  const { name, action, account, region, failure } = told;
  const where = account && `account ${account}${region ? ` (${region})` : ""}`;
  if (name === "ConsoleLogin") return `Signed in to the AWS console${where ? ` of ${where}` : ""}${failed(failure === "ConsoleLogin failed" ? "" : failure)}`;
  return tell({ words: words(name), action, resources: told.resources.filter(({ type }) => type !== accountType), where, failure });
}

function originOf(record: JsonObject): EventInput["origin"] {
  const type = textAt(record, "eventType") ?? "";
  if (type.startsWith("AwsConsole") || flagAt(record, "sessionCredentialFromConsole")) return "interface";
  const identity = objectAt(record, "userIdentity");
  if (type === "AwsServiceEvent" || textAt(identity, "type") === "AWSService" || textAt(identity, "invokedBy") !== undefined) return "automation";
  return "api";
}

/** Operations that AWS marks read-only although they act, or whose first word says too little. */
const exceptions: [RegExp, Operation][] = [
  [/^(?:ConsoleLogin|Authenticate|CreateToken|AssumeRole|GetFederationToken|GetSessionToken|SwitchRole|Federate|UserAuthentication)/, "authenticated"],
  [/^(?:InvokeModel|SendCommand)/, "executed"],
  [/^StartSession$/, "started"],
  [/^(?:PutUserPolicy|PutRolePolicy|PutGroupPolicy|UpdateAssumeRolePolicy|AddPermission|AddUserToGroup)/, "granted"],
  [/^(?:DeleteUserPolicy|DeleteRolePolicy|DeleteGroupPolicy|RemovePermission|RemoveUserFromGroup)/, "revoked"],
];

function operationClass(record: JsonObject, name: string): Operation {
  const exception = exceptions.find(([pattern]) => pattern.test(name));
  if (exception) return exception[1];
  if (flagAt(record, "readOnly")) return "viewed";
  return (
    words(name)
      .map(operationOf)
      .find((operation) => operation !== undefined) ?? "other"
  );
}
