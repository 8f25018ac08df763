import type { Json } from "@daybook/event";
import { describe, expect, test } from "vitest";
import text from "../../fixtures/entra-diagnostic.ndjson?raw";
import { mapAll, mapOne, rateOf } from "../testing.ts";
import { entra } from "./entra.ts";

const audit = (properties: { [key: string]: Json } = {}, record: { [key: string]: Json } = {}) =>
  mapOne(entra, {
    category: "AuditLogs",
    operationName: "Update policy",
    properties: { activityDateTime: "2024-11-27T03:31:26.7088498+00:00", ...properties },
    ...record,
  });
const signIn = (properties: { [key: string]: Json } = {}, record: { [key: string]: Json } = {}) =>
  mapOne(entra, { category: "SignInLogs", operationName: "Sign-in activity", properties: { userPrincipalName: "ann@acme.io", ...properties }, ...record });
const lines = mapAll(entra, text);

test("every line becomes one event, and the records of an event hub's batch read the same", () => {
  expect(lines).toHaveLength(28);
  expect(mapAll(entra, `{"records":[${text.trim().split("\n").join(",")}]}`)).toEqual(lines);
  for (const { event } of lines) expect(event.metadata).not.toHaveProperty("cut");
});

test.each<[string, number, (imported: (typeof lines)[number]) => unknown]>([
  ["time", 1, ({ event }) => event.occurred_at],
  ["actor", 1, ({ event }) => event.actor?.name],
  ["actor e-mail, one service principal aside", 27 / 28, ({ event }) => event.actor?.email],
  ["resource", 1, ({ event }) => event.resource],
  ["address (70 % in `callerIpAddress` alone)", 1, ({ event }) => event.context?.ip],
  ["browser", 10 / 28, ({ event }) => event.context?.user_agent],
  ["correlation", 1, ({ event }) => event.context?.request_id],
  ["changes", 9 / 28, ({ event }) => event.changes],
  ["failure", 4 / 28, ({ event }) => (event.status === "failed" ? true : undefined)],
  ["class of the verb", 1, ({ event }) => (event.operation === "other" ? undefined : true)],
])("%s is filled in %d of the real records", (_field, rate, field) => {
  expect(rateOf(lines, field)).toBeCloseTo(rate);
});

test.each<[string, { [key: string]: Json }, object]>([
  [
    "a person",
    { initiatedBy: { user: { id: "U1", displayName: "Ann", userPrincipalName: "ann@acme.io" } } },
    { type: "user", id: "U1", name: "Ann", email: "ann@acme.io" },
  ],
  [
    "a person without a display name",
    { initiatedBy: { user: { id: "U1", displayName: null, userPrincipalName: "ann@acme.io" } } },
    { type: "user", id: "U1", name: "ann@acme.io", email: "ann@acme.io" },
  ],
  [
    "an application",
    { initiatedBy: { app: { appId: null, servicePrincipalId: "SP1", displayName: "Sync" } } },
    { type: "service_user", id: "SP1", name: "Sync" },
  ],
  [
    "a sign-in's person",
    { userId: "U1", userDisplayName: "Ann", userPrincipalName: "ann@acme.io" },
    { type: "user", id: "U1", name: "Ann", email: "ann@acme.io" },
  ],
  ["a program that signs in", { servicePrincipalId: "SP1", servicePrincipalName: "ci" }, { type: "service_user", id: "SP1", name: "ci" }],
  ["nobody", {}, { type: "system", name: "Microsoft Entra ID" }],
])("who: %s", (_name, properties, actor) => {
  expect(audit(properties).actor).toEqual(actor);
});

describe("how it ended", () => {
  test.each<[{ [key: string]: Json }, { [key: string]: Json }, string]>([
    [{ result: "success" }, {}, "success"],
    [{ result: "failure" }, {}, "failed"],
    [{ result: "failed" }, {}, "failed"],
    [{ result: "timeout" }, {}, "failed"],
    [{}, { result: "SUCCESS" }, "success"],
    [{}, { resultType: 0 }, "success"],
    [{}, { resultType: "0", resultSignature: "None" }, "success"],
    [{}, { resultType: "Success" }, "success"],
    [{}, { resultType: "Failure" }, "failed"],
    [{}, { resultType: "50126" }, "failed"],
    [{ status: { errorCode: 0 } }, {}, "success"],
    [{ status: { errorCode: 50053 } }, {}, "failed"],
    [{}, {}, "success"],
  ])("%j with %j is %s", (properties, record, status) => {
    expect(signIn(properties, record).status).toBe(status);
  });

  test("a failed sign-in has its number and its reason", () => {
    const event = signIn({ appDisplayName: "Azure Portal", status: { errorCode: 50126, failureReason: "Invalid username or password" } });
    expect(event).toMatchObject({
      operation: "authenticated",
      error: { code: "50126", message: "Invalid username or password" },
      description: "Signed in to application Azure Portal (failed: Invalid username or password)",
    });
  });

  test("what a person wrote as justification is the reason of an activity, and no error", () => {
    const event = audit({ result: "success", resultReason: "on call", additionalDetails: [{ key: "Justification", value: "on call" }] });
    expect(event).toMatchObject({ status: "success", reason: "on call" });
    expect(event.error).toBeUndefined();
  });
});

test("the activity's own time goes before the time of writing, in every form", () => {
  expect(audit({ activityDateTime: "2024-09-23 14:33:09.049661100" }, { time: "2024-12-10 14:33:09" }).occurred_at).toBe("2024-09-23T14:33:09.049Z");
  expect(signIn({ createdDateTime: "2025-01-15T14:23:10.1234567Z" }, { time: "2025-01-15 14:24:00" }).occurred_at).toBe("2025-01-15T14:23:10.123Z");
  expect(signIn({}, { time: "2025-01-15 14:24:00.123" }).occurred_at).toBe("2025-01-15T14:24:00.123Z");
});

