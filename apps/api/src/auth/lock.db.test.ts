import { schema } from "@daybook/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { elsewhere, lastOf, post } from "../../test/sign-in-calls.ts";
import { callTrpc, logOf, ownerEmail, ownerPassword, setUpOwner, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
let clock = Date.now();
const now = () => new Date(clock);
beforeAll(async () => {
  api = await testApi({ now });
  owner = await setUpOwner(api);
});
afterAll(() => api.close());
// Past every lock and window of the test before.
beforeEach(() => void (clock += 3_600_000));

const attempt = (email: string, password = "guess") => post(api, "sign-in/email", { email, password }, { headers: elsewhere() });
const guess = (email: string, times: number) => Promise.all(Array.from({ length: times }, () => attempt(email)));
const events = async (action: string) => (await logOf(api, owner.organizationId)).filter((event) => event.action === action);

test("ten failures lock an address for a quarter of an hour, alike whether anybody has it", async () => {
  const before = (await events("user_sign_in_locked")).length;
  for (const email of [ownerEmail, "nobody@example.com"]) for (let times = 0; times < 10; times += 1) expect((await attempt(email)).status).toBe(401);
  const known = await attempt(ownerEmail.toUpperCase(), ownerPassword);
  const unknown = await attempt("nobody@example.com", ownerPassword);
  expect([known.status, known.text, known.cookies, known.headers.get("retry-after")]).toEqual([
    unknown.status,
    unknown.text,
    unknown.cookies,
    unknown.headers.get("retry-after"),
  ]);
  expect([known.status, known.body]).toEqual([429, { outcome: "locked", seconds: 900 }]);
  const locks = (await events("user_sign_in_locked")).slice(before);
  expect(locks).toMatchObject([{ resource: { type: "user", name: ownerEmail }, actor: { type: "system" }, context: { user_agent: "test browser" } }]);
  expect(locks[0]?.context.ip).toMatch(/^203\.0\.113\./);
});

test("a lock ends by itself, and touches no session that is open", async () => {
  const { cookie } = await attempt(ownerEmail, ownerPassword);
  await guess(ownerEmail, 10);
  expect((await callTrpc(api, "session.me", { cookie })).data).not.toBeNull();
  clock += 899_000;
  expect((await attempt(ownerEmail, ownerPassword)).body).toEqual({ outcome: "locked", seconds: 1 });
  clock += 1_000;
  expect((await attempt(ownerEmail, ownerPassword)).body).toMatchObject({ outcome: "signed_in", failed: { count: 10 } });
});

test("however many guess at once, no more than ten are looked at, and the lock is one event", async () => {
  const [failed, locks] = [(await events("user_login_failed")).length, (await events("user_sign_in_locked")).length];
  const answers = await guess(ownerEmail, 25);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  const told = (await events("user_login_failed")).slice(failed);
  expect(told.filter(({ error }) => error?.code === "invalid_credentials")).toHaveLength(10);
  // What was turned away collapses.
  expect(told.filter(({ error }) => error?.code === "sign_in_locked")).toHaveLength(1);
  expect((await events("user_sign_in_locked")).length - locks).toBe(1);
});

test("signing in clears the count, and tells what had failed", async () => {
  await attempt(ownerEmail, ownerPassword);
  for (let round = 0; round < 3; round += 1) {
    await guess(ownerEmail, 6);
    const { body } = await attempt(ownerEmail, ownerPassword);
    expect(body).toMatchObject({ outcome: "signed_in", failed: { count: 6, lastAt: now().toISOString() } });
  }
  expect(await lastOf(api, owner.organizationId, "user_logged_in")).toMatchObject({ metadata: { method: "password", failed_before: 6 } });
});

test("failures that lie apart do not add up", async () => {
  await guess(ownerEmail, 9);
  clock += 900_000;
  for (const { status } of await guess(ownerEmail, 9)) expect(status).toBe(401);
});

test("guessing passwords in an open session ends as well, and locks its person out of nothing else", async () => {
  const { cookie } = await attempt(ownerEmail, ownerPassword);
  const change = () => callTrpc(api, "account.beginTwoFactor", { input: { password: "guess" }, mutation: true, cookie, organizationId: owner.organizationId });
  for (let times = 0; times < 10; times += 1) expect((await change()).refusal).toMatchObject({ code: "invalid" });
  expect((await change()).refusal).toMatchObject({ code: "rate_limited" });
  expect((await attempt(ownerEmail, ownerPassword)).status).toBe(200);
});

test("what is kept of guesses names no address, and old ones are forgotten", async () => {
  await attempt("somebody@example.com");
  const kept = await api.platform.store.platform.select().from(schema.signInAttempts);
  for (const { subjectHash } of kept) expect(subjectHash).toHaveLength(32);
  clock += 31 * 86_400_000;
  await attempt("another@example.com");
  expect(await api.platform.store.platform.select().from(schema.signInAttempts)).toHaveLength(1);
});
