import { schema } from "@daybook/store";
import { betterAuth } from "better-auth";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { actionsOf, callTrpc, logOf, ownerEmail, ownerPassword, setUpOwner, signIn, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
const origin = "http://localhost:4747";
beforeAll(async () => {
  api = await testApi({ signInsPerMinute: 8 });
  owner = await setUpOwner(api);
});
afterAll(() => api.close());
afterEach(() => vi.restoreAllMocks());

let address = 0;
/** Each test comes from an address of its own. */
const elsewhere = () => ({ "x-forwarded-for": `198.51.100.${(address += 1)}`, "user-agent": "test browser" });
const credentials = { email: ownerEmail, password: ownerPassword };
const me = async (cookie: string) => (await callTrpc(api, "session.me", { cookie })).data as { user: { email: string } } | null;
const signOut = (cookie: string, headers: Record<string, string> = { origin }) =>
  fetch(`${api.url}/api/auth/sign-out`, { method: "POST", headers: { cookie, "content-type": "application/json", ...headers }, body: "{}" });
const last = async (action: string) => (await logOf(api, owner.organizationId)).findLast((event) => event.action === action);
const sessionCount = async () => (await api.platform.store.platform.select().from(schema.sessions)).length;

test("signing in opens a session and is in the log with address, browser and session", async () => {
  const headers = elsewhere();
  const answer = await signIn(api, credentials, headers);
  expect(answer.status).toBe(200);
  expect(answer.text).toBe('{"outcome":"signed_in","failed":null}');
  expect((await me(answer.cookie))?.user.email).toBe(ownerEmail);
  expect(answer.cookies[0]).toMatch(/^daybook\.session=.*HttpOnly.*SameSite=Lax/i);
  const event = await last("user_logged_in");
  expect(event).toMatchObject({ actor: { email: ownerEmail }, context: { ip: headers["x-forwarded-for"], user_agent: "test browser" }, origin: "interface" });
  const [session] = (await api.platform.store.platform.select().from(schema.sessions)).slice(-1);
  expect(event?.context.session_id).toBe(session?.id);
});

test("the address is the one that the server sees, whatever header the client sends", async () => {
  const headers = elsewhere();
  await signIn(api, credentials, { ...headers, "x-daybook-client-ip": "1.2.3.4" });
  expect((await last("user_logged_in"))?.context.ip).toBe(headers["x-forwarded-for"]);
  const [session] = (await api.platform.store.platform.select().from(schema.sessions)).slice(-1);
  expect(session?.ipAddress).toBe(headers["x-forwarded-for"]);
});

test("signing out ends the session and is in the log", async () => {
  const { cookie } = await signIn(api, credentials, elsewhere());
  const answer = await signOut(cookie);
  expect(answer.status).toBe(200);
  expect(await me(cookie)).toBeNull();
  expect(await last("user_logged_out")).toMatchObject({ actor: { email: ownerEmail } });
});

test("a wrong password is one event by nobody known; an unknown address gets the same answer", async () => {
  const before = await actionsOf(api, owner.organizationId);
  const wrong = await signIn(api, { email: ownerEmail.toUpperCase(), password: "wrong" }, elsewhere());
  const unknown = await signIn(api, { email: "nobody@example.com", password: "wrong" }, elsewhere());
  expect([wrong.status, wrong.text, wrong.cookies]).toEqual([unknown.status, unknown.text, unknown.cookies]);
  expect(wrong.status).toBe(401);
  expect((await actionsOf(api, owner.organizationId)).slice(before.length)).toEqual(["user_login_failed"]);
  expect(await last("user_login_failed")).toMatchObject({
    status: "failed",
    actor: { type: "anonymous" },
    resource: { name: ownerEmail },
    error: { code: "invalid_credentials" },
  });
});

test("guessing is slowed down and in the log, where it collapses", async () => {
  const headers = elsewhere();
  const statuses: number[] = [];
  for (let times = 0; times < 11; times += 1) statuses.push((await signIn(api, { email: ownerEmail, password: "guess" }, headers)).status);
  expect(statuses).toEqual([...Array<number>(8).fill(401), 429, 429, 429]);
  const limited = await signIn(api, credentials, headers);
  expect(limited.status).toBe(429);
  expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
  const events = (await logOf(api, owner.organizationId)).filter(({ error }) => error?.code === "rate_limited");
  expect(events.length).toBeGreaterThanOrEqual(1);
  expect(events.length).toBeLessThanOrEqual(2);
  expect((await signIn(api, credentials, elsewhere())).status).toBe(200);
});

describe("no event, no session", () => {
  test("when the log cannot be written, nobody comes in", async () => {
    const before = await sessionCount();
    vi.spyOn(api.platform.store, "appendIn").mockRejectedValue(Object.assign(new Error("gone"), { code: "CONNECTION_CLOSED" }));
    const answer = await signIn(api, credentials, elsewhere());
    expect([answer.status, answer.cookies]).toEqual([503, []]);
    expect(await sessionCount()).toBe(before);
  });

  test("when the log cannot be written, nobody is signed out without a word", async () => {
    const { cookie } = await signIn(api, credentials, elsewhere());
    const spy = vi.spyOn(api.platform.store, "appendIn").mockRejectedValue(Object.assign(new Error("gone"), { code: "CONNECTION_CLOSED" }));
    expect((await signOut(cookie)).status).toBe(503);
    spy.mockRestore();
    expect(await me(cookie)).not.toBeNull();
  });

  test("a session that expired by itself is no act of anybody", async () => {
    const { cookie } = await signIn(api, credentials, elsewhere());
    await api.platform.store.platform.update(schema.sessions).set({ expiresAt: new Date(0) });
    const before = await actionsOf(api, owner.organizationId);
    expect(await me(cookie)).toBeNull();
    expect(await actionsOf(api, owner.organizationId)).toEqual(before);
  });
});

describe("what other pages and other ways may not do", () => {
  test.each([
    ["another site", { origin: "https://evil.example" }],
    ["another port", { origin: "http://localhost:1" }],
    ["an opaque origin", { origin: "null" }],
  ])("%s cannot sign in or out", async (_what, headers) => {
    const { cookie } = await signIn(api, credentials, elsewhere());
    expect((await signIn(api, credentials, { ...elsewhere(), ...headers })).status).toBe(403);
    expect((await signOut(cookie, headers)).status).toBe(403);
    expect(await me(cookie)).not.toBeNull();
  });

  const routesOfLibrary = Object.values(betterAuth({ secret: "a secret that only lists routes", logger: { disabled: true } }).api)
    .filter((endpoint) => typeof endpoint.path === "string" && endpoint.path.startsWith("/"))
    .flatMap(({ path, options: { method } }) => [method].flat().map((each) => [each === "GET" ? "GET" : "POST", path.replace(/:\w+/g, "x")] as const));
  /** Addresses that the library has too, and that are answered by routes of our own. */
  const ours = new Set(["POST /sign-in/email", "POST /sign-out"]);

  test("the library has the routes that this table is about", () => {
    const listed = routesOfLibrary.map((route) => route.join(" "));
    expect(listed.length).toBeGreaterThan(25);
    expect(listed).toEqual(expect.arrayContaining([...ours, "POST /change-password", "POST /update-user", "POST /revoke-sessions", "GET /get-session"]));
  });

  test.each(routesOfLibrary.filter((route) => !ours.has(route.join(" "))))("the library's own %s %s is closed", async (method, path) => {
    const { cookie } = await signIn(api, credentials, elsewhere());
    const response = await fetch(`${api.url}/api/auth${path}`, {
      method,
      headers: { cookie, origin, "content-type": "application/json" },
      ...(method === "POST" && { body: "{}" }),
    });
    expect(response.status).toBe(404);
  });

  test.each([
    ["no JSON", "{", 400],
    ["no password", '{"email":"a@example.com"}', 400],
    ["no e-mail", '{"email":"a","password":"b"}', 400],
    ["too long", JSON.stringify({ email: "a@example.com", password: "x".repeat(20_000) }), 413],
  ])("a sign-in with %s is refused", async (_what, body, status) => {
    const response = await fetch(`${api.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { ...elsewhere(), "content-type": "application/json" },
      body,
    });
    expect(response.status).toBe(status);
  });
});

test("neither password nor cookie is in the log of the process", async () => {
  const { cookie } = await signIn(api, credentials, elsewhere());
  const lines = api.logged.join("");
  expect(lines).not.toContain(ownerPassword);
  expect(lines).not.toContain(cookie.split("=")[1]?.slice(0, 20));
});

test("over https the cookie is pinned to its host", async () => {
  const secure = await testApi({ origin: "https://daybook.example" });
  try {
    const answer = await callTrpc(secure, "session.me");
    expect(answer.data).toBeNull();
    await setUpOwner(secure);
    const { cookies, cookie } = await signIn(secure, credentials);
    expect(cookies[0]).toMatch(/^__Host-daybook\.session=.*Path=\/;.*HttpOnly; Secure; SameSite=Lax/i);
    expect(cookies[0]).not.toMatch(/domain=/i);
    expect((await callTrpc(secure, "session.me", { cookie })).data).not.toBeNull();
    const page = await fetch(`${secure.url}/livez`);
    expect(page.headers.get("strict-transport-security")).toContain("max-age");
  } finally {
    await secure.close();
  }
});
