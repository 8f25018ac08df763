import { createProvider, perform } from "@daybook/services";
import { members, schema } from "@daybook/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testOrganization } from "../../../test/organization.ts";
import { post } from "../../../test/sign-in-calls.ts";
import { clientId, clientSecret, openHostileProvider } from "../../../test/sign-in-provider.ts";
import type { HostileProvider } from "../../../test/sign-in-provider.ts";
import { actionsOf, callTrpc, ownerEmail, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";
import { openBrowser } from "../../../test/test-browser.ts";

// Ada owns Acme. The admins of another organization, which is older than Acme, run a provider that calls somebody Ada.
const origin = "https://daybook.example";
let api: TestApi;
let owner: Owner;
let adaId: string;
let provider: HostileProvider;
let evil: { id: string; slug: string };
beforeAll(async () => {
  api = await testApi({ origin });
  owner = await setUpOwner(api);
  adaId = ((await callTrpc(api, "session.me", { cookie: owner.cookie })).data as { user: { id: string } }).user.id;
  provider = await openHostileProvider({ sub: "ada", email: ownerEmail, email_verified: true });
  const context = await testOrganization(api);
  await perform(api.platform, context, createProvider, {
    name: "Evil",
    issuer: provider.issuer,
    clientId,
    clientSecret,
    emailDomains: ["example.com"],
    autoJoinRole: "member",
  });
  await api.platform.store.platform.execute(`update organizations set created_at = '2020-01-01' where id = '${context.viewer.organizationId}'`);
  const [row] = await api.platform.store.platform.execute<{ id: string; slug: string }>(
    `select id, slug from organizations where id = '${context.viewer.organizationId}'`,
  );
  if (!row) throw new Error("it was just made");
  evil = row;
});
afterAll(async () => {
  await provider.close();
  await api.close();
});
beforeEach(() => {
  provider.mischief = {};
});

const start = () => `/api/auth/oidc/start?organization=${evil.slug}`;
const browser = () => openBrowser({ origin, served: api.url });
/** Ada accepted an invitation there once, and its owner made her what they like. */
const joinAs = (role: string) =>
  api.platform.store.platform.execute(
    `insert into members (organization_id, user_id, role) values ('${evil.id}', '${adaId}', '${role}') on conflict (organization_id, user_id) do update set role = '${role}'`,
  );
async function enter(): Promise<string> {
  const visitor = browser();
  expect((await visitor.go(start())).pathname).toBe("/");
  return visitor.cookie();
}
const inEvil = (cookie: string) => ({ cookie, organizationId: evil.id, headers: { origin } });

test("nobody who has an account already becomes a member of an organization that they were not asked about", async () => {
  expect((await browser().go(start())).search).toBe("?problem=not_a_member");
  expect((await members.organizationsOf(api.platform.store.platform, adaId)).map(({ id }) => id)).toEqual([owner.organizationId]);
});

test("what is no address of one mailbox makes nobody", async () => {
  for (const email of ["x\u0000@example.com", "a@b.example@example.com", "x y@example.com", "<x@example.com"]) {
    provider.mischief = { claims: { sub: `address ${email.length}`, email } };
    expect((await browser().go(start())).search).toBe("?problem=no_email");
  }
  provider.mischief = { claims: { sub: "a\u0000b", email: "somebody@example.com" } };
  expect((await browser().go(start())).search).toBe("?problem=bad_answer");
});

test("a link on another site begins no sign-in: it would leave its reader in somebody else's account", async () => {
  for (const site of ["cross-site", "same-site"]) {
    const answer = await browser().ask(start(), { headers: { "sec-fetch-site": site } });
    expect([answer.headers.get("location"), answer.headers.getSetCookie()]).toEqual(["/sign-in?problem=begun_elsewhere", []]);
  }
  for (const site of ["same-origin", "none"])
    expect((await browser().ask(start(), { headers: { "sec-fetch-site": site } })).headers.get("location")).toContain(provider.issuer);
});

test("a session of single sign-on is told of the account only itself", async () => {
  await joinAs("member");
  await api.platform.store.platform.insert(schema.passkeys).values({
    id: adaId,
    userId: adaId,
    name: "Ada's own laptop",
    credentialId: "c",
    publicKey: Buffer.from("k"),
    counter: 0,
    backedUp: false,
    createdAt: new Date(),
  });
  const told = (await callTrpc(api, "account.get", inEvil(await enter()))).data;
  expect(told).toMatchObject({ proved: false, passkeys: [], sessions: [{ isThisOne: true, method: "single_sign_on" }] });
  expect((told as { sessions: unknown[] }).sessions).toHaveLength(1);
  const own = await callTrpc(api, "account.get", { cookie: owner.cookie, organizationId: owner.organizationId });
  expect(own.data).toMatchObject({ proved: true, hasPassword: true, passkeys: [{ name: "Ada's own laptop" }] });
});

test("it founds no organization in its person's name", async () => {
  await joinAs("owner");
  const cookie = await enter();
  const answer = await callTrpc(api, "organization.create", { ...inEvil(cookie), mutation: true, input: { name: "Ada's?" } });
  expect([answer.status, answer.refusal?.code]).toEqual([403, "forbidden"]);
  expect(await members.organizationsOf(api.platform.store.platform, adaId)).toHaveLength(2);
});

test("it does not read its person's links for a new password in the mailbox", async () => {
  await joinAs("admin");
  const cookie = await enter();
  expect((await post(api, "password/forgot", { email: ownerEmail }, { headers: { origin } })).status).toBe(200);
  const [mail] = await api.platform.store.platform.select().from(schema.mails);
  expect(mail).toMatchObject({ organizationId: evil.id, recipients: [ownerEmail] });
  const token = mail?.secretLink?.split("/").at(-1) ?? "none";
  const shown = await callTrpc(api, "mailbox.get", { ...inEvil(cookie), input: { id: mail?.id } });
  expect(shown.status).toBe(200);
  expect(JSON.stringify(shown.body)).not.toContain(token);
  expect(await actionsOf(api, owner.organizationId)).toContain("user_password_reset_requested");
});
