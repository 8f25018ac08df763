import { turnOffTwoFactor } from "@daybook/services";
import { schema } from "@daybook/store";
import { authenticatorCode } from "@daybook/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { elsewhere, lastOf, post } from "../../test/sign-in-calls.ts";
import { actionsOf, callTrpc, logOf, ownerEmail, ownerPassword, setUpOwner, signIn, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
let clock = Date.now();
const now = () => new Date(clock);
const password = ownerPassword;
beforeAll(async () => {
  api = await testApi({ now });
  owner = await setUpOwner(api);
});
afterAll(() => api.close());
// A code counts once, so each test has a period of its own.
beforeEach(() => void (clock += 90_000));

const change = async (path: string, input: unknown, cookie = owner.cookie) =>
  callTrpc(api, `account.${path}`, { input, mutation: true, cookie, organizationId: owner.organizationId });
const account = async (cookie = owner.cookie) =>
  (await callTrpc(api, "account.get", { cookie, organizationId: owner.organizationId })).data as {
    twoFactor: { enabledAt: string | null; recoveryCodesLeft: number };
  };
const firstFactor = () => post(api, "sign-in/email", { email: ownerEmail, password }, { headers: elsewhere() });
const secondFactor = (cookie: string, shown: object) => post(api, "sign-in/second-factor", shown, { cookie, headers: elsewhere() });
const me = async (cookie: string) => (await callTrpc(api, "session.me", { cookie })).data;
const rows = async () => (await api.platform.store.platform.select().from(schema.sessions)).length;
const code = () => authenticatorCode(secret, now());
let secret = "";
let recoveryCodes: string[] = [];

test("it is on only when a code of the app was shown, and takes the password to begin", async () => {
  expect((await change("beginTwoFactor", {})).refusal).toMatchObject({ code: "invalid", path: "password" });
  expect((await change("beginTwoFactor", { password: "wrong" })).refusal).toMatchObject({ code: "invalid", path: "password" });
  const begun = (await change("beginTwoFactor", { password })).data as { secret: string; uri: string };
  secret = begun.secret;
  expect(begun.uri).toContain(`secret=${secret}`);
  expect((await change("enableTwoFactor", { code: "000000" })).refusal).toMatchObject({ code: "invalid", path: "code" });
  expect((await account()).twoFactor.enabledAt).toBeNull();
  expect((await firstFactor()).body).toEqual({ outcome: "signed_in", failed: null });
  expect(await lastOf(api, owner.organizationId, "user_two_factor_enabled")).toBeUndefined();
  recoveryCodes = ((await change("enableTwoFactor", { code: code() })).data as { recoveryCodes: string[] }).recoveryCodes;
  expect(recoveryCodes).toHaveLength(10);
  for (const each of recoveryCodes) expect(each).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
  expect(await account()).toMatchObject({ twoFactor: { enabledAt: now().toISOString(), recoveryCodesLeft: 10 } });
  expect(await lastOf(api, owner.organizationId, "user_two_factor_enabled")).toMatchObject({
    actor: { email: ownerEmail },
    resource: { type: "user", name: ownerEmail },
    context: { session_id: expect.any(String) },
    changes: { before: { enabled: false }, after: { enabled: true } },
  });
});

test("the password alone opens nothing and is no sign-in; with the code it is one", async () => {
  const before = await actionsOf(api, owner.organizationId);
  const sessions = await rows();
  const first = await firstFactor();
  expect([first.status, first.body]).toEqual([200, { outcome: "second_factor" }]);
  expect(first.cookies).toHaveLength(1);
  expect(first.cookies[0]).toMatch(/^daybook\.second-factor=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(await me(first.cookie)).toBeNull();
  expect(await rows()).toBe(sessions);
  expect(await actionsOf(api, owner.organizationId)).toEqual(before);

  const second = await secondFactor(first.cookie, { code: code() });
  expect([second.status, second.body]).toEqual([200, { outcome: "signed_in", failed: null }]);
  expect(await me(second.cookie)).not.toBeNull();
  expect((await actionsOf(api, owner.organizationId)).slice(before.length)).toEqual(["user_logged_in"]);
  expect(await lastOf(api, owner.organizationId, "user_logged_in")).toMatchObject({ metadata: { method: "password_totp" } });
});

test("a code counts once, and so does the step that it ends", async () => {
  const [one, two] = [await firstFactor(), await firstFactor()];
  const shown = { code: code() };
  expect((await secondFactor(one.cookie, shown)).status).toBe(200);
  expect((await secondFactor(two.cookie, shown)).body).toEqual({ outcome: "refused" });
  clock += 60_000;
  expect((await secondFactor(one.cookie, { code: code() })).body).toEqual({ outcome: "start_again" });
  expect((await secondFactor(two.cookie, { code: code() })).status).toBe(200);
});

test("of two that show one code at once, one comes in", async () => {
  const steps = [await firstFactor(), await firstFactor(), await firstFactor()];
  const answers = await Promise.all(steps.map(({ cookie }) => secondFactor(cookie, { code: code() })));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401]);
  // Those that were refused may have been written down behind the one that came in; what comes next begins with none.
  clock += 90_000;
  expect((await secondFactor((await firstFactor()).cookie, { code: code() })).status).toBe(200);
});

