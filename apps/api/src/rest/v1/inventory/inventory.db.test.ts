import type { AuditEvent } from "@daybook/event";
import { sharedActs, sharedKinds } from "@daybook/policy";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { joinMember } from "../../../../test/join-member.ts";
import { callTrpc, logOf, setUpOwner, testApi } from "../../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
let token: string;
let reader: string;
let ann: string;
let from = 0;

beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
  ann = await joinMember(api, owner, "ann@example.com");
  token = await tokenOf("access:read", "access:write");
  reader = await tokenOf("access:read");
});
beforeEach(async () => {
  from = (await logOf(api, owner.organizationId)).length;
});
afterAll(() => api.close());

async function tokenOf(...scopes: string[]): Promise<string> {
  const input = { name: scopes.join(" "), scopes };
  const made = await callTrpc(api, "tokens.create", { input, mutation: true, cookie: owner.cookie, organizationId: owner.organizationId });
  return (made.data as { token: string }).token;
}

async function call(method: string, path: string, body?: unknown, as = token) {
  const response = await fetch(`${api.url}/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${as}`, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Record<string, unknown> };
}

/** What this test has written into the log. */
const written = async (): Promise<AuditEvent[]> => (await logOf(api, owner.organizationId)).slice(from);
const actions = async () => (await written()).map(({ action }) => action);

test("each documented act on groups goes by the API, is recorded as the token's, and is done again without an event", async () => {
  for (let time = 0; time < 2; time += 1) {
    expect((await call("PUT", "groups/external:g-1", { name: "Data team" })).status).toBe(time === 0 ? 201 : 200);
    expect((await call("PUT", "groups/external:g-1", { description: "Models" })).status).toBe(200);
    expect((await call("PUT", "groups/external:g-1/members/ann@example.com")).status).toBe(204);
  }
  for (let time = 0; time < 2; time += 1) expect((await call("DELETE", `groups/external:g-1/members/${ann}`)).status).toBe(204);
  expect((await call("DELETE", "groups/external:g-1")).status).toBe(204);
  expect((await call("DELETE", "groups/external:g-1")).status).toBe(404);
  expect(await actions()).toEqual(["group_created", "group_updated", "group_member_added", "group_member_removed", "group_deleted"]);
  for (const { actor, origin, source } of await written())
    expect([actor.type, actor.name, origin, source]).toEqual(["api_key", "access:read access:write", "api", "daybook"]);
});

