import { describe, expect, test } from "vitest";
import type { Json } from "@daybook/event";
import text from "../../fixtures/databricks-audit.ndjson?raw";
import { knownAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { fillOf, mapAll, mapOne } from "../testing.ts";
import { databricks } from "./databricks.ts";

const records = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as JsonObject);
const lines = mapAll(databricks, text);
const read = (record: JsonObject) => mapOne(databricks, { serviceName: "accounts", actionName: "login", ...record });

test("every line becomes one event with its service, action and actor", () => {
  expect(lines).toHaveLength(91);
  for (const [index, record] of records.entries()) {
    const event = lines[index]?.event;
    expect(event?.action).toBe(`${knownAt(record, "serviceName")}.${knownAt(record, "actionName")}`);
    const email = knownAt(record, "userIdentity", "email");
    if (email !== undefined) expect(event?.actor?.name).toBe(email);
    expect(event?.status === "failed").toBe(Number(knownAt(record, "response", "statusCode") ?? 0) >= 400);
    expect(event?.context?.ip).toBe(knownAt(record, "sourceIPAddress"));
  }
});

test("the fields are as full as the records are", () => {
  expect(fillOf(lines)).toEqual({ time: 64, actor: 90, resource: 49, ip: 20, agent: 5, failed: 7, changes: 7, id: 1, other: 0, cut: 0 });
});

test.each<[JsonObject, object]>([
  [{ userIdentity: { email: "alice@x.io" } }, { type: "user", name: "alice@x.io", email: "alice@x.io" }],
  [{ userIdentity: { email: "System-User" } }, { type: "system", name: "System-User" }],
  [{ userIdentity: { email: "a8e1f0c2-0000-4000-8000-1234567890ab" } }, { type: "service_user", id: "a8e1f0c2-0000-4000-8000-1234567890ab" }],
  [{ userIdentity: { email: "a8e1f0c2", subjectName: "ci" } }, { type: "service_user", id: "a8e1f0c2", name: "ci" }],
  [{ requestParams: { user: "alice@x.io" } }, { type: "user", name: "alice@x.io" }],
  [{}, { type: "anonymous" }],
])("%j was done by %j", (record, actor) => {
  expect(read(record).actor).toMatchObject(actor);
});

test.each<[number | null, string]>([
  [200, "success"],
  [399, "success"],
  [400, "failed"],
  [401, "failed"],
  [500, "failed"],
  [null, "success"],
])("status code %s is %s", (statusCode, status) => {
  expect(read({ response: { statusCode, errorMessage: "why" } })).toMatchObject({ status });
  expect(read({ response: { statusCode, errorMessage: "why" } }).error).toEqual(status === "failed" ? { code: String(statusCode), message: "why" } : undefined);
});

describe("on what", () => {
  test.each<[string, string, JsonObject, string, string]>([
    ["accounts", "setAdmin", { targetUserName: "bob@x.io" }, "user", "bob@x.io"],
    ["accounts", "createGroup", { targetGroupName: "devs" }, "group", "devs"],
    ["accounts", "revokeDbToken", { tokenId: "t-1" }, "token", "t-1"],
    ["deltaSharingControl", "createRecipient", { name: "partner" }, "recipient", "partner"],
    ["unityCatalog", "createStorageCredential", { name: "s3" }, "storage_credential", "s3"],
    ["unityCatalog", "deleteTable", { full_name_arg: "main.sales.orders" }, "table", "main.sales.orders"],
    ["globalInitScripts", "create", { name: "monitor", script_id: "s-1" }, "global_init_script", "monitor"],
    ["ssoConfigBackend", "create", { config: { provider: "okta" } }, "sso_config", "okta"],
    ["secrets", "getSecret", { scope: "prod", key: "db" }, "secret", "prod/db"],
    ["clusters", "installLibrary", { clusterId: "c-1" }, "cluster", "c-1"],
    ["dbfs", "mount", { mountPoint: "/mnt/data" }, "mount", "/mnt/data"],
    ["jobs", "runNow", { job_id: "7" }, "job", "7"],
  ])("%s.%s", (serviceName, actionName, requestParams, type, name) => {
    const event = read({ serviceName, actionName, requestParams, workspaceId: "12" });
    expect([event.resource?.type, event.resource?.name ?? event.resource?.id]).toEqual([type, name]);
    expect(event.related_resources).toContainEqual({ type: "workspace", id: "12" });
    expect(event.description).toContain(name);
    expect(event.description).toContain("workspace 12");
  });

  test("a change of a group names member and group", () => {
    const event = read({ actionName: "addPrincipalToGroup", requestParams: { principal: "bob@x.io", targetGroupName: "admins" } });
    expect(event).toMatchObject({ operation: "granted", resource: { type: "user", name: "bob@x.io" }, related_resources: [{ type: "group", name: "admins" }] });
    expect(event.description).toBe("Added principal to group: user bob@x.io, group admins");
  });
});

