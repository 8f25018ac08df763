import { describe, expect, test } from "vitest";
import type { Json } from "@daybook/event";
import text from "../../fixtures/azure-activity.ndjson?raw";
import { knownAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { fillOf, mapAll, mapOne, rateOf } from "../testing.ts";
import { azureActivity } from "./azure-activity.ts";
import { idResources, typeWords } from "./azure-resources.ts";

const records = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as JsonObject);
const lines = mapAll(azureActivity, text);
const read = (record: JsonObject) => mapOne(azureActivity, { operationName: "Microsoft.Compute/virtualMachines/write", ...record });

test("every line and every item of the containers becomes one event with an action and an actor", () => {
  expect(lines).toHaveLength(128);
  for (const { event } of lines) expect(event).toMatchObject({ action: expect.stringMatching(/^[a-z0-9.]+$/), actor: { type: expect.any(String) } });
  const list = records.map((record) => JSON.stringify(record)).join(",");
  for (const container of [`{"records":[${list}]}`, `{"value":[${list}],"nextLink":"x"}`, `[${list}]`]) expect(mapAll(azureActivity, container)).toEqual(lines);
});

test("each record's result and address are those of its event, a port left out", () => {
  for (const [index, record] of records.entries()) {
    const event = lines[index]?.event;
    const isFailure = knownAt(record, "resultType") === "Failed" || Number(knownAt(record, "statusCode") ?? 0) >= 400;
    expect(event?.status).toBe(isFailure ? "failed" : "success");
    expect(event?.context?.ip).toBe(knownAt(record, "callerIpAddress")?.replace(/:\d+$/, ""));
    expect(event?.action).toBe(knownAt(record, "operationName")?.toLowerCase().replaceAll("/", "."));
  }
});

test("the fields are as full as the records are: most here were cut down to have no identity", () => {
  expect({
    ...fillOf(lines),
    request: Math.round(rateOf(lines, ({ event }) => event.context?.request_id) * lines.length),
    duration: Math.round(rateOf(lines, ({ event }) => event.duration_ms) * lines.length),
  }).toEqual({ time: 128, actor: 16, resource: 128, ip: 128, agent: 5, request: 120, failed: 4, duration: 4, changes: 0, id: 120, other: 2, cut: 0 });
});

const soap = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
const oid = "http://schemas.microsoft.com/identity/claims/objectidentifier";
const guid = "f8d526a0-54eb-4941-ae69-ebf4a334d0f0";

describe("who", () => {
  test.each<[string, JsonObject, object]>([
    [
      "a UPN in a claim named by a URL",
      { identity: { claims: { [`${soap}upn`]: "alice@x.io", [oid]: guid } } },
      { type: "user", id: guid, name: "alice@x.io", email: "alice@x.io" },
    ],
    [
      "a name and a UPN",
      { identity: { claims: { name: "Alice", appid: "a", [`${soap}upn`]: "alice@x.io" } } },
      { type: "user", name: "Alice", email: "alice@x.io" },
    ],
    ["a name that is an e-mail", { identity: { claims: { name: "alice@x.io" } } }, { type: "user", email: "alice@x.io" }],
    ["an application", { identity: { claims: { appid: "app-1", [oid]: guid } } }, { type: "service_user", id: guid, name: "app-1" }],
    ["claims as JSON in a text", { identity: JSON.stringify({ claims: { [`${soap}upn`]: "alice@x.io" } }) }, { type: "user", email: "alice@x.io" }],
    ["Key Vault's claim", { identity: { claim: { [`${soap}upn`]: "alice@x.io" } } }, { type: "user", email: "alice@x.io" }],
    ["the REST answer's caller", { caller: "alice@x.io" }, { type: "user", email: "alice@x.io" }],
    ["a caller that is a service principal", { caller: guid }, { type: "service_user", id: guid }],
    ["a service of Azure", { identity: { claims: { [`${soap}emailaddress`]: "Microsoft.Advisor" } } }, { type: "system", name: "Microsoft.Advisor" }],
    ["an account's key", { identity: { type: "AccountKey", tokenHash: "key1(AB12)" } }, { type: "api_key", id: "key1(AB12)", name: "AccountKey" }],
    ["a signed address", { uri: "https://a.blob.core.windows.net/c/b?sv=1&sig=x" }, { type: "api_key", name: "SAS" }],
    ["an anonymous read", { identity: { type: "Anonymous" } }, { type: "anonymous" }],
    ["no identity", {}, { type: "anonymous" }],
  ])("%s", (_who, record, actor) => {
    expect(read(record).actor).toMatchObject(actor);
  });
});

