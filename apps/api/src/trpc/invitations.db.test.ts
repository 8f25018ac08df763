import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actionsOf, callTrpc, setUpOwner, signIn, testApi } from "../../test/test-api.ts";
import type { Call, Owner, TestApi } from "../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

const password = "a very long password";
const asOwner = (path: string, call: Call = {}) => callTrpc(api, path, { ...call, cookie: owner.cookie, organizationId: owner.organizationId });

async function invite(email: string, role = "member") {
  const answer = await asOwner("invitations.invite", { input: { addresses: email, role }, mutation: true });
  const [outcome] = (answer.data as { outcomes: { id: string; link: string }[] }).outcomes;
  if (!outcome) throw new Error(`nobody was invited: ${JSON.stringify(answer.body)}`);
  return { id: outcome.id, token: outcome.link.split("/").at(-1) ?? "" };
}
const look = async (token: string, cookie = "") => callTrpc(api, "invitations.look", { input: { token }, cookie });
const accept = (token: string, more: object = {}, cookie = "") => callTrpc(api, "invitations.accept", { input: { token, ...more }, mutation: true, cookie });
const account = (name = "Bob") => ({ account: { name, password } });

describe("an invitation", () => {
  test("makes the account of whoever has none, signs them in, and opens the organization at once", async () => {
    const { token } = await invite("bob@example.com");
    expect((await look(token)).data).toMatchObject({
      state: "open",
      organization: { name: "Acme" },
      email: "bob@example.com",
      hasAccount: false,
      signedInAs: null,
    });
    const answer = await accept(token, account());
    expect(answer.data).toMatchObject({ organization: { id: owner.organizationId }, signedIn: true, wasMember: false });
    const me = (await callTrpc(api, "session.me", { cookie: answer.cookie })).data as { organizations: { role: string }[] };
    expect(me.organizations).toMatchObject([{ role: "member" }]);
    expect((await actionsOf(api, owner.organizationId)).slice(-3)).toEqual(["org_user_invited", "org_user_invitation_accepted", "user_logged_in"]);
    expect((await accept(token, account())).refusal).toMatchObject({ code: "conflict" });
    expect(api.logged.join("")).not.toContain(token);
    expect(api.logged.join("")).not.toContain(password);
  });

  test("takes the server's rules for a password and a name", async () => {
    const { token } = await invite("rules@example.com");
    expect((await accept(token, { account: { name: "R", password: "short" } })).refusal).toMatchObject({ code: "invalid", path: "account.password" });
    expect((await accept(token, { account: { name: " ", password } })).refusal).toMatchObject({ code: "invalid", path: "account.name" });
    expect((await accept(token)).refusal).toMatchObject({ code: "invalid", path: "account" });
    expect((await look(token)).data).toMatchObject({ state: "open" });
  });

  test("with a name that cannot be stored is refused in words, and stays open", async () => {
    const { token } = await invite("nul@example.com");
    for (const name of ["A\u0000B", "A\ud800B"]) expect((await accept(token, account(name))).refusal).toMatchObject({ code: "invalid", path: "account.name" });
    expect((await look(token)).data).toMatchObject({ state: "open" });
  });

  test("stands in no line of the log, nor does a link for a new password, however its page is asked for", async () => {
    const token = "T".repeat(43);
    for (const url of [`/invite/${token}`, `/invite/${token}/`, `//invite/${token}`, `/%69nvite/${token}`, `/reset-password/${token}`])
      for (const accepted of ["text/html", "application/json"]) await fetch(`${api.url}${url}`, { headers: { accept: accepted } });
    expect(api.logged.join("")).toContain("answered");
    expect(api.logged.join("")).not.toContain(token);
  });

  test("of somebody with an account asks them to sign in, and then takes one call", async () => {
    const { token: first } = await invite("carol@example.com");
    await accept(first, account("Carol"));
    const { cookie } = await signIn(api, { email: "carol@example.com", password });
    const carol = (await callTrpc(api, "session.me", { cookie })).data as { user: { id: string } };
    await asOwner("members.remove", { input: { userId: carol.user.id }, mutation: true });
    const again = (await asOwner("invitations.reinvite", { input: { userId: carol.user.id, role: "admin" }, mutation: true })).data as { link: string };
    const token = again.link.split("/").at(-1) ?? "";
    expect((await accept(token, account())).refusal).toMatchObject({ code: "unauthenticated" });
    expect((await accept(token, {}, owner.cookie)).refusal).toMatchObject({ code: "forbidden" });
    expect((await look(token, cookie)).data).toMatchObject({ hasAccount: true, signedInAs: { email: "carol@example.com" } });
    expect((await accept(token, {}, cookie)).data).toMatchObject({ signedIn: true, wasMember: false });
    const me = (await callTrpc(api, "session.me", { cookie })).data as { organizations: { role: string }[] };
    expect(me.organizations).toMatchObject([{ role: "admin" }]);
  });

  test("that nobody sent, a revoked one and a text that is none tell a guesser nothing, and guessing is bounded", async () => {
    const { id, token } = await invite("revoked@example.com");
    await asOwner("invitations.revoke", { input: { invitationId: id }, mutation: true });
    expect((await accept(token, account())).refusal).toMatchObject({ code: "conflict" });
    const guesses = await Promise.all(["x", "A".repeat(43), token.slice(0, 42)].map((guess) => look(guess)));
    expect(new Set(guesses.map(({ status, refusal }) => JSON.stringify([status, refusal]))).size).toBe(1);
    const flood = await Promise.all(Array.from({ length: 70 }, () => look("A".repeat(43))));
    expect(flood.some(({ refusal }) => refusal?.code === "rate_limited")).toBe(true);
  });
});

test("a suspended member is shut out at the next request, and comes back when reinstated", async () => {
  const other = await testApi();
  try {
    const first = await setUpOwner(other);
    const call = (path: string, more: Call) => callTrpc(other, path, { cookie: first.cookie, organizationId: first.organizationId, ...more });
    const answer = await call("invitations.invite", { input: { addresses: "sue@example.com", role: "admin" }, mutation: true });
    const [outcome] = (answer.data as { outcomes: { link: string }[] }).outcomes;
    const { cookie } = await callTrpc(other, "invitations.accept", { input: { token: outcome?.link.split("/").at(-1), ...account("Sue") }, mutation: true });
    const sues = () => callTrpc(other, "events.list", { input: { logType: "activity", filter: {} }, cookie, organizationId: first.organizationId });
    expect((await sues()).status).toBe(200);
    const listed = (await call("members.list", { input: { search: "sue" } })).data as { members: { userId: string; lastActiveAt: string | null }[] };
    const userId = listed.members[0]?.userId;
    expect(listed.members[0]?.lastActiveAt).not.toBeNull();
    await call("members.suspend", { input: { userId }, mutation: true });
    expect((await sues()).refusal).toMatchObject({ code: "forbidden" });
    await call("members.reinstate", { input: { userId }, mutation: true });
    expect((await sues()).status).toBe(200);
  } finally {
    await other.close();
  }
});
