import { members } from "@daybook/store";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { joinMember } from "../../../test/join-member.ts";
import { clientId, clientSecret, openProvider } from "../../../test/sign-in-provider.ts";
import type { TestProvider } from "../../../test/sign-in-provider.ts";
import { lastOf, post } from "../../../test/sign-in-calls.ts";
import { actionsOf, callTrpc, logOf, ownerEmail, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";
import { openBrowser } from "../../../test/test-browser.ts";

const origin = "https://daybook.example";
let api: TestApi;
let owner: Owner;
let provider: TestProvider;
let providerId: string;

/** Whoever types one of these at the provider is that person. */
const people = {
  ada: { email: ownerEmail, email_verified: true, name: "Ada" },
  ada2: { email: ownerEmail, email_verified: true },
  mel: { email: "Mel@Example.com", email_verified: true, name: "Mel" },
  new: { email: "new@example.com", email_verified: true, name: "New Person" },
  unverified: { email: "unverified@example.com", email_verified: false },
  foreign: { email: "somebody@other.example", email_verified: true },
  nameless: { name: "No Address" },
  suspended: { email: "suspended@example.com", email_verified: true },
  removed: { email: "removed@example.com", email_verified: true },
};

beforeAll(async () => {
  api = await testApi({ origin });
  owner = await setUpOwner(api);
  provider = await openProvider({ redirectUris: [`${origin}/api/auth/oidc/callback/${owner.organizationId}`], people });
  const made = await asOwner("signInProviders.create", { name: "Corporate", issuer: provider.issuer, clientId, clientSecret, emailDomains: ["@Example.com"] });
  providerId = (made.data as { id: string }).id;
  await joinMember(api, owner, "mel@example.com");
  for (const status of ["suspended", "removed"] as const) {
    const userId = await joinMember(api, owner, `${status}@example.com`);
    await api.platform.store.platform.execute(`update members set status = '${status}' where user_id = '${userId}'`);
  }
});
afterAll(async () => {
  await provider.close();
  await api.close();
});

const asOwner = (path: string, input: unknown, mutation = true) =>
  callTrpc(api, path, { input, mutation, cookie: owner.cookie, organizationId: owner.organizationId, headers: { origin } });
const browser = () => openBrowser({ origin, served: api.url });
const start = (query: Record<string, string> = {}) => `/api/auth/oidc/start?${new URLSearchParams({ organization: owner.slug, ...query }).toString()}`;
const meIn = async (cookie: string) =>
  (await callTrpc(api, "session.me", { cookie })).data as { user: { email: string }; organizations: { id: string }[] } | null;
const signIn = async (as: string) => {
  const visitor = browser();
  return { visitor, end: await visitor.go(start(), { as }) };
};

describe("a member whom the provider knows", () => {
  test("comes in by its pages, with the session, the link and where they wanted to go", async () => {
    const visitor = browser();
    const end = await visitor.go(start({ next: "/o/acme/logs/activity?q=1" }), { as: "mel" });
    expect(end.pathname + end.search).toBe("/o/acme/logs/activity?q=1");
    expect((await meIn(visitor.cookie()))?.user.email).toBe("mel@example.com");
    expect([...visitor.cookies().keys()]).toEqual(["__Host-daybook.session"]);
    expect(await lastOf(api, owner.organizationId, "user_logged_in")).toMatchObject({
      actor: { type: "user", email: "mel@example.com" },
      metadata: { method: "single_sign_on", provider: "Corporate" },
      context: { session_id: expect.any(String) as string },
    });
    expect(await lastOf(api, owner.organizationId, "user_identity_linked")).toMatchObject({
      actor: { email: "mel@example.com" },
      resource: { type: "user", name: "mel@example.com" },
      metadata: { provider: "Corporate", issuer: provider.issuer },
    });
  });

  test("is linked once, and known by the provider's subject from then on", async () => {
    await signIn("mel");
    const before = (await actionsOf(api, owner.organizationId)).length;
    await signIn("mel");
    expect((await actionsOf(api, owner.organizationId)).slice(before)).toEqual(["user_logged_in"]);
  });

  test("a second subject with the same address is refused", async () => {
    expect((await signIn("ada")).end.pathname).toBe("/");
    const { visitor, end } = await signIn("ada2");
    expect(end.search).toBe("?problem=other_subject");
    expect(await meIn(visitor.cookie())).toBeNull();
  });

  test("signing out is in the log of that organization", async () => {
    const { visitor } = await signIn("mel");
    expect((await post(api, "sign-out", {}, { cookie: visitor.cookie(), headers: { origin } })).status).toBe(200);
    expect(await lastOf(api, owner.organizationId, "user_logged_out")).toMatchObject({ actor: { email: "mel@example.com" } });
    expect(await meIn(visitor.cookie())).toBeNull();
  });
});

describe("who does not come in is told why, and so is the log", () => {
  test.each([
    ["unverified", "email_not_verified"],
    ["foreign", "other_domain"],
    ["nameless", "no_email"],
    ["new", "not_a_member"],
    ["suspended", "suspended"],
    ["removed", "not_a_member"],
  ])("%s: %s", async (as, problem) => {
    const before = (await actionsOf(api, owner.organizationId)).length;
    const { visitor, end } = await signIn(as);
    expect([end.pathname, end.search]).toEqual(["/sign-in", `?problem=${problem}`]);
    expect(visitor.cookies().size).toBe(0);
    const written = (await logOf(api, owner.organizationId)).slice(before);
    expect(written).toMatchObject([
      { action: "user_login_failed", status: "failed", actor: { type: "anonymous" }, error: { code: problem }, metadata: { method: "single_sign_on" } },
    ]);
  });
});

describe("whom nobody invited", () => {
  test("becomes a member where the provider lets them, and that is in the log", async () => {
    await asOwner("signInProviders.update", { providerId, autoJoinRole: "member" });
    try {
      const { visitor, end } = await signIn("new");
      expect(end.pathname).toBe("/");
      expect((await meIn(visitor.cookie()))?.organizations.map(({ id }) => id)).toEqual([owner.organizationId]);
      expect(await lastOf(api, owner.organizationId, "user_created")).toMatchObject({
        actor: { type: "system", name: "Corporate" },
        resource: { name: "new@example.com" },
        metadata: { role: "member", method: "single_sign_on", provider: "Corporate" },
      });
      expect((await signIn("removed")).end.search).toBe("?problem=not_a_member");
    } finally {
      await asOwner("signInProviders.update", { providerId, autoJoinRole: null });
    }
  });

  test("did not prove an address to us, nor got a password", async () => {
    const user = await members.findUserByEmail(api.platform.store.platform, "new@example.com");
    expect(user?.emailVerified).toBe(false);
    expect((await post(api, "sign-in/email", { email: "new@example.com", password: "" })).status).toBe(401);
  });
});

describe("a browser that did not begin it", () => {
  const untilCallback = { until: (url: URL) => url.pathname.includes("/callback/") };
  let left: ReturnType<typeof browser>;
  let back: URL;
  beforeEach(async () => {
    left = browser();
    back = await left.go(start(), { as: "mel", ...untilCallback });
  });

  test("is not signed in by somebody else's way back", async () => {
    const other = browser();
    expect((await other.go(back.href)).search).toBe("?problem=start_again");
    expect(other.cookies().size).toBe(0);
    await other.go(start(), { as: "mel", ...untilCallback });
    expect((await other.go(back.href)).search).toBe("?problem=start_again");
  });

  test("nor by the same way twice", async () => {
    expect((await left.go(back.href)).pathname).toBe("/");
    expect((await left.go(back.href)).search).toBe("?problem=start_again");
  });

  test("nor by a code that was used, even with the cookie of its sign-in", async () => {
    const kept = [...left.cookies()];
    await left.go(back.href);
    left.cookies().clear();
    for (const [name, value] of kept) left.cookies().set(name, value);
    expect((await left.go(back.href)).search).toBe("?problem=bad_answer");
  });

  test("nor with a changed state, a cookie that was changed, or one that is too old", async () => {
    const changed = new URL(back);
    changed.searchParams.set("state", "another");
    const kept = new Map(left.cookies());
    expect((await left.go(changed.href)).search).toBe("?problem=start_again");
    for (const [name, value] of kept) left.cookies().set(name, `${value.slice(0, -2)}AA`);
    expect((await left.go(back.href)).search).toBe("?problem=start_again");
  });

  test("nor with the answer of another issuer (mix-up), which the iss parameter tells", async () => {
    expect(back.searchParams.get("iss")).toBe(provider.issuer);
    back.searchParams.set("iss", "https://evil.example");
    expect((await left.go(back.href)).search).toBe("?problem=bad_answer");
  });
});

describe("where it leads", () => {
  test.each(["https://evil.example/", "//evil.example", "/\\evil.example", "/.//evil.example", "/api/auth/oidc/start", "javascript:alert(1)"])(
    "%s as the way back leads home",
    async (next) => {
      expect((await browser().go(start({ next }), { as: "mel" })).href).toBe(`${origin}/`);
    },
  );

  test.each(["nowhere", "", "%00", "\u0000", "a".repeat(500)])("an organization called %j looks like one without a provider", async (organization) => {
    expect((await browser().go(start({ organization }))).search).toBe("?problem=no_provider");
  });

  test("an address leads to the providers of its domain, whoever has it; others to the password", async () => {
    const find = async (email: unknown) => (await post(api, "oidc/find", { email }, { headers: { origin } })).body;
    const known = await find("mel@example.com");
    expect(known).toEqual({ kind: "providers", ways: [{ name: "Corporate", url: expect.stringContaining(`provider=${providerId}`) as string }] });
    expect(await find("nobody-at-all@EXAMPLE.com")).toEqual(known);
    for (const email of ["mel@other.example", "mel", "", 7, "@example.com", `${"a".repeat(400)}@example.com`])
      expect(await find(email)).toEqual({ kind: "none" });
    expect((await post(api, "oidc/find", { email: "a@example.com" }, { headers: { origin: "https://evil.example" } })).status).toBe(403);
  });

  test("a provider that is turned off is none, also for those who are under way", async () => {
    const visitor = browser();
    const back = await visitor.go(start(), { as: "mel", until: (url) => url.pathname.includes("/callback/") });
    await asOwner("signInProviders.update", { providerId, enabled: false });
    try {
      expect((await visitor.go(back.href)).search).toBe("?problem=no_provider");
      expect((await browser().go(start())).search).toBe("?problem=no_provider");
    } finally {
      await asOwner("signInProviders.update", { providerId, enabled: true });
    }
  });

  test("too many attempts from one network are told so", async () => {
    const headers = { "x-forwarded-for": "198.51.100.77" };
    const slow = await testApi({ origin, signInsPerMinute: 2 });
    try {
      const ask = async () => (await fetch(`${slow.url}/api/auth/oidc/start?organization=x`, { redirect: "manual", headers })).headers.get("location");
      expect([await ask(), await ask(), await ask()]).toEqual(["/sign-in?problem=no_provider", "/sign-in?problem=no_provider", "/sign-in?problem=too_many"]);
    } finally {
      await slow.close();
    }
  });
});

test("the client secret is nowhere but at the provider", async () => {
  await signIn("mel");
  const [row] = await api.platform.store.platform.execute<{ client_secret: string }>("select client_secret from sign_in_providers");
  expect(row?.client_secret).not.toContain(clientSecret);
  const listed = await asOwner("signInProviders.list", undefined, false);
  const told = JSON.stringify([listed.body, await logOf(api, owner.organizationId), api.logged]);
  expect(told).toContain("Corporate");
  expect(told).not.toContain(clientSecret);
});