test("a wrong code is a failed sign-in with an error of its own", async () => {
  const { cookie } = await firstFactor();
  expect((await secondFactor(cookie, { code: "12345" })).body).toEqual({ outcome: "refused" });
  expect(await lastOf(api, owner.organizationId, "user_login_failed")).toMatchObject({
    actor: { type: "anonymous" },
    resource: { name: ownerEmail },
    error: { code: "invalid_second_factor" },
  });
  expect((await secondFactor(cookie, { recoveryCode: "AAAA-AAAA-AAAA-AAAA" })).body).toEqual({ outcome: "refused" });
  expect(await lastOf(api, owner.organizationId, "user_login_failed")).toMatchObject({ error: { code: "invalid_recovery_code" } });
  const signedIn = await secondFactor(cookie, { code: code() });
  expect(signedIn.body).toEqual({ outcome: "signed_in", failed: { count: 2, lastAt: now().toISOString() } });
});

test("a recovery code opens once, however it is typed", async () => {
  const [used = "", other = ""] = recoveryCodes;
  const typed = used.toLowerCase().replaceAll("-", " ");
  expect((await secondFactor((await firstFactor()).cookie, { recoveryCode: typed })).status).toBe(200);
  expect(await lastOf(api, owner.organizationId, "user_logged_in")).toMatchObject({ metadata: { method: "recovery_code" } });
  const { cookie } = await firstFactor();
  expect((await secondFactor(cookie, { recoveryCode: used })).body).toEqual({ outcome: "refused" });
  expect((await secondFactor(cookie, { recoveryCode: other })).status).toBe(200);
  expect((await account()).twoFactor.recoveryCodesLeft).toBe(8);
});

test("new recovery codes replace the old ones", async () => {
  expect((await change("renewRecoveryCodes", { password: "wrong" })).refusal).toMatchObject({ path: "password" });
  const [, , old = ""] = recoveryCodes;
  const { recoveryCodes: fresh } = (await change("renewRecoveryCodes", { password })).data as { recoveryCodes: string[] };
  expect(fresh).toHaveLength(10);
  expect(await lastOf(api, owner.organizationId, "user_two_factor_codes_regenerated")).toMatchObject({ resource: { name: ownerEmail } });
  const { cookie } = await firstFactor();
  expect((await secondFactor(cookie, { recoveryCode: old })).status).toBe(401);
  expect((await secondFactor(cookie, { recoveryCode: fresh[0] })).status).toBe(200);
});

test("a step is over after ten minutes, and is nobody else's", async () => {
  const { cookie } = await firstFactor();
  clock += 600_000;
  expect((await secondFactor(cookie, { code: code() })).body).toEqual({ outcome: "start_again" });
  expect((await secondFactor("daybook.second-factor=made-up", { code: code() })).body).toEqual({ outcome: "start_again" });
  expect((await secondFactor("", { code: code() })).body).toEqual({ outcome: "start_again" });
});

test("codes cannot be guessed: ten wrong ones lock the address, for the right one too", async () => {
  const { cookie } = await firstFactor();
  for (let times = 0; times < 10; times += 1) expect((await secondFactor(cookie, { code: "000000" })).status).toBe(401);
  const locked = await secondFactor(cookie, { code: code() });
  expect([locked.status, locked.body]).toEqual([429, { outcome: "locked", seconds: 900 }]);
  expect((await firstFactor()).body).toEqual({ outcome: "locked", seconds: 900 });
  expect((await logOf(api, owner.organizationId)).filter(({ action }) => action === "user_sign_in_locked")).toHaveLength(1);
  clock += 900_000;
  expect((await secondFactor((await firstFactor()).cookie, { code: code() })).status).toBe(200);
});

test("the secret is sealed, the codes are hashed, and neither is in the log or an answer", async () => {
  const database = JSON.stringify([
    await api.platform.store.platform.select().from(schema.secondFactors),
    await api.platform.store.platform.select().from(schema.recoveryCodes),
  ]);
  const told = JSON.stringify([await logOf(api, owner.organizationId), await account()]) + api.logged.join("");
  for (const text of [database, told]) for (const each of [secret, ...recoveryCodes]) expect(text).not.toContain(each);
});

test("the operator turns it off for who lost telephone and codes, and is told in the log", async () => {
  const { cookie } = await firstFactor();
  await expect(turnOffTwoFactor(api.platform, "nobody@example.com")).rejects.toMatchObject({ code: "not_found" });
  await turnOffTwoFactor(api.platform, ownerEmail);
  expect(await lastOf(api, owner.organizationId, "user_two_factor_disabled")).toMatchObject({ actor: { name: "Operator" }, resource: { name: ownerEmail } });
  expect((await secondFactor(cookie, { code: code() })).body).toEqual({ outcome: "start_again" });
  await expect(turnOffTwoFactor(api.platform, ownerEmail)).rejects.toMatchObject({ code: "conflict" });
  secret = ((await change("beginTwoFactor", { password })).data as { secret: string }).secret;
  expect((await change("enableTwoFactor", { code: code() })).status).toBe(200);
});

test("it goes off with the password, and leaves nothing behind", async () => {
  expect((await change("beginTwoFactor", { password })).refusal).toMatchObject({ code: "conflict" });
  const begun = await firstFactor();
  expect((await change("disableTwoFactor", { password: "wrong" })).refusal).toMatchObject({ path: "password" });
  expect((await change("disableTwoFactor", { password })).status).toBe(200);
  expect(await lastOf(api, owner.organizationId, "user_two_factor_disabled")).toMatchObject({ resource: { name: ownerEmail } });
  expect((await secondFactor(begun.cookie, { code: code() })).body).toEqual({ outcome: "start_again" });
  expect((await signIn(api, { email: ownerEmail, password }, elsewhere())).text).toContain("signed_in");
  expect(await account()).toMatchObject({ twoFactor: { enabledAt: null, recoveryCodesLeft: 0 } });
  const events = (await actionsOf(api, owner.organizationId)).length;
  await change("disableTwoFactor", { password });
  expect(await actionsOf(api, owner.organizationId)).toHaveLength(events);
});
