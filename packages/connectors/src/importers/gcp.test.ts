import { describe, expect, test } from "vitest";
import type { Json } from "@daybook/event";
import text from "../../fixtures/gcp-audit.ndjson?raw";
import { at, knownAt, objectAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { fillOf, mapAll, mapOne, rateOf } from "../testing.ts";
import { pathResources } from "./gcp-resources.ts";
import { gcp } from "./gcp.ts";

const records = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as JsonObject);
const lines = mapAll(gcp, text);
const read = (payload: JsonObject, record: JsonObject = {}) => mapOne(gcp, { protoPayload: { methodName: "SetIamPolicy", ...payload }, ...record });

test("every line and every item of the containers becomes one event with an action and an actor", () => {
  expect(lines).toHaveLength(98);
  for (const { event } of lines) expect(event).toMatchObject({ action: expect.any(String), actor: { type: expect.any(String) }, log_type: "activity" });
  const list = records.map((record) => JSON.stringify(record)).join(",\n");
  expect(mapAll(gcp, `{"entries":[${list}],"nextPageToken":"x"}`)).toEqual(lines);
  expect(mapAll(gcp, `[${list}]`)).toEqual(lines);
});

test("the fields are as full as the records are, and nothing of a real record is cut", () => {
  expect({
    ...fillOf(lines),
    source: Math.round(rateOf(lines, ({ event }) => event.metadata?.["source_address"]) * lines.length),
  }).toEqual({ time: 88, actor: 83, resource: 97, ip: 68, source: 1, agent: 53, failed: 5, changes: 16, id: 64, other: 2, cut: 0 });
});

test("each record's method, caller and code are those of its event, wherever the record says them plainly", () => {
  for (const [index, record] of records.entries()) {
    const event = lines[index]?.event;
    const payload = objectAt(record, "protoPayload");
    const method = knownAt(payload, "methodName");
    if (method !== undefined) expect(event?.action).toBe(method);
    const email = knownAt(payload, "authenticationInfo", "principalEmail");
    if (email !== undefined) expect(event?.actor?.name).toBe(email);
    expect(event?.status === "failed").toBe((at(payload, "status", "code") ?? 0) !== 0);
    const address = knownAt(payload, "requestMetadata", "callerIp");
    if (address !== undefined) expect([event?.context?.ip, event?.metadata?.["source_address"]]).toContain(address);
  }
});

describe("who", () => {
  test.each<[string, JsonObject, object]>([
    [
      "a person",
      { principalEmail: "alice@x.io", principalSubject: "user:alice@x.io" },
      { type: "user", id: "alice@x.io", name: "alice@x.io", email: "alice@x.io" },
    ],
    ["a service account", { principalEmail: "ci@p.iam.gserviceaccount.com" }, { type: "service_user", name: "ci@p.iam.gserviceaccount.com" }],
    ["an account that only the subject tells", { principalEmail: "ci@x.io", principalSubject: "serviceAccount:ci@x.io" }, { type: "service_user" }],
    ["Google's own agent", { principalEmail: "service-agent-manager@system.gserviceaccount.com" }, { type: "system" }],
    ["a controller of Kubernetes", { principalEmail: "system:node:gke-1" }, { type: "system", name: "system:node:gke-1" }],
    ["an account of Kubernetes", { principalEmail: "system:serviceaccount:ns:ci" }, { type: "service_user", name: "system:serviceaccount:ns:ci" }],
    [
      "a federated person",
      { principalSubject: "principal://iam.googleapis.com/locations/global/workforcePools/p/subject/alice" },
      { type: "user", id: "principal://iam.googleapis.com/locations/global/workforcePools/p/subject/alice", name: "alice" },
    ],
    [
      "a federated workload",
      { principalSubject: "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/repo" },
      { type: "service_user", name: "repo" },
    ],
    ["nobody known", {}, { type: "anonymous" }],
  ])("%s", (_who, authenticationInfo, actor) => {
    expect(read({ authenticationInfo }).actor).toMatchObject(actor);
  });

  test("Google's maintenance is the system's, an application's log the application's", () => {
    expect(read({}, { logName: "projects/p/logs/cloudaudit.googleapis.com%2Fsystem_event" }).actor).toEqual({ type: "system", name: "Google Cloud" });
    expect(mapOne(gcp, { logName: "projects/p/logs/app", textPayload: "hello" })).toMatchObject({
      action: "app",
      actor: { type: "system", name: "app" },
      description: "app: hello",
    });
  });

  test("who used a service account's identity is named, the nearest first", () => {
    const serviceAccountDelegationInfo = ["alice@x.io", "ci@p.iam.gserviceaccount.com"].map((principalEmail) => ({ firstPartyPrincipal: { principalEmail } }));
    const event = read({ authenticationInfo: { principalEmail: "deploy@p.iam.gserviceaccount.com", serviceAccountDelegationInfo } });
    expect(event.on_behalf_of?.map(({ type, name }) => [type, name])).toEqual([
      ["service_user", "ci@p.iam.gserviceaccount.com"],
      ["user", "alice@x.io"],
    ]);
  });
});

