import { createServiceUser, perform, rotateToken } from "@daybook/services";
import type { Context } from "@daybook/services";
import { memberKeyScopes, tokenScopes } from "@daybook/policy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newKey, newToken, testMember, testOrganization } from "../../../test/organization.ts";
import { testApi } from "../../../test/test-api.ts";
import type { TestApi } from "../../../test/test-api.ts";
import { cachedMs } from "../gate/authenticate.ts";

let clockMs = 0;
let api: TestApi;
let owner: Context;
let member: Context;
beforeAll(async () => {
  api = await testApi({ tokenClock: () => clockMs });
  owner = await testOrganization(api);
  member = await testMember(api, owner, "member");
});
afterAll(() => api.close());

async function ask(token: string, route = "GET /v1/token") {
  const [method = "", path = ""] = route.split(" ");
  const response = await fetch(api.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(method === "POST" && { "content-type": "application/json" }) },
    ...(method === "POST" && { body: '{"action":"asked"}' }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test("a token is told what it is, by whatever scope", async () => {
  const { id, token, expiresAt } = await newToken(api, owner, { name: "siem pull", scopes: ["events:read"], allowedCidrs: ["127.0.0.0/8"], source: "siem" });
  const { status, body } = await ask(token);
  expect(status).toBe(200);
  expect(body).toEqual({
    id,
    name: "siem pull",
    kind: "workspace",
    scopes: ["events:read"],
    organization: { id: owner.viewer.organizationId, name: expect.stringMatching(/^Org /) as string, slug: expect.stringMatching(/^org-/) as string },
    service_user: null,
    allowed_cidrs: ["127.0.0.0/8"],
    source: "app:siem",
    expires_at: expiresAt,
    rotated: false,
  });
});

test("so are a member's key, a token of a service user, and a secret on its way out", async () => {
  const key = await newKey(api, member);
  expect((await ask(key.token)).body).toMatchObject({ id: key.id, kind: "member_key", scopes: ["events:write"] });
  const serviceUser = await perform(api.platform, owner, createServiceUser, { name: "svc-dbt" });
  const token = await newToken(api, owner, { serviceUserId: serviceUser.id });
  expect((await ask(token.token)).body).toMatchObject({ service_user: { id: serviceUser.id, name: "svc-dbt" } });
  const rotated = await perform(api.platform, owner, rotateToken, { tokenId: token.id });
  clockMs += cachedMs;
  expect((await ask(token.token)).body).toMatchObject({ id: token.id, rotated: true, expires_at: rotated.formerExpiresAt });
  expect((await ask(rotated.token)).body).toMatchObject({ id: token.id, rotated: false });
});

test("nobody without a valid token is told anything", async () => {
  for (const text of ["", "wrong", `dbk_live_ws${"0".repeat(49)}`]) expect((await ask(text)).status).toBe(401);
});

describe("each scope opens its routes and no other", () => {
  const routes = {
    "POST /v1/events": ["events:write"],
    "GET /v1/events?limit=1": ["events:read"],
    "GET /v1/operations": ["events:read"],
    "GET /v1/token": [...tokenScopes],
  } as const satisfies Record<string, readonly (typeof tokenScopes)[number][]>;

  test.each(tokenScopes)("%s of a workspace token", async (scope) => {
    const { token } = await newToken(api, owner, { scopes: [scope] });
    for (const [route, scopes] of Object.entries(routes))
      expect({ route, status: (await ask(token, route)).status }).toEqual({ route, status: (scopes as readonly string[]).includes(scope) ? 200 : 403 });
  });

  test.each(memberKeyScopes)("%s of a member's key, which never reads the log", async (scope) => {
    const { token } = await newKey(api, member, { scopes: [scope] });
    for (const route of Object.keys(routes)) {
      const open = route === "GET /v1/token" || (route === "POST /v1/events" && scope === "events:write");
      const { status, body } = await ask(token, route);
      expect({ route, status }).toEqual({ route, status: open ? 200 : 403 });
      if (route.startsWith("GET /v1/events")) expect(String(body["detail"])).toMatch(/only workspace tokens, which admins create/i);
    }
  });
});

test("the route is in the reference", async () => {
  const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as { paths: Record<string, unknown>; components: { schemas: object } };
  expect(Object.keys(document.paths)).toContain("/v1/token");
  expect(Object.keys(document.components.schemas)).toContain("Token");
});
