import { members, passkeys, schema } from "@daybook/store";
import { newId } from "@daybook/services";
import { afterAll, beforeAll, expect, test } from "vitest";
import { elsewhere, lastOf, post } from "../../test/sign-in-calls.ts";
import { softPasskey } from "../../test/soft-passkey.ts";
import type { SoftPasskey } from "../../test/soft-passkey.ts";
import { actionsOf, callTrpc, logOf, ownerEmail, ownerPassword, setUpOwner, signIn, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
let colleague: { cookie: string; userId: string };
const password = ownerPassword;
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
  const userId = newId(api.platform);
  await api.platform.store.platformTransaction(async (tx) => {
    const person = { id: userId, accountId: newId(api.platform), name: "Carol", email: "carol@example.com" };
    await members.insertUser(tx, { ...person, passwordHash: (await tx.select().from(schema.accounts))[0]?.password ?? "" });
    await members.insert(tx, { organizationId: owner.organizationId, userId, role: "member" });
  });
  colleague = { userId, cookie: (await signIn(api, { email: "carol@example.com", password }, elsewhere())).cookie };
});
afterAll(() => api.close());

const change = (path: string, input: unknown, cookie = owner.cookie) =>
  callTrpc(api, `account.${path}`, { input, mutation: true, cookie, organizationId: owner.organizationId });
interface Options {
  challenge: string;
  user: { id: string };
  excludeCredentials: { id: string }[];
  authenticatorSelection: object;
}
const begin = async (cookie = owner.cookie) => ((await change("beginPasskey", { password }, cookie)).data as { options: Options }).options;
const keysOf = async (cookie = owner.cookie) =>
  (
    (await callTrpc(api, "account.get", { cookie, organizationId: owner.organizationId })).data as {
      passkeys: { id: string; name: string; lastUsedAt: string | null }[];
    }
  ).passkeys;

async function enter(passkey: SoftPasskey, how: Parameters<SoftPasskey["get"]>[1] = {}) {
  const asked = await post(api, "sign-in/passkey/options", {}, { headers: elsewhere() });
  const response = passkey.get(asked.body as { challenge: string }, how);
  return { asked, response, answer: await post(api, "sign-in/passkey", { response }, { cookie: asked.cookie, headers: elsewhere() }) };
}

const laptop = softPasskey();

test("adding one takes the password, asks the authenticator to check its user, and is in the log by its name", async () => {
  expect((await change("beginPasskey", {})).refusal).toMatchObject({ code: "invalid", path: "password" });
  expect((await change("beginPasskey", { password: "wrong" })).refusal).toMatchObject({ code: "invalid", path: "password" });
  const options = await begin();
  expect(options.authenticatorSelection).toMatchObject({ residentKey: "required", userVerification: "required" });
  const added = await change("addPasskey", { name: " Ada's laptop ", response: laptop.create(options) });
  expect(added.status).toBe(200);
  expect(await keysOf()).toMatchObject([{ id: (added.data as { id: string }).id, name: "Ada's laptop", lastUsedAt: null }]);
  expect(await lastOf(api, owner.organizationId, "user_passkey_added")).toMatchObject({
    actor: { email: ownerEmail },
    resource: { type: "passkey", name: "Ada's laptop" },
    related_resources: [{ type: "user", name: ownerEmail }],
  });
  expect((await begin()).excludeCredentials).toMatchObject([{ id: laptop.id }]);
});

