import { describe, expect, test } from "vitest";
import type { Json } from "@daybook/event";
import containerText from "../../fixtures/aws-cloudtrail.records.json?raw";
import text from "../../fixtures/aws-cloudtrail.ndjson?raw";
import { arnResource } from "./aws-arn.ts";
import { cloudtrail } from "./cloudtrail.ts";
import { mapAll, mapOne, rateOf } from "../testing.ts";

const read = (record: { [key: string]: Json }) => mapOne(cloudtrail, { eventSource: "iam.amazonaws.com", eventName: "CreateUser", ...record });
const lines = mapAll(cloudtrail, text);
const container = mapAll(cloudtrail, containerText);

test("every line and every record of the container becomes one event with an action and an actor", () => {
  expect(lines).toHaveLength(509);
  expect(container).toHaveLength(196);
  for (const { event } of [...lines, ...container])
    expect(event).toMatchObject({ action: expect.stringMatching(/^[a-z0-9-]+:\w+$/), actor: { type: expect.any(String) } });
});

test("the fields are at least as full as measured over more records", () => {
  expect(rateOf(lines, ({ event }) => event.occurred_at)).toBeGreaterThanOrEqual(0.98);
  expect(rateOf(lines, ({ event }) => event.actor?.name)).toBeGreaterThanOrEqual(0.98);
  expect(rateOf(lines, ({ event }) => event.resource)).toBeGreaterThanOrEqual(0.98);
  expect(rateOf(lines, ({ event }) => event.context?.user_agent)).toBeGreaterThanOrEqual(0.94);
  expect(rateOf(lines, ({ event }) => event.context?.request_id)).toBeCloseTo(468 / 509);
  expect(rateOf(lines, ({ event }) => event.context?.ip ?? event.metadata?.["source_address"])).toBeCloseTo(496 / 509);
  expect(rateOf(lines, ({ event }) => (event.status === "failed" ? true : undefined))).toBeCloseTo(84 / 509);
  expect(rateOf(lines, ({ event }) => (event.operation === "other" ? undefined : true))).toBe(1);
});

test("nothing of a real record is cut", () => {
  for (const { event } of [...lines, ...container]) expect(event.metadata).not.toHaveProperty("cut");
});

describe("who", () => {
  const sts = "arn:aws:sts::123456789012:assumed-role/Admin";
  test.each<[string, { [key: string]: Json }, object]>([
    [
      "the root user",
      { type: "Root", arn: "arn:aws:iam::123456789012:root", userName: "root" },
      { type: "user", id: "arn:aws:iam::123456789012:root", name: "root" },
    ],
    [
      "an IAM user",
      { type: "IAMUser", arn: "arn:aws:iam::1:user/team/alice", userName: "alice" },
      { type: "user", id: "arn:aws:iam::1:user/team/alice", name: "alice" },
    ],
    [
      "an IAM user without a name",
      { type: "IAMUser", arn: "arn:aws:iam::1:user/team/alice" },
      { type: "user", id: "arn:aws:iam::1:user/team/alice", name: "alice" },
    ],
    [
      "a person in a role",
      { type: "AssumedRole", arn: `${sts}/alice@acme.io` },
      { type: "user", id: `${sts}/alice@acme.io`, name: "Admin/alice@acme.io", email: "alice@acme.io" },
    ],
    [
      "a role session known by its principal",
      { type: "AssumedRole", principalId: "AROA1:bob", sessionContext: { sessionIssuer: { userName: "Ops" } } },
      { type: "user", id: "AROA1:bob", name: "Ops/bob" },
    ],
    [
      "an instance in a role",
      { type: "AssumedRole", arn: `${sts}/i-0abcdef1234567890` },
      { type: "service_user", id: `${sts}/i-0abcdef1234567890`, name: "Admin/i-0abcdef1234567890" },
    ],
    [
      "a service in a role",
      { type: "AssumedRole", arn: `${sts}/x`, invokedBy: "eks.amazonaws.com" },
      { type: "service_user", id: `${sts}/x`, name: "Admin/x" },
    ],
    [
      "an AWS service",
      { type: "AWSService", invokedBy: "cloudtrail.amazonaws.com" },
      { type: "system", id: "cloudtrail.amazonaws.com", name: "cloudtrail.amazonaws.com" },
    ],
    ["nobody known", { type: "AWSAccount", principalId: "ANONYMOUS_PRINCIPAL" }, { type: "anonymous" }],
    ["another account", { type: "AWSAccount", principalId: "AROAX:session", accountId: "1" }, { type: "user", id: "AROAX:session", name: "session" }],
    [
      "a federated user",
      { type: "FederatedUser", arn: "arn:aws:sts::1:federated-user/carol", principalId: "1:carol" },
      { type: "user", id: "arn:aws:sts::1:federated-user/carol", name: "carol" },
    ],
    ["an Identity Center user", { type: "IdentityCenterUser", onBehalfOf: { userId: "u-1" }, credentialId: "c-1" }, { type: "user", id: "c-1", name: "u-1" }],
  ])("%s", (_who, userIdentity, actor) => {
    expect(read({ userIdentity }).actor).toEqual(actor);
  });

  test("a service event without an identity is the service's, any other is anonymous", () => {
    expect(read({ eventType: "AwsServiceEvent", eventSource: "sso.amazonaws.com" }).actor).toEqual({ type: "system", name: "sso" });
    expect(read({}).actor).toEqual({ type: "anonymous" });
  });
});

