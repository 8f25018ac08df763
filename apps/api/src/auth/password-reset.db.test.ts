import { setTimeout as pause } from "node:timers/promises";
import { credentials, passwordResets, schema } from "@daybook/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { elsewhere, lastOf, post } from "../../test/sign-in-calls.ts";
import { actionsOf, callTrpc, logOf, ownerEmail, ownerPassword, setUpOwner, signIn, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
let clock = Date.now();
let password = ownerPassword;
beforeAll(async () => {
  api = await testApi({ now: () => new Date(clock) });
  owner = await setUpOwner(api);
});
afterAll(() => api.close());
beforeEach(() => void (clock += 60_000));

const forgot = (email: string, headers = elsewhere()) => post(api, "password/forgot", { email }, { headers });
const reset = (token: string, wanted: string) => post(api, "password/reset", { token, password: wanted }, { headers: elsewhere() });
const mails = () => api.platform.store.platform.select().from(schema.mails);
const link = async () => (await mails()).at(-1)?.secretLink ?? "";
const tokenIn = (text: string) => text.split("/").at(-1) ?? "";

test("a known and an unknown address get the same answer, and one of them a mail", async () => {
  const known = await forgot(ownerEmail.toUpperCase());
  const unknown = await forgot("nobody@example.com");
  expect([known.status, known.text, known.cookies]).toEqual([unknown.status, unknown.text, unknown.cookies]);
  expect(known.body).toEqual({ outcome: "sent_if_known" });
  const [mail, ...others] = await mails();
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ kind: "account", recipients: [ownerEmail], subject: "Set a new password for Daybook" });
  expect(await lastOf(api, owner.organizationId, "user_password_reset_requested")).toMatchObject({
    actor: { type: "anonymous" },
    resource: { name: ownerEmail },
    context: { user_agent: "test browser" },
  });
});

test("the link is in no stored text, no event, no log; the mailbox shows it to its recipient alone", async () => {
  const token = tokenIn(await link());
  expect(token).toMatch(/^[\w-]{43}$/);
  const [mail] = await mails();
  const kept = JSON.stringify([
    mail?.html,
    mail?.text,
    await logOf(api, owner.organizationId),
    await api.platform.store.platform.select().from(schema.passwordResets),
  ]);
  expect(kept + api.logged.join("")).not.toContain(token);
  const read = async () => (await callTrpc(api, "mailbox.get", { input: { id: mail?.id }, cookie: owner.cookie, organizationId: owner.organizationId })).data;
  expect(JSON.stringify(await read())).toContain(token);
  await api.platform.store.platform.update(schema.mails).set({ recipients: ["carol@example.com"] });
  expect(JSON.stringify(await read())).not.toContain(token);
});

test("the new password comes in, the old one and every session do not, and the link is used up", async () => {
  const token = tokenIn(await link());
  const { cookie } = await signIn(api, { email: ownerEmail, password }, elsewhere());
  expect((await reset(token, "short")).status).toBe(400);
  expect((await reset(token, "a brand new password")).body).toEqual({ outcome: "password_set" });
  expect(await lastOf(api, owner.organizationId, "user_password_reset_completed")).toMatchObject({ actor: { email: ownerEmail }, counts: { sessions: 2 } });
  for (const ended of [cookie, owner.cookie]) expect((await callTrpc(api, "session.me", { cookie: ended })).data).toBeNull();
  expect((await signIn(api, { email: ownerEmail, password }, elsewhere())).status).toBe(401);
  password = "a brand new password";
  expect((await signIn(api, { email: ownerEmail, password }, elsewhere())).status).toBe(200);
  const again = await reset(token, "yet another password");
  expect([again.status, again.body["code"]]).toEqual([404, "not_found"]);
});