test.each<[JsonObject, string, string | undefined]>([
  [{ resultType: "Success" }, "success", undefined],
  [{ resultType: "Succeeded", resultSignature: "Succeeded.OK" }, "success", undefined],
  [{ resultType: "Active" }, "success", undefined],
  [{ resultType: "0" }, "success", undefined],
  [{}, "success", undefined],
  [{ resultType: "Start", resultSignature: "Started." }, "in_progress", undefined],
  [{ resultType: "Accept", resultSignature: "Accepted.Accepted" }, "in_progress", undefined],
  [{ status: { value: "Started", localizedValue: "Started" } }, "in_progress", undefined],
  [{ resultType: "Failed", resultSignature: "403" }, "failed", "403"],
  [{ resultType: "Failure", resultSignature: "Failed.Forbidden" }, "failed", "Failed.Forbidden"],
  [{ resultType: "50126" }, "failed", "50126"],
  [{ status: { value: "Failed" }, subStatus: { value: "Conflict" } }, "failed", "Conflict"],
  [{ statusCode: 403, statusText: "AuthenticationFailed" }, "failed", "403"],
  [{ statusCode: 201 }, "success", undefined],
  [{ properties: { metricResponseType: "AuthenticationFailed" } }, "failed", undefined],
])("%j is %s", (record, status, code) => {
  const event = read(record);
  expect([event.status, event.error?.code]).toEqual([status, code]);
});

test("a failure is told with the service's own error, which is JSON in a text", () => {
  const statusMessage = '{"error":{"code":"AuthorizationFailed","message":"no right"}}';
  expect(read({ resultType: "Failed", resultSignature: "Failed.Forbidden", properties: { statusMessage } })).toMatchObject({
    error: { code: "AuthorizationFailed", message: "no right" },
    metadata: { properties: { statusMessage: { error: { message: "no right" } } } },
  });
  expect(read({ resultType: "Failed", resultDescription: "gone" }).error).toEqual({ message: "gone" });
});

describe("on what", () => {
  const group = "/subscriptions/s/resourceGroups/g";
  test.each<[string, [string, string][]]>([
    [`${group}/providers/Microsoft.Compute/virtualMachines/vm`, [["microsoft.compute/virtualmachines", "vm"]]],
    [
      `${group}/providers/Microsoft.KeyVault/vaults/v/secrets/db`,
      [
        ["microsoft.keyvault/vaults/secrets", "db"],
        ["microsoft.keyvault/vaults", "v"],
      ],
    ],
    [
      `${group}/providers/Microsoft.Storage/storageAccounts/a/providers/Microsoft.Authorization/locks/l`,
      [
        ["microsoft.authorization/locks", "l"],
        ["microsoft.storage/storageaccounts", "a"],
      ],
    ],
    [
      `${group}/providers/Microsoft.ContainerService/managedClusters/c/rbac.authorization.k8s.io/rolebindings/b`,
      [
        ["microsoft.containerservice/managedclusters/rbac.authorization.k8s.io/rolebindings", "b"],
        ["microsoft.containerservice/managedclusters", "c"],
      ],
    ],
    [group, []],
  ])("%s", (resourceId, expected) => {
    const found = idResources(resourceId);
    expect(found.map(({ type, name }) => [type, name])).toEqual([
      ...expected,
      ["microsoft.resources/subscriptions/resourcegroups", "g"],
      ["microsoft.resources/subscriptions", "s"],
    ]);
    expect(found[0]?.id).toBe(resourceId);
  });

  test("one type in three spellings is one type", () => {
    const types = [
      "/PROVIDERS/MICROSOFT.STORAGE/STORAGEACCOUNTS/A",
      "/providers/Microsoft.Storage/storageAccounts/a",
      "/providers/microsoft.storage/storageaccounts/a",
    ];
    expect(new Set(types.map((id) => idResources(id)[0]?.type))).toEqual(new Set(["microsoft.storage/storageaccounts"]));
    for (const id of ["", "/", "nothing", "/subscriptions", "/subscriptions/"]) expect(idResources(id)).toEqual([]);
  });

  test("a blob is named by the storage log's key, before its account", () => {
    const event = mapOne(azureActivity, { operationName: "GetBlob", properties: { accountName: "a", objectKey: "/a/c/f.csv" } });
    expect(event).toMatchObject({
      action: "getblob",
      namespace: "microsoft.storage",
      operation: "viewed",
      description: "Read blob a/c/f.csv",
      resource: { id: "/a/c/f.csv", name: "a/c/f.csv" },
      related_resources: [{ type: "microsoft.storage/storageaccounts", name: "a" }],
    });
  });
});