test("it signs in by itself, as the only factor, with a challenge that is used up", async () => {
  const { answer, asked, response } = await enter(laptop);
  expect(asked.cookies[0]).toMatch(/^daybook\.passkey=[\w-]{43}; Max-Age=300; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(asked.body).toMatchObject({ userVerification: "required" });
  expect(asked.body).not.toHaveProperty("allowCredentials.0");
  expect([answer.status, answer.body]).toEqual([200, { outcome: "signed_in", failed: null }]);
  expect((await callTrpc(api, "session.me", { cookie: answer.cookie })).data).toMatchObject({ user: { email: ownerEmail } });
  expect(await lastOf(api, owner.organizationId, "user_logged_in")).toMatchObject({ metadata: { method: "passkey" }, actor: { email: ownerEmail } });
  expect((await keysOf())[0]?.lastUsedAt).not.toBeNull();
  const again = await post(api, "sign-in/passkey", { response }, { cookie: asked.cookie, headers: elsewhere() });
  expect([again.status, again.body]).toEqual([401, { outcome: "start_again" }]);
});

test("its counter never goes back: of two copies that sign in at once, the later answer with the smaller count is refused", async () => {
  const row = await passkeys.findByCredential(api.platform.store.platform, laptop.id);
  if (!row) throw new Error("it was added above");
  const at = new Date();
  await api.platform.store.platformTransaction(async (tx) => {
    expect(await passkeys.used(tx, row.id, { counter: 7, at })).toBe(true);
    for (const counter of [6, 7, 0]) expect(await passkeys.used(tx, row.id, { counter, at })).toBe(false);
    await tx.update(schema.passkeys).set({ counter: row.counter });
  });
});

test("a lock of the address does not concern a passkey", async () => {
  for (let times = 0; times < 10; times += 1) await signIn(api, { email: ownerEmail, password: "guess" }, elsewhere());
  expect((await signIn(api, { email: ownerEmail, password }, elsewhere())).status).toBe(429);
  expect((await enter(laptop)).answer.body).toMatchObject({ outcome: "signed_in", failed: { count: 10 } });
});

test.each([
  ["that did not check its user", { verified: false }],
  ["on another site", { origin: "https://evil.example" }],
  ["for another site", { rpId: "evil.example" }],
  ["that names somebody else", { userHandle: Buffer.from("somebody else").toString("base64url") }],
])("an answer %s is refused, and is a failed sign-in", async (_what, how) => {
  expect((await enter(laptop, how)).answer.body).toEqual({ outcome: "refused" });
  expect(await lastOf(api, owner.organizationId, "user_login_failed")).toMatchObject({ resource: { name: ownerEmail }, error: { code: "invalid_passkey" } });
});

test("another authenticator that claims the same credential is refused", async () => {
  expect((await enter({ ...softPasskey(), get: (options) => ({ ...softPasskey().get(options), id: laptop.id, rawId: laptop.id }) })).answer.status).toBe(401);
});

test("a passkey that nobody added is refused and concerns no organization", async () => {
  const before = await actionsOf(api, owner.organizationId);
  expect((await enter(softPasskey())).answer.body).toEqual({ outcome: "refused" });
  expect(await actionsOf(api, owner.organizationId)).toEqual(before);
});

test.each([{}, { id: "\u0000", response: {} }, { id: 1 }, { id: "x", response: {} }, { id: laptop.id }, { id: "x".repeat(5_000) }])(
  "a broken answer %j is refused, not a fault",
  async (response) => {
    const asked = await post(api, "sign-in/passkey/options", {}, { headers: elsewhere() });
    const answer = await post(api, "sign-in/passkey", { response }, { cookie: asked.cookie, headers: elsewhere() });
    expect(answer.status).toBe(401);
    expect((await change("addPasskey", { name: "broken", response })).status).toBeLessThan(500);
  },
);

test("a new one is taken only from the session that asked, once, and only if it checked its user", async () => {
  const options = await begin();
  const other = softPasskey();
  const add = (response: object, cookie = owner.cookie) => change("addPasskey", { name: "Other", response }, cookie);
  expect((await add(other.create(options), colleague.cookie)).refusal).toMatchObject({ code: "conflict" });
  expect((await add(other.create(options, { verified: false }))).refusal).toMatchObject({ code: "invalid" });
  expect((await add(other.create(options))).refusal).toMatchObject({ code: "conflict" });
  expect((await add(other.create(await begin(), { origin: "https://evil.example" }))).refusal).toMatchObject({ code: "invalid" });
  expect(await keysOf()).toHaveLength(1);
});

test("a credential belongs to one person", async () => {
  const response = laptop.create(await begin(colleague.cookie));
  expect((await change("addPasskey", { name: "Stolen", response }, colleague.cookie)).refusal).toMatchObject({ code: "conflict" });
  expect(await keysOf(colleague.cookie)).toEqual([]);
});

test("nobody removes a colleague's; one's own goes at once and is in the log by its name", async () => {
  const [mine] = await keysOf();
  expect((await change("removePasskey", { id: mine?.id }, colleague.cookie)).refusal).toMatchObject({ code: "not_found" });
  expect((await change("removePasskey", { id: newId(api.platform) }, colleague.cookie)).refusal).toMatchObject({ code: "not_found" });
  expect((await change("removePasskey", { id: mine?.id })).status).toBe(200);
  expect(await lastOf(api, owner.organizationId, "user_passkey_removed")).toMatchObject({ resource: { type: "passkey", id: mine?.id, name: "Ada's laptop" } });
  expect((await enter(laptop)).answer.body).toEqual({ outcome: "refused" });
});

test("the only way in is not removed", async () => {
  const key = softPasskey();
  await change("addPasskey", { name: "Only one", response: key.create(await begin(colleague.cookie)) }, colleague.cookie);
  await api.platform.store.platform.update(schema.accounts).set({ password: null });
  const [only] = await keysOf(colleague.cookie);
  expect((await change("removePasskey", { id: only?.id }, colleague.cookie)).refusal).toMatchObject({ code: "conflict" });
  expect(await keysOf(colleague.cookie)).toHaveLength(1);
});

test("no key and no answer is in the log", async () => {
  const text = JSON.stringify(await logOf(api, owner.organizationId)) + api.logged.join("");
  expect(text).not.toContain(laptop.id);
});