describe("how it ended", () => {
  test("an error code is a failure, with its message", () => {
    expect(read({ errorCode: "AccessDenied", errorMessage: "not authorized" })).toMatchObject({
      status: "failed",
      error: { code: "AccessDenied", message: "not authorized" },
    });
  });

  test("a sign-in says so in its answer, and the sentence with it", () => {
    const login = (answer: string) =>
      read({ eventSource: "signin.amazonaws.com", eventName: "ConsoleLogin", responseElements: { ConsoleLogin: answer }, recipientAccountId: "1" });
    expect(login("Success")).toMatchObject({ status: "success", operation: "authenticated", description: "Signed in to the AWS console of account 1" });
    expect(login("Failure")).toMatchObject({ status: "failed", description: "Signed in to the AWS console of account 1 (failed)" });
  });

  test("everything else succeeded", () => {
    expect(read({ responseElements: null })).toMatchObject({ status: "success" });
  });
});

describe("on what", () => {
  test.each<[string, string, Json, string, string]>([
    ["iam", "CreateUser", { userName: "bob" }, "AWS::IAM::User", "bob"],
    ["s3", "GetObject", { bucketName: "b", key: "k/1.csv" }, "AWS::S3::Object", "b/k/1.csv"],
    ["s3", "PutBucketAcl", { bucketName: "b", "x-amz-acl": ["private"] }, "AWS::S3::Bucket", "b"],
    ["ec2", "TerminateInstances", { instancesSet: { items: [{ instanceId: "i-1" }, { instanceId: "i-2" }] } }, "AWS::EC2::Instance", "i-1"],
    ["rds", "StopActivityStream", { resourceArn: "arn:aws:rds:us-east-1:1:cluster:prod" }, "AWS::RDS::Cluster", "prod"],
    ["secretsmanager", "GetSecretValue", { secretId: "arn:aws:secretsmanager:us-east-1:1:secret:db-x" }, "AWS::SecretsManager::Secret", "db-x"],
    ["cloudtrail", "DeleteTrail", { name: "management" }, "AWS::CloudTrail::Trail", "management"],
    [
      "route53resolver",
      "DeleteResolverQueryLogConfig",
      { resolverQueryLogConfigId: "rqlc-1", clientToken: "t" },
      "AWS::Route53Resolver::ResolverQueryLogConfig",
      "rqlc-1",
    ],
    ["lambda", "UpdateFunctionCode20150331v2", '{"functionName":"production-api"}', "AWS::Lambda::Function", "production-api"],
  ])("%s:%s", (service, eventName, requestParameters, type, name) => {
    const event = read({ eventSource: `${service}.amazonaws.com`, eventName, requestParameters });
    expect(event).toMatchObject({ action: `${service}:${eventName}`, namespace: service, resource: { type, name } });
    expect(event.description).toContain(name);
  });

  test("stated resources go first, in either spelling, and none is named twice", () => {
    const event = read({
      eventSource: "s3.amazonaws.com",
      eventName: "CopyObject",
      resources: [
        { arn: "arn:aws:s3:::from", type: "AWS::S3::Bucket" },
        { ARN: "arn:aws:s3:::to", type: "AWS::S3::Bucket" },
      ],
      requestParameters: { bucketName: "to" },
    });
    expect(event.resource).toEqual({ type: "AWS::S3::Bucket", id: "arn:aws:s3:::from", name: "from" });
    expect(event.related_resources).toEqual([{ type: "AWS::S3::Bucket", id: "to", name: "to" }]);
  });

  test("a call that names nothing is about the account", () => {
    expect(read({ recipientAccountId: "123" }).resource).toEqual({ type: "AWS::Account", id: "123" });
  });

  test.each([
    ["arn:aws:s3:::bucket", "AWS::S3::Bucket", "bucket"],
    ["arn:aws:s3:::bucket/a/b.csv", "AWS::S3::Object", "bucket/a/b.csv"],
    ["arn:aws:ecr:us-east-2:1:repository/testrepo", "AWS::ECR::Repository", "testrepo"],
    ["arn:aws:sns:us-east-1:1:topic", "AWS::SNS::Topic", "topic"],
    ["arn:aws:ssm:us-east-1:1:parameter/credentials/x", "AWS::SSM::Parameter", "credentials/x"],
    ["arn:aws:some-new-thing:us-east-1:1:widget:w1", "AWS::SomeNewThing::Widget", "w1"],
    ["not an arn", "AWS::Resource", undefined],
  ])("%s is a %s", (arn, type, name) => {
    expect(arnResource(arn)).toEqual({ type, id: arn, ...(name !== undefined && { name }) });
  });
});