test.each<[string, string, JsonObject, string]>([
  ["MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE", "updated", {}, "Created or updated virtual machine vm in resource group g"],
  ["Microsoft.Compute/virtualMachines/write", "created", { resultSignature: "201" }, "Created virtual machine vm in resource group g"],
  ["Microsoft.Compute/virtualMachines/read", "viewed", {}, "Read virtual machine vm in resource group g"],
  ["microsoft.compute/virtualmachines/delete", "deleted", {}, "Deleted virtual machine vm in resource group g"],
  ["Microsoft.Compute/virtualMachines/runCommand/action", "executed", {}, "Ran command: virtual machine vm in resource group g"],
  ["MICROSOFT.COMPUTE/VIRTUALMACHINES/RUNCOMMAND/ACTION", "executed", {}, "Ran command: virtual machine vm in resource group g"],
  ["microsoft.storage/storageaccounts/regeneratekey/action", "updated", {}, "Regenerated key: virtual machine vm in resource group g"],
  ["Microsoft.Storage/storageAccounts/listKeys/action", "viewed", {}, "Listed keys: virtual machine vm in resource group g"],
  ["Microsoft.Authorization/roleAssignments/write", "granted", {}, "Created or updated virtual machine vm in resource group g"],
  ["Microsoft.Authorization/roleAssignments/delete", "revoked", {}, "Deleted virtual machine vm in resource group g"],
  ["Microsoft.Compute/virtualMachines/delete", "deleted", { resultType: "Start" }, "Deleted virtual machine vm in resource group g (started)"],
  ["Microsoft.Thing/whoknows/action", "other", {}, "Microsoft.Thing/whoknows/action vm in resource group g"],
])("%s is %s", (operationName, operation, more, description) => {
  const resourceId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm";
  expect(mapOne(azureActivity, { operationName, resourceId, ...more })).toMatchObject({ operation, description });
});

test("word breaks come from the spelling that has them, else from the table", () => {
  expect(typeWords("microsoft.x/virtualhubs", ["/PROVIDERS/X/VIRTUALHUBS/h", "Microsoft.X/virtualHubs/write"])).toEqual(["virtual", "hub"]);
  expect(typeWords("microsoft.storage/storageaccounts", ["MICROSOFT.STORAGE/STORAGEACCOUNTS/WRITE"])).toEqual(["storage", "account"]);
  expect(typeWords("microsoft.x/constructor", [])).toEqual(["constructor"]);
});

test("begin and end of one request share an operation id; the correlation id is the request", () => {
  const started = read({ correlationId: "c", resultType: "Start" });
  const ended = read({ correlationId: "c", resultType: "Success" });
  expect(started.operation_id).toBe(ended.operation_id);
  expect(started.operation_id).not.toBe(read({ operationName: "Microsoft.Compute/disks/write", correlationId: "c" }).operation_id);
  expect(read({ correlationId: "c", operationId: "o" })).toMatchObject({ operation_id: "o", context: { request_id: "c" } });
});

test("the REST answer reads as well: values in objects, caller, HTTP request, id of the event", () => {
  const record: Json = {
    eventDataId: "e-1",
    eventTimestamp: "2024-12-17T10:30:00.1234567Z",
    operationName: { value: "Microsoft.Compute/virtualMachines/delete", localizedValue: "Delete Virtual Machine" },
    status: { value: "Succeeded" },
    subStatus: { value: "" },
    caller: "alice@x.io",
    httpRequest: { clientIpAddress: "203.0.113.7", method: "DELETE" },
    claims: { sid: "session-1" },
    correlationId: "c",
  };
  expect(azureActivity.toEvents(record, { index: 0 })).toMatchObject([
    {
      vendorId: "e-1",
      event: {
        action: "microsoft.compute.virtualmachines.delete",
        occurred_at: "2024-12-17T10:30:00.123Z",
        status: "success",
        actor: { type: "user", email: "alice@x.io" },
        context: { ip: "203.0.113.7", session_id: "session-1", request_id: "c" },
      },
    },
  ]);
});