test("a link works for sixty minutes, and a newer one replaces it", async () => {
  await forgot(ownerEmail);
  const first = tokenIn(await link());
  clock += 900_000;
  await forgot(ownerEmail);
  const second = tokenIn(await link());
  expect((await reset(first, "a third new password")).status).toBe(404);
  clock += 3_600_000;
  expect((await reset(second, "a third new password")).status).toBe(404);
  expect((await reset("made-up", "a third new password")).status).toBe(404);
});

test("of two that use one link at once, one sets its password", async () => {
  clock += 900_000;
  await forgot(ownerEmail);
  const token = tokenIn(await link());
  const answers = await Promise.all(["the first password", "the second password"].map((wanted) => reset(token, wanted)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
  password = answers[0]?.status === 200 ? "the first password" : "the second password";
  expect((await signIn(api, { email: ownerEmail, password }, elsewhere())).status).toBe(200);
});

test("a lock of the address ends with a new password", async () => {
  clock += 900_000;
  for (let times = 0; times < 10; times += 1) await signIn(api, { email: ownerEmail, password: "guess" }, elsewhere());
  expect((await signIn(api, { email: ownerEmail, password }, elsewhere())).status).toBe(429);
  await forgot(ownerEmail);
  password = "a password after the lock";
  expect((await reset(tokenIn(await link()), password)).status).toBe(200);
  expect((await signIn(api, { email: ownerEmail, password }, elsewhere())).status).toBe(200);
});

test("no network asks without end, and no address is written to without end", async () => {
  const few = await testApi({ signInsPerMinute: 5 });
  const headers = elsewhere();
  const statuses: number[] = [];
  for (const name of ["a", "b", "c", "d", "e", "f"]) statuses.push((await post(few, "password/forgot", { email: `${name}@example.com` }, { headers })).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  const same: number[] = [];
  for (let times = 0; times < 4; times += 1) same.push((await post(few, "password/forgot", { email: "known@example.com" }, { headers: elsewhere() })).status);
  expect(same).toEqual([200, 200, 200, 429]);
  await few.close();
});

test("changing it in the account takes the old one and ends every other session", async () => {
  const [here, there] = [await signIn(api, { email: ownerEmail, password }, elsewhere()), await signIn(api, { email: ownerEmail, password }, elsewhere())];
  const change = (input: object) =>
    callTrpc(api, "account.changePassword", { input, mutation: true, cookie: here.cookie, organizationId: owner.organizationId });
  const wanted = "the last password of all";
  expect((await change({ password: "wrong", newPassword: wanted })).refusal).toMatchObject({ code: "invalid", path: "password" });
  expect((await change({ password, newPassword: "short" })).refusal).toMatchObject({ code: "invalid", path: "newPassword" });
  expect((await change({ password, newPassword: password })).refusal).toMatchObject({ code: "invalid", path: "newPassword" });
  expect((await change({ password, newPassword: wanted })).status).toBe(200);
  expect(await lastOf(api, owner.organizationId, "user_password_changed")).toMatchObject({
    actor: { email: ownerEmail },
    counts: { sessions: expect.any(Number) },
  });
  expect((await callTrpc(api, "session.me", { cookie: here.cookie })).data).not.toBeNull();
  expect((await callTrpc(api, "session.me", { cookie: there.cookie })).data).toBeNull();
  expect((await signIn(api, { email: ownerEmail, password: wanted }, elsewhere())).status).toBe(200);
  expect(await actionsOf(api, owner.organizationId)).toContain("user_password_changed");
  expect(api.logged.join("")).not.toContain(wanted);
});

test("a link that is used while its person changes the password waits for that, and is worth nothing afterwards", async () => {
  clock += 3_600_000;
  await forgot(ownerEmail);
  const token = tokenIn(await link());
  const userId = (await api.platform.store.platform.select().from(schema.users))[0]?.id ?? "";
  const answer = await api.platform.store.platformTransaction(async (tx) => {
    await credentials.lockUser(tx, userId);
    const sent = reset(token, "yet another new password");
    await pause(1_000);
    await passwordResets.forgetAllOf(tx, userId);
    return { sent };
  });
  expect((await answer.sent).status).toBe(404);
});
