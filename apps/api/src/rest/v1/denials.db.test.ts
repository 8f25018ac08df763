import { afterAll, beforeAll, expect, test } from "vitest";
import { callTrpc, logOf, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  const now = new Date();
  api = await testApi({ now: () => now });
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

const tokenWith = async (scope: string): Promise<{ id: string; token: string }> => {
  const { data } = await callTrpc(api, "tokens.create", { input: { name: `only ${scope}`, scopes: [scope] }, mutation: true, ...owner });
  return data as { id: string; token: string };
};

test.each([
  ["/v1/events", "events:write", "events.list", "events:read"],
  ["/v1/events?after_seq=0", "events:write", "events.feed", "events:read"],
  ["/v1/operations", "events:write", "operations.list", "events:read"],
  ["/v1/collections", "events:read", "collections.list", "collections:read"],
  ["/v1/connections", "events:read", "connections.list", "connections:read"],
  ["/v1/groups", "events:read", "groups.list", "groups:read"],
  ["/v1/members", "events:read", "members.list", "members:read"],
])("a token that may not read %s is refused, and the refusal is in the log under the route's verb, once a minute", async (path, scope, verb, grant) => {
  const { id, token } = await tokenWith(scope);
  const answers = [];
  for (let times = 0; times < 2; times += 1) answers.push(await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}` } }));
  for (const answer of answers) {
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({
      code: "forbidden",
      detail: expect.stringContaining(`${grant.split(":")[0] === "events" ? "events" : "access"}:read`) as unknown,
    });
  }
  const denials = (await logOf(api, owner.organizationId)).filter(({ action, actor }) => action === "access_denied" && actor.id === id);
  expect(denials).toMatchObject([{ status: "failed", error: { code: "forbidden" }, metadata: { verb, grant }, actor: { type: "api_key" } }]);
});