describe.each(sharedKinds)("/v1/$area", (kind) => {
  const { area } = kind;

  test("walks every documented act, and each event has its exact key and what was before and after", async () => {
    await call("PUT", "groups/external:team", { name: "Team" });
    from = (await logOf(api, owner.organizationId)).length;
    const made = await call("POST", area, { name: "Sales", kind: "postgres", external_id: "x/1" });
    expect(made.status).toBe(201);
    const thing = `${area}/external:x%2F1`;
    const steps: [string, string, unknown][] = [
      ["PUT", thing, { description: "All of sales" }],
      ["PUT", `${thing}/members/${ann}`, { access: "view" }],
      ["PUT", `${thing}/members/ann@example.com`, { access: "query" }],
      ["PUT", `${thing}/groups/external:team`, { access: "view" }],
      ["PUT", `${thing}/groups/external:team`, { access: "manage" }],
      ["DELETE", `${thing}/members/${ann}`, undefined],
      ["DELETE", `${thing}/groups/external:team`, undefined],
      ["DELETE", thing, undefined],
    ];
    for (const [method, path, body] of steps) {
      const { status } = await call(method, path, body);
      expect([method, path, status]).toEqual([method, path, path === thing && method === "PUT" ? 200 : 204]);
    }
    const log = await written();
    expect(log.map(({ action }) => action).toSorted()).toEqual(sharedActs.map((act) => kind.actions[act]).toSorted());
    const fieldsOf = (act: (typeof sharedActs)[number]) => log.find(({ action }) => action === kind.actions[act])?.changes?.fields;
    const path = kind.accessField;
    expect(fieldsOf("memberAccessChanged")).toEqual([{ path, before: "view", after: "query" }]);
    expect(fieldsOf("groupAccessChanged")).toEqual([{ path, before: "view", after: "manage" }]);
    expect(fieldsOf("memberAdded")).toEqual([{ path, after: "view" }]);
    expect(fieldsOf("groupRemoved")).toEqual([{ path, before: "manage" }]);
    for (const { resource } of log) expect(resource).toEqual({ type: kind.type, id: made.body["id"], name: "Sales" });
  });

  test("tells a thing, its entries, and who may use it and why", async () => {
    await call("PUT", "groups/external:why", { name: "Why team" });
    await call("PUT", `groups/external:why/members/${ann}`);
    await call("PUT", `${area}/external:told`, { name: "Told", kind: "bigquery" });
    await call("PUT", `${area}/external:told/groups/external:why`, { access: "query" });
    expect((await call("GET", `${area}/external:told`, undefined, reader)).body).toMatchObject({
      name: "Told",
      kind: "bigquery",
      external_id: "told",
      members: 0,
      groups: 1,
    });
    expect((await call("GET", `${area}?q=tol`, undefined, reader)).body).toMatchObject({ [area]: [{ name: "Told" }], next_cursor: null });
    expect((await call("GET", `${area}/external:told/groups`, undefined, reader)).body).toMatchObject({
      groups: [{ name: "Why team", access: "query", members: 1 }],
    });
    expect((await call("GET", `${area}/external:told/members`, undefined, reader)).body).toEqual({ members: [], next_cursor: null });
    expect((await call("GET", `${area}/external:told/access`, undefined, reader)).body).toMatchObject({
      users: [{ user_id: ann, access: "query", by: "group", reason: "by group Why team: Query" }],
      total: 1,
      default_access: "none",
    });
    const own = await call("GET", `members/ann@example.com/access?type=${kind.type}`, undefined, reader);
    expect(own.body).toMatchObject({ member: { user_id: ann }, groups: [{ name: "Why team" }], uses: [{ type: kind.type, name: "Told", access: "query" }] });
    await call("DELETE", "groups/external:why");
    await call("DELETE", `${area}/external:told`);
  });

  test.each([
    ["POST", "", { name: "" }, 400, "invalid", "name"],
    ["POST", "", { name: "Ok", extra: 1 }, 400, "invalid", undefined],
    ["POST", "", "{", 400, "malformed_json", undefined],
    ["POST", "", '"text"', 400, "invalid", undefined],
    ["POST", "", { name: "Ok", external_id: "a\u0000b" }, 400, "invalid", "external_id"],
    ["PUT", "/external:new", {}, 400, "invalid", "name"],
    ["PUT", "/nonsense", { name: "x" }, 400, "invalid", "id"],
    ["PUT", "/external:a%00b", { name: "x" }, 400, "invalid", "id"],
    ["PUT", `/external:x/members/nobody`, { access: "view" }, 400, "invalid", "user"],
    ["PUT", `/external:x/members/nobody@example.com`, { access: "own" }, 400, "invalid", "access"],
    ["PUT", `/external:x/members/nobody@example.com`, { access: "view" }, 404, "not_found", undefined],
    ["GET", "?limit=0", undefined, 400, "invalid", "limit"],
    ["GET", "?cursor=nonsense", undefined, 400, "invalid", "cursor"],
    ["GET", "?colour=red", undefined, 400, "invalid", undefined],
    ["GET", "/01930000-0000-7000-8000-000000000000", undefined, 404, "not_found", undefined],
  ])("%s %s with %j answers with the problem %i %s at %s", async (method, path, body, status, code, field) => {
    const answer = await call(method, `${area}${path}`, body);
    expect([answer.status, answer.body["code"], answer.body["path"]]).toEqual([status, code, field]);
  });

  test("a name or an external id that is taken is a conflict that names the field", async () => {
    await call("POST", area, { name: "Taken", external_id: "t-1" });
    await call("POST", area, { name: "Plain" });
    expect((await call("POST", area, { name: "plain" })).body).toMatchObject({ code: "conflict", path: "name" });
    expect((await call("POST", area, { name: "Other", external_id: "t-1" })).body).toMatchObject({ code: "conflict", path: "external_id" });
  });
});