test.each<[string, boolean | null, string]>([
  ["DescribeInstances", true, "viewed"],
  ["CreateUser", false, "created"],
  ["DeleteTrail", false, "deleted"],
  ["PutBucketVersioning", false, "updated"],
  ["AttachRolePolicy", false, "granted"],
  ["PutUserPolicy", null, "granted"],
  ["AssumeRole", true, "authenticated"],
  ["InvokeModel", true, "executed"],
  ["StartSession", false, "started"],
  ["LeaveOrganization", false, "updated"],
  ["GetSecretValue", null, "viewed"],
  ["RevokeSecurityGroupIngress", false, "revoked"],
  ["DetachUserPolicy", false, "revoked"],
  ["Xyz", false, "other"],
])("%s (read-only %s) is %s", (eventName, readOnly, operation) => {
  expect(read({ eventName, readOnly }).operation).toBe(operation);
});

test.each<[{ [key: string]: Json }, string]>([
  [{ eventType: "AwsConsoleSignIn" }, "interface"],
  [{ eventType: "AwsApiCall", sessionCredentialFromConsole: "true" }, "interface"],
  [{ eventType: "AwsServiceEvent" }, "automation"],
  [{ userIdentity: { type: "IAMUser", invokedBy: "signin.amazonaws.com" } }, "automation"],
  [{ eventType: "AwsApiCall" }, "api"],
])("%j came through the %s", (record, origin) => {
  expect(read(record).origin).toBe(origin);
});

test("a service's name is a source, not an address; padded octets are an address", () => {
  const internal = read({ sourceIPAddress: "AWS Internal" });
  expect(internal.context?.ip).toBeUndefined();
  expect(internal.metadata).toMatchObject({ source_address: "AWS Internal" });
  expect(read({ sourceIPAddress: "253.252.51.07" }).context?.ip).toBe("253.252.51.7");
});

test("keys in lower case read the same, and the access key is the session", () => {
  const event = mapOne(cloudtrail, {
    eventname: "GetRecords",
    eventsource: "dynamodb.amazonaws.com",
    eventtime: "2023-01-10 21:04:02",
    useridentity: { arn: "arn:aws:iam::1:user/a", accesskeyid: "ASIA1" },
  });
  expect(event).toMatchObject({
    action: "dynamodb:GetRecords",
    occurred_at: "2023-01-10T21:04:02.000Z",
    actor: { name: "a" },
    context: { session_id: "ASIA1" },
  });
});

test("the request and the answer stay as metadata; the raw record is kept beside the event by the verb", () => {
  const event = read({ requestParameters: { userName: "bob" }, responseElements: { user: { path: "/" } }, awsRegion: "us-east-1", readOnly: "false" });
  expect(event.metadata).toMatchObject({
    request_parameters: { userName: "bob" },
    response_elements: { user: { path: "/" } },
    aws_region: "us-east-1",
    read_only: false,
  });
});
