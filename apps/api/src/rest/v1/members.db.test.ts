import type { Context } from "@daybook/services";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newKey, newToken, testMember, testOrganization } from "../../../test/organization.ts";
import { testApi } from "../../../test/test-api.ts";
import type { TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Context;
let token: string;
beforeAll(async () => {
  api = await testApi();
  owner = await testOrganization(api);
  for (let n = 0; n < 4; n += 1) await testMember(api, owner, "member");
  ({ token } = await newToken(api, owner, { name: "reader", scopes: ["access:read"] }));
});
afterAll(() => api.close());

async function ask(query: string, bearer = token) {
  const response = await fetch(`${api.url}/v1/members${query}`, { headers: { authorization: `Bearer ${bearer}` } });
  return { status: response.status, body: (await response.json()) as { code?: string; members: { id: string; role: string }[]; next_cursor: string | null } };
}

test("a token with access:read lists members page by page, each once", async () => {
  const found: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const { status, body } = await ask(`?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    expect(status).toBe(200);
    found.push(...body.members.map(({ id }) => id));
    cursor = body.next_cursor;
  }
  expect([found.length, new Set(found).size]).toEqual([5, 5]);
  expect((await ask("?role=owner")).body.members).toMatchObject([{ id: owner.viewer.actor.id, role: "owner", status: "active", teams: [], two_factor: false }]);
});

test("another scope is refused, a member's own key as well, and so is a parameter that is none", async () => {
  const { token: writer } = await newToken(api, owner, { name: "writer", scopes: ["events:write", "events:read"] });
  expect(await ask("", writer)).toMatchObject({ status: 403, body: { code: "forbidden" } });
  const { token: key } = await newKey(api, await testMember(api, owner, "member"), { name: "laptop", scopes: ["access:read"] });
  expect(await ask("", key)).toMatchObject({ status: 403, body: { code: "forbidden" } });
  for (const query of ["?limit=0", "?limit=101", "?role=king", "?cursor=zz", "?who=me", "?search=%00"])
    expect([query, await ask(query)]).toMatchObject([query, { status: 400, body: { code: "invalid" } }]);
});

test("members of other organizations are not in the list", async () => {
  const other = await testOrganization(api);
  const { body } = await ask("?limit=100");
  expect(body.members.map(({ id }) => id)).not.toContain(other.viewer.actor.id);
});