test("two who put the same thing at once make it once", async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => call("PUT", "collections/external:race", { name: "Race" })));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 200, 200, 201]);
  expect(await actions()).toEqual(["collection_created"]);
});

test("the default access is read and set, once", async () => {
  for (let time = 0; time < 2; time += 1) expect((await call("PUT", "default-access", { access: "view" })).status).toBe(204);
  expect((await call("GET", "default-access", undefined, reader)).body).toMatchObject({ access: "view", members: 2 });
  expect(await actions()).toEqual(["workspace_default_access_changed"]);
  await call("PUT", "default-access", { access: "none" });
});

test("a token that only reads changes nothing, one that only writes events reads nothing, and both denials are in the log", async () => {
  const writer = await tokenOf("events:write");
  from = (await logOf(api, owner.organizationId)).length;
  for (const [method, path, body] of [
    ["POST", "groups", { name: "No" }],
    ["POST", "connections", { name: "No" }],
    ["PUT", "default-access", { access: "manage" }],
    ["PUT", "collections/external:race/members/ann@example.com", { access: "manage" }],
  ] as const)
    expect((await call(method, path, body, reader)).body).toMatchObject({ code: "forbidden", detail: expect.stringContaining("access:write") as unknown });
  for (const path of ["groups", "collections", "connections", "default-access", `members/${ann}/access`])
    expect((await call("GET", path, undefined, writer)).body).toMatchObject({ code: "forbidden", detail: expect.stringContaining("access:read") as unknown });
  expect(new Set(await actions())).toEqual(new Set(["access_denied"]));
  expect((await call("GET", "groups", undefined, "dbk_live_ws_nobody")).status).toBe(401);
});

test("a member's own key may ask for that member alone; any other, real or not, is the same refusal", async () => {
  const input = { name: "laptop", scopes: ["access:read"] };
  const made = await callTrpc(api, "keys.generate", { input, mutation: true, cookie: owner.cookie, organizationId: owner.organizationId });
  const key = (made.data as { token: string }).token;
  const own = await call("GET", "members/me/access", undefined, key);
  expect([own.status, own.body]).toMatchObject([200, { member: { email: "ada@example.com" } }]);
  const { user_id: ada } = own.body["member"] as { user_id: string };
  expect((await call("GET", `members/${ada}/access`, undefined, key)).status).toBe(200);
  for (const user of [ann, "nobody@example.com", "01930000-0000-7000-8000-000000000000"])
    expect((await call("GET", `members/${user}/access`, undefined, key)).body).toMatchObject({ code: "forbidden" });
  for (const path of ["groups", "collections", "connections", "default-access"]) expect((await call("GET", path, undefined, key)).status).toBe(403);
  expect((await call("PUT", "collections/external:mine", { name: "Mine" }, key)).status).toBe(403);
});

test("the console's procedures answer the owner, and refuse a member by the same policy", async () => {
  const asOwner = (path: string, input: unknown) => callTrpc(api, path, { input, cookie: owner.cookie, organizationId: owner.organizationId });
  expect((await asOwner("collections.list", {})).data).toMatchObject({ nextCursor: null });
  expect((await asOwner("connections.who", { objectId: "external:none" })).refusal).toMatchObject({ code: "not_found" });
  expect((await asOwner("access.people", { containing: "ann@" })).data).toMatchObject({ people: [{ userId: ann }] });
  expect((await asOwner("access.mine", {})).data).toMatchObject({ uses: [] });
});