test("the targets are the resources, in order; a sign-in is to its application", () => {
  const targetResources: Json = [
    { type: "Role", id: "R1", displayName: "Admin" },
    { type: "User", id: "U1", displayName: null, userPrincipalName: "bob@acme.io" },
    { type: "Other" },
  ];
  const event = audit({ targetResources }, { operationName: "Add member to role" });
  expect(event.resource).toEqual({ type: "Role", id: "R1", name: "Admin" });
  expect(event.related_resources).toEqual([{ type: "User", id: "U1", name: "bob@acme.io" }]);
  expect(event).toMatchObject({ operation: "granted", description: "Added member to role: role Admin, user bob@acme.io" });
  expect(signIn({ appId: "A1", appDisplayName: "Portal", resourceId: "R1", resourceDisplayName: "Graph" })).toMatchObject({
    resource: { type: "application", id: "A1", name: "Portal" },
    related_resources: [{ type: "resource", id: "R1", name: "Graph" }],
  });
  expect(audit({ additionalDetails: [{ key: "Scope", value: "/subscriptions/s" }] }).resource).toEqual({ type: "scope", id: "/subscriptions/s" });
  expect(audit({}, { tenantId: "T1" }).resource).toEqual({ type: "tenant", id: "T1" });
});

describe("changes", () => {
  test.each<[string, Json, Json, object[]]>([
    [
      "JSON in a text, by the members that differ",
      '{"state":"enabled","x":1}',
      '{"state":"disabled","x":1}',
      [{ path: "P.state", before: "enabled", after: "disabled" }],
    ],
    ["JSON in a list in a text", '["{\\"State\\":\\"On\\"}"]', '["{\\"State\\":\\"Off\\"}"]', [{ path: "P.State", before: "On", after: "Off" }]],
    ["texts in texts, empty before", '""', '"BuiltInRole"', [{ path: "P", after: "BuiltInRole" }]],
    ["plain words", "false", "true", [{ path: "P", before: "false", after: "true" }]],
    ["lists of one", '["a"]', '["b"]', [{ path: "P", before: "a", after: "b" }]],
    ["lists of several, whole", "[]", '["a","b"]', [{ path: "P", after: ["a", "b"] }]],
    ["nothing told", null, null, [{ path: "P" }]],
  ])("%s", (_name, oldValue, newValue, fields) => {
    const modifiedProperties = [
      { displayName: "P", oldValue, newValue },
      { displayName: "Included Updated Properties", oldValue: null, newValue: '"P"' },
    ];
    expect(audit({ targetResources: [{ type: "Policy", id: "1", modifiedProperties }] }).changes).toEqual({ fields });
  });

  test("those of several targets carry the type", () => {
    const targetResources = ["User", "Group"].map((type) => ({
      type,
      id: type,
      modifiedProperties: [{ displayName: "Name", oldValue: null, newValue: '"x"' }],
    }));
    expect(audit({ targetResources }).changes?.fields?.map(({ path }) => path)).toEqual(["User.Name", "Group.Name"]);
  });
});

test.each<[string, { [key: string]: Json }, string]>([
  ["Add service principal", {}, "created"],
  ["Add service principal credentials", {}, "granted"],
  ["Delete role assignment", {}, "revoked"],
  ["Invite external user", {}, "created"],
  ["Consent to application", {}, "granted"],
  ["Authentication Methods Policy Update", {}, "updated"],
  ["Something new", { operationType: "Delete" }, "deleted"],
  ["Something new", {}, "other"],
])("%s %j is %s", (operationName, properties, operation) => {
  expect(audit(properties, { operationName })).toMatchObject({ operation, action: operationName.replaceAll(" ", "_") });
});

test("address and browser are found in the details where the record itself has none", () => {
  const additionalDetails = [
    { key: "ipaddr", value: "[2001:db8::7]:443" },
    { key: "User-Agent", value: "Mozilla/5.0" },
  ];
  expect(audit({ additionalDetails, initiatedBy: { user: { id: "U1" } } })).toMatchObject({
    context: { ip: "2001:db8::7", user_agent: "Mozilla/5.0" },
    origin: "interface",
  });
});

test("what Graph answers and the portal downloads, without an envelope, reads the same", () => {
  const activity = {
    id: "Directory_1",
    category: "UserManagement",
    correlationId: "C1",
    result: "success",
    activityDisplayName: "Delete user",
    activityDateTime: "2024-11-27T03:31:26Z",
    initiatedBy: { user: { id: "U1", userPrincipalName: "ann@acme.io" } },
    targetResources: [{ id: "U2", displayName: "Bob", type: "User" }],
  };
  expect(entra.toEvents(activity, { index: 0 })).toMatchObject([
    {
      event: { action: "Delete_user", operation: "deleted", namespace: "UserManagement", description: "Deleted user Bob", context: { request_id: "C1" } },
      vendorId: "Directory_1",
    },
  ]);
  const session = {
    id: "S1",
    createdDateTime: "2024-11-27T03:31:26Z",
    userPrincipalName: "ann@acme.io",
    appId: "A1",
    appDisplayName: "Portal",
    ipAddress: "192.0.2.1",
    status: { errorCode: 0 },
  };
  expect(entra.toEvents(session, { index: 0 })).toMatchObject([
    { event: { action: "Sign-in_activity", operation: "authenticated", context: { ip: "192.0.2.1" } }, vendorId: "S1" },
  ]);
});

test("an Azure activity record, which has an operation name too, is none of Entra", () => {
  expect(entra.toEvents({ operationName: "MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE", properties: { message: "x" } }, { index: 0 })).toMatchObject({
    code: "invalid_event",
  });
});
