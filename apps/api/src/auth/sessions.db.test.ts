import { newId } from "@daybook/services";
import { members, organizations, schema } from "@daybook/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { elsewhere, lastOf, post } from "../../test/sign-in-calls.ts";
import { actionsOf, callTrpc, logOf, ownerEmail, ownerPassword, setUpOwner, signIn, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
let clock = Date.now();
const elsewhereId = "0198d3f2-7a10-7c4e-9b1d-2f6c0a5e8d31";
beforeAll(async () => {
  api = await testApi({ now: () => new Date(clock) });
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

/** Somebody else of the organization, with the owner's password. */
async function join(name: string, role: string, organizationId = owner.organizationId): Promise<{ userId: string; email: string }> {
  const userId = newId(api.platform);
  const email = `${name}@example.com`;
  await api.platform.store.platformTransaction(async (tx) => {
    const [account] = await tx.select().from(schema.accounts);
    await members.insertUser(tx, { id: userId, accountId: newId(api.platform), name, email, passwordHash: account?.password ?? "" });
    await members.insert(tx, { organizationId, userId, role });
  });
  return { userId, email };
}
const enter = async (email = ownerEmail, headers: Record<string, string> = elsewhere()) =>
  (await signIn(api, { email, password: ownerPassword }, headers)).cookie;
const call = (path: string, input: unknown, cookie: string) => callTrpc(api, path, { input, mutation: true, cookie, organizationId: owner.organizationId });
interface Shown {
  id: string;
  isThisOne: boolean;
  ip: string;
  userAgent: string;
  lastActiveAt: string;
  method: string;
}
const sessionsOf = async (cookie: string) =>
  ((await callTrpc(api, "account.get", { cookie, organizationId: owner.organizationId })).data as { sessions: Shown[] }).sessions;
const isOpen = async (cookie: string) => (await callTrpc(api, "session.me", { cookie })).data !== null;

test("the list tells where one is signed in, how, and which session is this one; never its token", async () => {
  const cookie = await enter(ownerEmail, { "x-forwarded-for": "198.51.100.7", "user-agent": "Firefox on the train" });
  const list = await sessionsOf(cookie);
  expect(list).toHaveLength(2);
  expect(list.filter(({ isThisOne }) => isThisOne)).toMatchObject([{ ip: "198.51.100.7", userAgent: "Firefox on the train", method: "password" }]);
  const [row] = (await api.platform.store.platform.select().from(schema.sessions)).slice(-1);
  expect(JSON.stringify(list)).not.toContain(row?.token);
});

test("ending another session holds at once and says which", async () => {
  const [here, there] = [await enter(), await enter(ownerEmail, { "x-forwarded-for": "198.51.100.8", "user-agent": "A phone" })];
  const other = (await sessionsOf(there)).find(({ isThisOne }) => isThisOne);
  expect((await call("sessions.end", { id: other?.id }, here)).status).toBe(200);
  expect(await isOpen(there)).toBe(false);
  expect(await isOpen(here)).toBe(true);
  expect(await lastOf(api, owner.organizationId, "user_session_revoked")).toMatchObject({
    actor: { email: ownerEmail },
    resource: { type: "user", name: ownerEmail },
    related_resources: [{ type: "session", id: other?.id }],
    metadata: { session_ip: "198.51.100.8", session_user_agent: "A phone" },
  });
  expect((await call("sessions.end", { id: other?.id }, here)).refusal).toMatchObject({ code: "not_found" });
  const own = (await sessionsOf(here)).find(({ isThisOne }) => isThisOne);
  expect((await call("sessions.end", { id: own?.id }, here)).refusal).toMatchObject({ code: "conflict" });
});

test("nobody ends a colleague's session; it is told as one that does not exist", async () => {
  const { email } = await join("carol", "admin");
  const cookie = await enter(email);
  const hers = (await sessionsOf(cookie)).find(({ isThisOne }) => isThisOne);
  const foreign = await call("sessions.end", { id: hers?.id }, owner.cookie);
  const unknown = await call("sessions.end", { id: newId(api.platform) }, owner.cookie);
  expect(foreign.refusal).toEqual(unknown.refusal);
  expect(await isOpen(cookie)).toBe(true);
});

test("ending all others leaves this one, and is an event only if there were any", async () => {
  const [here, ...there] = [await enter(), await enter(), await enter()];
  expect((await call("sessions.endOthers", {}, here)).data).toMatchObject({ ended: expect.any(Number) });
  for (const cookie of [...there, owner.cookie]) expect(await isOpen(cookie)).toBe(false);
  owner = { ...owner, cookie: here };
  expect(await lastOf(api, owner.organizationId, "user_sessions_revoked")).toMatchObject({ actor: { email: ownerEmail }, resource: { name: ownerEmail } });
  const before = await actionsOf(api, owner.organizationId);
  expect((await call("sessions.endOthers", {}, here)).data).toEqual({ ended: 0 });
  expect(await actionsOf(api, owner.organizationId)).toEqual(before);
});

test("an admin ends all sessions of a member, not of an owner; other organizations learn that, not by whom", async () => {
  const [admin, member] = [await join("adele", "admin"), await join("mia", "member")];
  await api.platform.store.platformTransaction(async (tx) => {
    await organizations.insert(tx, { id: elsewhereId, name: "Elsewhere", slug: "elsewhere", timeZone: "UTC", createdAt: new Date() });
    await members.insert(tx, { organizationId: elsewhereId, userId: member.userId, role: "owner" });
  });
  const [adminCookie, one, two] = [await enter(admin.email), await enter(member.email), await enter(member.email)];
  const revoke = (userId: string, cookie: string) => call("sessions.revokeMember", { userId }, cookie);
  expect((await revoke(admin.userId, one)).refusal).toMatchObject({ code: "forbidden" });
  expect((await revoke(member.userId, adminCookie)).data).toEqual({ ended: 2 });
  for (const cookie of [one, two]) expect(await isOpen(cookie)).toBe(false);
  expect(await lastOf(api, owner.organizationId, "user_sessions_revoked")).toMatchObject({
    actor: { email: admin.email },
    resource: { type: "user", id: member.userId, name: member.email },
    counts: { sessions: 2 },
  });
  const told = await lastOf(api, elsewhereId, "user_sessions_revoked");
  expect(told).toMatchObject({ actor: { type: "system" }, resource: { id: member.userId }, counts: { sessions: 2 } });
  expect(JSON.stringify(told)).not.toContain(admin.email);

  const [me] = (await api.platform.store.platform.select().from(schema.users)).filter(({ email }) => email === ownerEmail);
  expect((await revoke(me?.id ?? "", adminCookie)).refusal).toMatchObject({ code: "forbidden" });
  expect(await isOpen(owner.cookie)).toBe(true);
  expect((await revoke(newId(api.platform), adminCookie)).refusal).toMatchObject({ code: "not_found" });
  expect((await revoke(member.userId, adminCookie)).data).toEqual({ ended: 0 });
});

test("a session that is used lives on and says when; one that is not ends after seven days", async () => {
  const cookie = await enter();
  const row = async () =>
    (await api.platform.store.platform.select().from(schema.sessions)).toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()).at(-1);
  expect((await row())?.expiresAt.getTime()).toBe(clock + 7 * 86_400_000);
  clock += 3_600_000;
  const answer = await callTrpc(api, "session.me", { cookie });
  expect(answer.cookies[0]).toMatch(/^daybook\.session=.*Max-Age=604800.*HttpOnly; SameSite=Lax/i);
  expect(await row()).toMatchObject({ updatedAt: new Date(clock), expiresAt: new Date(clock + 7 * 86_400_000) });
  expect((await callTrpc(api, "session.me", { cookie })).cookies).toEqual([]);
});

test("what concerns a person stands in the log of each of their organizations", async () => {
  const before = (await logOf(api, elsewhereId)).length;
  const cookie = await enter("mia@example.com");
  expect((await call("account.rename", { name: "Mia M." }, cookie)).status).toBe(200);
  await call("account.rename", { name: " Mia M. " }, cookie);
  await post(api, "sign-out", {}, { cookie });
  const here = (await logOf(api, owner.organizationId)).slice(-3);
  const there = (await logOf(api, elsewhereId)).slice(before);
  for (const log of [here, there]) {
    expect(log).toMatchObject([
      { action: "user_logged_in" },
      { action: "user_profile_updated", changes: { fields: [{ path: "name", before: "mia", after: "Mia M." }] } },
      { action: "user_logged_out" },
    ]);
    for (const { context } of log) expect(context).toMatchObject({ ip: expect.any(String), session_id: here[0]?.context.session_id });
  }
});

test("every change of the account comes from the console's own pages", async () => {
  const headers = { origin: "https://evil.example" };
  const paths = [
    "rename",
    "changePassword",
    "beginTwoFactor",
    "enableTwoFactor",
    "disableTwoFactor",
    "renewRecoveryCodes",
    "beginPasskey",
    "addPasskey",
    "removePasskey",
  ];
  const calls = [...paths.map((path) => `account.${path}`), "sessions.end", "sessions.endOthers", "sessions.revokeMember"];
  for (const path of calls) {
    const answer = await callTrpc(api, path, { input: {}, mutation: true, cookie: owner.cookie, organizationId: owner.organizationId, headers });
    expect([path, answer.status]).toEqual([path, 403]);
  }
  for (const path of ["sign-in/email", "sign-in/second-factor", "sign-in/passkey", "sign-in/passkey/options", "sign-out", "password/forgot", "password/reset"])
    expect([path, (await post(api, path, {}, { cookie: owner.cookie, headers })).status]).toEqual([path, 403]);
});