test.each([
  ["login", "authenticated"],
  ["samlLogin", "authenticated"],
  ["setAccountAdmin", "promoted"],
  ["removePrincipalFromGroup", "revoked"],
  ["generateDbToken", "created"],
  ["revokeDbToken", "revoked"],
  ["mfaAddKey", "created"],
  ["mfaDeleteKey", "deleted"],
  ["workspaceConfEdit", "updated"],
  ["dropSchema", "deleted"],
  ["undeleteTable", "updated"],
  ["executeCommand", "executed"],
  ["whoKnows", "other"],
])("%s is %s", (actionName, operation) => {
  expect(read({ actionName }).operation).toBe(operation);
});

test("a sign-in tells its way and its place, a setting its new value", () => {
  expect(read({ actionName: "tokenLogin", workspaceId: "12" }).description).toBe("Signed in with token to workspace 12");
  expect(read({ actionName: "workspaceConfEdit", requestParams: { workspaceConfKeys: "enforceMFA", workspaceConfValues: "false" } })).toMatchObject({
    changes: { fields: [{ path: "enforceMFA", after: "false" }] },
    description: "Edited workspace setting enforceMFA",
  });
});

test("a row of the system table reads as the delivered file does", () => {
  const file: JsonObject = {
    timestamp: 1704067200123,
    serviceName: "accounts",
    actionName: "createUser",
    sourceIPAddress: "203.0.113.5",
    userAgent: "curl/8",
    sessionId: "s",
    requestId: "r",
    userIdentity: { email: "alice@x.io" },
    requestParams: { targetUserName: "bob@x.io", policy: '{"a":1}' },
    response: { statusCode: 403, errorMessage: "no" },
    accountId: "a",
    workspaceId: "12",
    auditLevel: "ACCOUNT_LEVEL",
  };
  const row: Json = {
    event_time: "2024-01-01 00:00:00.123",
    service_name: "accounts",
    action_name: "createUser",
    source_ip_address: "203.0.113.5",
    user_agent: "curl/8",
    session_id: "s",
    request_id: "r",
    user_identity: { email: "alice@x.io" },
    request_params: { targetUserName: "bob@x.io", policy: '{"a":1}' },
    response: { status_code: 403, error_message: "no" },
    account_id: "a",
    workspace_id: "12",
    audit_level: "ACCOUNT_LEVEL",
  };
  expect(mapOne(databricks, row)).toEqual(read(file));
  expect(read(file).metadata).toMatchObject({ request_params: { policy: { a: 1 } } });
});

test("an event is known by its id, else by request, action and outcome, as request and response of a slow action are logged apart", () => {
  const idOf = (record: JsonObject) => databricks.toEvents({ serviceName: "jobs", actionName: "run", ...record }, { index: 0 });
  expect(idOf({ requestId: "r" })).toMatchObject([{ vendorId: "r jobs run request" }]);
  expect(idOf({ requestId: "r", response: { statusCode: 200 } })).toMatchObject([{ vendorId: "r jobs run 200" }]);
  expect(idOf({ request_id: "r", event_id: "e" })).toMatchObject([{ vendorId: "e" }]);
  expect(idOf({})).toMatchObject([{ vendorId: null }]);
});
