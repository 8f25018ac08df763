import { createProvider, perform } from "@daybook/services";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { joinMember } from "../../../test/join-member.ts";
import { testOrganization } from "../../../test/organization.ts";
import { clientId, clientSecret, openHostileProvider } from "../../../test/sign-in-provider.ts";
import type { HostileProvider, Mischief } from "../../../test/sign-in-provider.ts";
import { lastOf } from "../../../test/sign-in-calls.ts";
import { actionsOf, callTrpc, logOf, ownerEmail, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";
import { openBrowser } from "../../../test/test-browser.ts";

const origin = "https://daybook.example";
let api: TestApi;
let owner: Owner;
let provider: HostileProvider;
let providerId: string;

beforeAll(async () => {
  api = await testApi({ origin });
  owner = await setUpOwner(api);
  provider = await openHostileProvider({ email: "mel@example.com", email_verified: true });
  await joinMember(api, owner, "mel@example.com");
  const made = await asOwner("signInProviders.create", { name: "Hostile", issuer: provider.issuer, clientId, clientSecret, emailDomains: ["example.com"] });
  providerId = (made.data as { id: string }).id;
});
afterAll(async () => {
  await provider.close();
  await api.close();
});
beforeEach(() => {
  provider.mischief = {};
});

const asOwner = (path: string, input: unknown, mutation = true) =>
  callTrpc(api, path, { input, mutation, cookie: owner.cookie, organizationId: owner.organizationId, headers: { origin } });
const browser = () => openBrowser({ origin, served: api.url });
const start = () => `/api/auth/oidc/start?organization=${owner.slug}`;
const minute = 60;
const now = () => Math.floor(Date.now() / 1_000);

test("as long as it behaves, it signs people in", async () => {
  const visitor = browser();
  expect((await visitor.go(start())).pathname).toBe("/");
  expect(visitor.cookies().has("__Host-daybook.session")).toBe(true);
  const asked = provider.asked.at(-1);
  expect(asked?.get("code_verifier")).toMatch(/^[\w-]{43,}$/);
});

test.each<[string, Mischief, string]>([
  ["another issuer in the token", { claims: { iss: "https://evil.example" } }, "bad_answer"],
  ["a token for another client", { claims: { aud: "another" } }, "bad_answer"],
  ["a token for many clients, issued to another", { claims: { aud: [clientId, "another"], azp: "another" } }, "bad_answer"],
  ["another nonce", { claims: { nonce: "another" } }, "bad_answer"],
  ["no nonce", { claims: { nonce: undefined } }, "bad_answer"],
  ["a token that expired", { claims: { exp: now() - 2 * minute } }, "bad_answer"],
  ["a token without an end", { claims: { exp: undefined } }, "bad_answer"],
  ["a token of the future", { claims: { nbf: now() + 10 * minute } }, "bad_answer"],
  ["no subject", { claims: { sub: undefined } }, "bad_answer"],
  ["a subject of another kind", { claims: { sub: 7 } }, "bad_answer"],
  ["a subject without end", { claims: { sub: "s".repeat(300) } }, "bad_answer"],
  ["an unsigned token", { alg: "none" }, "bad_answer"],
  ["a token signed with the client's secret", { alg: "HS256 with the secret" }, "bad_answer"],
  ["a token signed with the public key as a secret", { alg: "HS256 with the public key" }, "bad_answer"],
  ["a token signed with another key", { alg: "RS256 by another key" }, "bad_answer"],
  ["an address that is not verified", { claims: { email_verified: false } }, "email_not_verified"],
  ["an address that is verified in words", { claims: { email_verified: "yes" } }, "email_not_verified"],
  ["nothing said of the address", { claims: { email_verified: undefined } }, "email_not_verified"],
  ["Entra's word of somebody who is not Entra", { claims: { email_verified: undefined, xms_edov: true } }, "email_not_verified"],
  ["an address of another domain", { claims: { sub: "x", email: "mel@other.example" } }, "other_domain"],
  ["an address that ends in the domain", { claims: { sub: "x", email: "mel@evil-example.com" } }, "other_domain"],
  ["an address of a domain below", { claims: { sub: "x", email: "mel@evil.example.com" } }, "other_domain"],
  ["two addresses in one", { claims: { sub: "x", email: "mel@evil.example@example.com " } }, "no_email"],
  ["no text as an address", { claims: { sub: "x", email: ["mel@example.com"] } }, "no_email"],
  ["another subject for a linked address", { claims: { sub: "hostile-2" } }, "other_subject"],
  ["a description of another issuer", { discovery: { issuer: "https://evil.example" } }, "bad_answer"],
  ["only algorithms that anybody could use", { discovery: { id_token_signing_alg_values_supported: ["none", "HS256"] } }, "bad_answer"],
  ["a script as its sign-in page", { discovery: { authorization_endpoint: "javascript:alert(1)" } }, "bad_answer"],
  ["a token endpoint inside", { discovery: { token_endpoint: "http://169.254.169.254/latest" } }, "unreachable"],
  ["keys inside", { discovery: { jwks_uri: "http://10.0.0.1:8080/keys" } }, "unreachable"],
  ["a token endpoint that does not know the client", { token: { status: 401, body: '{"error":"invalid_client"}' } }, "misconfigured"],
  ["a token endpoint that speaks no JSON", { token: { status: 200, body: "<html>secret banner" } }, "bad_answer"],
  ["an answer larger than any", { token: { status: 200, body: `{"a":"${"x".repeat(1_100_000)}"}` } }, "unreachable"],
])("%s does not sign anybody in", async (_what, mischief, problem) => {
  provider.mischief = mischief;
  const visitor = browser();
  const end = await visitor.go(start());
  expect([end.pathname, end.search]).toEqual(["/sign-in", `?problem=${problem}`]);
  expect([...visitor.cookies().keys()].filter((name) => name.includes("session"))).toEqual([]);
  // The same failure again within a minute is no second event, so it may stand further up.
  const told = (await logOf(api, owner.organizationId)).filter(({ action }) => action === "user_login_failed").map(({ error }) => error?.code);
  expect(told).toContain(problem);
  expect(api.logged.join("")).not.toContain("secret banner");
});

test("a provider that is gone is told as such, and its failures of one minute are one event", async () => {
  const gone = await asOwner("signInProviders.create", {
    name: "Gone",
    issuer: "https://gone.invalid",
    clientId,
    clientSecret,
    emailDomains: ["gone.example"],
  });
  const before = (await actionsOf(api, owner.organizationId)).length;
  const { id } = gone.data as { id: string };
  for (let times = 0; times < 3; times += 1) expect((await browser().go(`${start()}&provider=${id}`)).search).toBe("?problem=unreachable");
  const written = (await actionsOf(api, owner.organizationId)).slice(before);
  expect(written.length).toBeLessThanOrEqual(2);
  expect(new Set(written)).toEqual(new Set(["user_login_failed"]));
  await asOwner("signInProviders.remove", { providerId: id });
});

describe("an organization's provider answers for that organization alone", () => {
  test("the way back of one organization is none of another", async () => {
    const visitor = browser();
    const back = await visitor.go(start(), { until: (url) => url.pathname.includes("/callback/") });
    const other = (await testOrganization(api)).viewer.organizationId;
    const moved = new URL(back.href.replace(owner.organizationId, other));
    expect((await visitor.go(moved.href)).search).toBe("?problem=start_again");
  });

  test("whoever it names opens nothing else, and hears of nothing else", async () => {
    // Ada owns Acme. The admins of another organization, of which she is a member, run a provider that calls somebody Ada.
    const evil = await testOrganization(api);
    const evilId = evil.viewer.organizationId;
    const ada = (await callTrpc(api, "session.me", { cookie: owner.cookie })).data as { user: { id: string } };
    await api.platform.store.platform.execute(`insert into members (organization_id, user_id, role) values ('${evilId}', '${ada.user.id}', 'member')`);
    await perform(api.platform, evil, createProvider, { name: "Evil", issuer: provider.issuer, clientId, clientSecret, emailDomains: ["example.com"] });
    provider.mischief = { claims: { sub: "ada", email: ownerEmail } };
    const [row] = await api.platform.store.platform.execute<{ slug: string }>(`select slug from organizations where id = '${evilId}'`);
    const visitor = browser();
    expect((await visitor.go(`/api/auth/oidc/start?organization=${row?.slug}`)).pathname).toBe("/");
    const cookie = visitor.cookie();
    const me = (await callTrpc(api, "session.me", { cookie })).data as { organizations: { id: string }[] };
    expect(me.organizations.map(({ id }) => id)).toEqual([evilId]);
    const inOther = async (organizationId: string) => {
      const answer = await callTrpc(api, "tokens.list", { cookie, organizationId });
      return [answer.status, answer.refusal?.code, answer.body.error?.message];
    };
    const refused = await inOther(owner.organizationId);
    expect(refused).toEqual([403, "sign_in_again", expect.stringContaining("opens that one alone")]);
    expect(await inOther("01900000-0000-7000-8000-000000000000")).toEqual(refused);
    expect(await lastOf(api, owner.organizationId, "user_logged_in")).not.toMatchObject({ metadata: { provider: "Evil" } });
    const change = await callTrpc(api, "account.beginPasskey", { input: {}, mutation: true, cookie, organizationId: evilId, headers: { origin } });
    expect([change.status, change.refusal?.code]).toEqual([403, "forbidden"]);
  });

  test("its sessions end with it", async () => {
    const visitor = browser();
    await visitor.go(start());
    const cookie = visitor.cookie();
    const open = async () => (await callTrpc(api, "events.list", { input: {}, cookie, organizationId: owner.organizationId })).refusal?.code ?? "open";
    expect(await open()).toBe("open");
    await asOwner("signInProviders.update", { providerId, enabled: false });
    expect(await open()).toBe("sign_in_again");
    await asOwner("signInProviders.update", { providerId, enabled: true });
    expect(await open()).toBe("open");
    await asOwner("signInProviders.remove", { providerId });
    expect((await callTrpc(api, "session.me", { cookie })).data).toBeNull();
  });
});