test.each<[string, JsonObject, JsonObject, string, string | undefined]>([
  ["no status", {}, {}, "success", undefined],
  ["an empty status", { status: {} }, {}, "success", undefined],
  ["a message without a code", { status: { message: "OK" } }, {}, "success", undefined],
  ["code 0", { status: { code: 0 } }, {}, "success", undefined],
  ["code 7", { status: { code: 7, message: "denied" } }, {}, "failed", "PERMISSION_DENIED"],
  ["an unknown code", { status: { code: 99 } }, {}, "failed", "99"],
  ["a job's error", { metadata: { jobChange: { job: { jobStatus: { errorResult: { code: "11" } } } } } }, {}, "failed", "11"],
  ["the beginning of an operation", {}, { operation: { id: "o", first: true } }, "in_progress", undefined],
  ["a beginning that failed", { status: { code: 5 } }, { operation: { id: "o", first: true } }, "failed", "NOT_FOUND"],
  ["the end of an operation", {}, { operation: { id: "o", last: true } }, "success", undefined],
  ["a whole operation", {}, { operation: { id: "o", first: true, last: true } }, "success", undefined],
])("%s", (_what, payload, record, status, code) => {
  const event = read(payload, record);
  expect([event.status, event.error?.code]).toEqual([status, code]);
});

test("begin and end of one operation share its id, a whole one needs none", () => {
  expect(read({}, { operation: { id: "o-1", first: true } })).toMatchObject({ operation_id: "o-1", description: "Set IAM policy (started)" });
  expect(read({}, { operation: { id: "o-1", last: true } }).operation_id).toBe("o-1");
  expect(read({}, { operation: { id: "o-1", first: true, last: true } }).operation_id).toBeUndefined();
});

test.each([
  [
    "projects/p/zones/z/instances/i",
    [
      ["instance", "i"],
      ["project", "p"],
    ],
  ],
  [
    "//compute.googleapis.com/projects/p/global/networks/n",
    [
      ["network", "n"],
      ["project", "p"],
    ],
  ],
  [
    "projects/_/buckets/b/objects/a/b.csv",
    [
      ["object", "a/b.csv"],
      ["bucket", "b"],
    ],
  ],
  ["projects/-/serviceAccounts/123", [["service_account", "123"]]],
  [
    "projects/p/locations/us/keyRings/r/cryptoKeys/k",
    [
      ["crypto_key", "k"],
      ["key_ring", "r"],
      ["project", "p"],
    ],
  ],
  [
    "projects/p/jobs",
    [
      ["job", undefined],
      ["project", "p"],
    ],
  ],
  [
    "core/v1/namespaces/ns/pods/p/exec",
    [
      ["pod", "p"],
      ["namespace", "ns"],
    ],
  ],
  ["rbac.authorization.k8s.io/v1/clusterrolebindings/admin", [["clusterrolebinding", "admin"]]],
  [
    "projects/1/iap_tunnel/zones/z/instances/9",
    [
      ["instance", "9"],
      ["project", "1"],
    ],
  ],
  ["...", []],
  ["1234567890", []],
])("the objects of %s", (name, expected) => {
  expect(pathResources(name).map((resource) => [resource.type, resource.name])).toEqual(expected);
});

test("a new service account is the object, not the project that it is made in", () => {
  const event = read(
    { methodName: "google.iam.admin.v1.CreateServiceAccount", resourceName: "projects/p" },
    { resource: { type: "service_account", labels: { email_id: "ci@p.iam.gserviceaccount.com", unique_id: "1", project_id: "p" } } },
  );
  expect(event).toMatchObject({
    resource: { type: "service_account", id: "1", name: "ci@p.iam.gserviceaccount.com" },
    related_resources: [{ type: "project", name: "p" }],
    description: "Created service account ci@p.iam.gserviceaccount.com in project p",
  });
});