test("exports are known by correlation, time, operation and result; storage logs by their content", () => {
  const idOf = (record: JsonObject) => azureActivity.toEvents({ operationName: "Microsoft.X/y/WRITE", ...record }, { index: 0 });
  expect(idOf({ correlationId: "c", time: "2024-12-17T10:30:00.0000001Z", resultType: "Start" })).toMatchObject([
    { vendorId: "c 2024-12-17T10:30:00.0000001Z x/y/write Start" },
  ]);
  expect(idOf({ time: "2024-12-17T10:30:00Z" })).toMatchObject([{ vendorId: null }]);
  // Of 120 records here two are alike but for their request: invented events, which the upload reports as conflicts.
  expect(new Set(lines.flatMap(({ vendorId }) => vendorId ?? [])).size).toBe(118);
});

test("the caller's port is left out, an agent and a duration come from the storage log, JSON in texts is opened", () => {
  const event = read({
    callerIpAddress: "[2001:db8::1]:443",
    durationMs: 0,
    properties: { userAgentHeader: "curl/8", serverLatencyMs: 11, requestbody: '{"properties":{"publicAccess":"Blob"}}' },
  });
  expect(event).toMatchObject({
    context: { ip: "2001:db8::1", user_agent: "curl/8" },
    metadata: { properties: { requestbody: { properties: { publicAccess: "Blob" } } } },
  });
  expect(event.duration_ms).toBeUndefined();
  expect(read({ durationMs: "78" }).duration_ms).toBe(78);
});

describe("a cluster's audit log inside properties.log", () => {
  const log = {
    kind: "Event",
    auditID: "a-1",
    stage: "ResponseComplete",
    verb: "create",
    user: { username: "alice@x.io" },
    sourceIPs: ["203.0.113.9"],
    userAgent: "kubectl/v1.28",
    objectRef: { resource: "pods", subresource: "exec", namespace: "prod", name: "db-0" },
    responseStatus: { code: 403, reason: "Forbidden", message: "no" },
    requestReceivedTimestamp: "2024-12-17T10:30:00.123456Z",
  };
  const wrapped = (more: JsonObject = {}) =>
    azureActivity.toEvents(
      {
        operationName: "Microsoft.ContainerService/managedClusters/diagnosticLogs/Read",
        category: "kube-audit",
        resourceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c",
        properties: { log: JSON.stringify({ ...log, ...more }) },
      },
      { index: 0 },
    );

  test("is told as what was done in the cluster", () => {
    expect(wrapped()).toMatchObject([
      {
        vendorId: "a-1 ResponseComplete",
        event: {
          action: "kubernetes.pods.exec.create",
          operation: "executed",
          status: "failed",
          error: { code: "Forbidden", message: "no" },
          occurred_at: "2024-12-17T10:30:00.123Z",
          actor: { type: "user", name: "alice@x.io" },
          resource: { type: "pod", id: "prod/pods/db-0", name: "db-0" },
          related_resources: [{ type: "microsoft.containerservice/managedclusters", name: "c" }, {}, {}],
          context: { ip: "203.0.113.9", user_agent: "kubectl/v1.28", request_id: "a-1" },
          metadata: { properties: { log: { auditID: "a-1" } } },
        },
      },
    ]);
  });

  test.each<[JsonObject, object]>([
    [{ user: { username: "system:serviceaccount:prod:ci" } }, { actor: { type: "service_user" } }],
    [{ user: { username: "system:kube-scheduler" } }, { actor: { type: "system" } }],
    [{ user: { username: "system:anonymous" } }, { actor: { type: "anonymous" } }],
    [{ impersonatedUser: { username: "bob@x.io" } }, { actor: { name: "alice@x.io" }, on_behalf_of: [{ name: "bob@x.io" }] }],
    [
      { verb: "watch", objectRef: { resource: "secrets", namespace: "prod" } },
      { operation: "viewed", resource: { type: "namespace", name: "prod" } },
    ],
    [{ verb: "deletecollection", objectRef: { resource: "pods", namespace: "prod" } }, { operation: "deleted" }],
    [
      { stage: "ResponseStarted", responseStatus: { code: 200 } },
      { status: "in_progress", operation_id: "a-1" },
    ],
  ])("%j", (more, expected) => {
    expect(wrapped(more)).toMatchObject([{ event: expected }]);
  });

  test("any other text stays what it is", () => {
    expect(read({ properties: { log: "I1217 10:30:00 controller started" } })).toMatchObject({
      action: "microsoft.compute.virtualmachines.write",
      metadata: { properties: { log: "I1217 10:30:00 controller started" } },
    });
  });
});
