import { afterAll, beforeAll, expect, test } from "vitest";
import { lastOf, post } from "../../../test/sign-in-calls.ts";
import { callTrpc, ownerEmail, ownerPassword, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
let clock = new Date();
beforeAll(async () => {
  api = await testApi({ now: () => clock });
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

const origin = "http://localhost:4747";
const inAcme = (path: string, { cookie = owner.cookie, input, mutation = false }: { cookie?: string; input?: unknown; mutation?: boolean } = {}) =>
  callTrpc(api, path, { cookie, organizationId: owner.organizationId, mutation, headers: { origin }, ...(input !== undefined && { input }) });
const rule = (statement: string) =>
  api.platform.store.platform.execute(`insert into sign_in_rules (organization_id, updated_at) values ('${owner.organizationId}', now())
  on conflict (organization_id) do update set ${statement}`);
const me = async (cookie = owner.cookie) =>
  (await callTrpc(api, "session.me", { cookie })).data as { organizations: { barred: { code: string } | null; grants: string[] }[] };

test("who has no second factor sees their account and nothing else, in every organization that asks for one", async () => {
  const refused = await inAcme("security.update", { input: { requireTwoFactor: true }, mutation: true });
  expect([refused.status, refused.refusal]).toMatchObject([409, { code: "conflict", path: "requireTwoFactor" }]);
  await rule("require_two_factor = false");
  await rule("require_two_factor = true");
  expect((await me()).organizations[0]).toMatchObject({ barred: { code: "second_factor_needed" }, grants: ["account:manage"] });
  for (const path of ["events.list", "security.get", "tokens.list", "signInProviders.list", "catalog.list"]) {
    const answer = await inAcme(path, { input: {} });
    expect([path, answer.status, answer.refusal?.code]).toEqual([path, 403, "second_factor_needed"]);
  }
  expect((await inAcme("account.get")).status).toBe(200);
  expect(await lastOf(api, owner.organizationId, "access_denied")).toMatchObject({ error: { code: "second_factor_needed" } });
});

test("whoever turns one on is let in at once", async () => {
  await api.platform.store.platform.execute(
    `insert into second_factors (user_id, secret, confirmed_at, created_at) select id, 'x', now(), now() from users where email = '${ownerEmail}'`,
  );
  expect((await me()).organizations[0]?.barred).toBeNull();
  expect((await inAcme("security.get")).data).toMatchObject({ requireTwoFactor: true });
  await api.platform.store.platform.execute("delete from second_factors");
});

test("a session that is older than the organization wants is asked for a new sign-in, which helps", async () => {
  await rule("require_two_factor = false, session_hours_max = 8");
  expect((await me()).organizations[0]?.barred).toBeNull();
  clock = new Date(clock.getTime() + 9 * 3_600_000);
  expect((await me()).organizations[0]?.barred).toMatchObject({ code: "sign_in_again" });
  const answer = await inAcme("events.list", { input: {} });
  expect([answer.status, answer.refusal?.code]).toEqual([403, "sign_in_again"]);
  const { cookie } = await post(api, "sign-in/email", { email: ownerEmail, password: ownerPassword }, { headers: { origin } });
  expect((await me(cookie)).organizations[0]?.barred).toBeNull();
});