describe("changes", () => {
  test("a policy change gives each role the members that it got or lost, and names them as resources", () => {
    const bindingDeltas = [
      { action: "ADD", role: "roles/owner", member: "user:a@x.io" },
      { action: "ADD", role: "roles/owner", member: "group:g@x.io" },
      { action: "REMOVE", role: "roles/viewer", member: "serviceAccount:s@x.io" },
    ];
    const event = read({ resourceName: "projects/p", serviceData: { policyDelta: { bindingDeltas } } });
    expect(event.changes?.fields).toEqual([
      { path: "roles/owner", after: ["user:a@x.io", "group:g@x.io"] },
      { path: "roles/viewer", before: ["serviceAccount:s@x.io"] },
    ]);
    expect(event.related_resources).toEqual([
      { type: "user", name: "a@x.io" },
      { type: "group", name: "g@x.io" },
      { type: "service_account", name: "s@x.io" },
    ]);
    expect(event.operation).toBe("granted");
    expect(read({ serviceData: { policyDelta: { bindingDeltas: bindingDeltas.slice(2) } } }).operation).toBe("revoked");
    expect(read({ metadata: { datasetChange: { bindingDeltas } } }).changes?.fields).toHaveLength(2);
  });

  test.each<[string, JsonObject, Json]>([
    ["keys of an instance's metadata", { metadata: { instanceMetadataDelta: { addedMetadataKeys: ["ssh-keys"] } } }, [{ path: "metadata.ssh-keys" }]],
    ["a job", { metadata: { jobChange: { before: "RUNNING", after: "DONE" } } }, [{ path: "job_state", before: "RUNNING", after: "DONE" }]],
    [
      "a DNS zone",
      { response: { operation: { zoneContext: { oldValue: { ttl: 1, name: "z" }, newValue: { ttl: 2, name: "z" } } } } },
      [{ path: "ttl", before: 1, after: 2 }],
    ],
    [
      "the Admin console's text",
      { metadata: { event: [{ parameter: [{ name: "SSO_CHANGES", value: "Display Name : { oldValue: Test, newValue: Prod}" }] }] } },
      [{ path: "Display Name", before: "Test", after: "Prod" }],
    ],
  ])("%s", (_what, payload, fields) => {
    expect(read(payload).changes?.fields).toEqual(fields);
  });
});

test.each([
  ["v1.compute.instances.insert", "created", "Created instance"],
  ["v1.compute.subnetworks.patch", "updated", "Patched subnetwork"],
  ["dns.managedZones.get", "viewed", "Read managed zone"],
  ["GetIamPolicy", "viewed", "Read IAM policy"],
  ["io.k8s.core.v1.pods.exec.create", "executed", "Executed command in pod"],
  ["google.admin.AdminService.inboundSsoProfileDeleted", "deleted", "Deleted inbound sso profile"],
  ["jobservice.insert", "executed", "Ran job"],
  ["AuthorizeUser", "authenticated", "Authorized user"],
  ["SignJwt", "executed", "Signed jwt"],
  ["made.up.thing", "other", "made.up.thing"],
])("%s is %s", (methodName, operation, description) => {
  expect(read({ methodName })).toMatchObject({ action: methodName, operation, description });
});

test("cut-down records: the method beside the payload, in its metadata, or only a permission", () => {
  expect(mapOne(gcp, { methodName: "v1.compute.firewalls.patch" })).toMatchObject({ action: "v1.compute.firewalls.patch", namespace: "compute" });
  expect(mapOne(gcp, { protopayload: { metadata: { methodName: "M", requestMetadata: { callerIP: "1.2.3.4" } } } })).toMatchObject({
    action: "M",
    context: { ip: "1.2.3.4" },
  });
  const authorizationInfo = [{ permission: "iam.roles.update", resource: "projects/p/roles/R" }];
  expect(mapOne(gcp, { protoPayload: { authorizationInfo } })).toMatchObject({
    action: "iam.roles.update",
    operation: "updated",
    resource: { type: "role", name: "R" },
  });
});

test("BigQuery states rows, bytes and duration of a job, and the tables that were deleted", () => {
  const jobStats = {
    startTime: "2023-03-28T18:37:05.934Z",
    endTime: "2023-03-28T18:37:06.073Z",
    queryStats: { outputRowCount: "7", totalProcessedBytes: "1024" },
  };
  expect(read({ metadata: { jobChange: { job: { jobStats } } } })).toMatchObject({ duration_ms: 139, rows_returned: 7, counts: { bytes_processed: 1024 } });
  expect(read({ metadata: { tableDataChange: { insertedRowsCount: "3", deletedRowsCount: "2" } } }).rows_affected).toBe(5);
  expect(read({ methodName: "InsertJob", metadata: { tableDeletion: { reason: "QUERY" } } }).operation).toBe("deleted");
});

test("an entry is known by insert id, time and log; two spellings of one time are one entry; without a time its content tells", () => {
  const idOf = (record: JsonObject) => gcp.toEvents({ protoPayload: { methodName: "M" }, ...record }, { index: 0 });
  const logName = "projects/p/logs/cloudaudit.googleapis.com%2Factivity";
  const vendorId = `i-1 2024-02-26T17:15:16.314Z ${logName}`;
  expect(idOf({ insertId: "i-1", timestamp: "2024-02-26T17:15:16.314854637Z", logName })).toMatchObject([{ vendorId }]);
  expect(idOf({ insertid: "i-1", timestamp: "2024-02-26 17:15:16.314", logname: logName })).toMatchObject([{ vendorId }]);
  expect(idOf({ insertId: "i-1", logName })).toMatchObject([{ vendorId: null }]);
});
