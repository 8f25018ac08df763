import { members, organizations, schema } from "@daybook/store";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { actionsOf, callTrpc, logOf, ownerPassword, postEvents, setupTokenText, setUpOwner, signIn, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";
import { appRouter } from "./app-router.ts";

let api: TestApi;
let owner: Owner;
let member: { cookie: string; userId: string };
let stranger: { cookie: string; organizationId: string };
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
  member = await addPerson("member@example.com", owner.organizationId, "member");
  const elsewhere = crypto.randomUUID();
  await api.platform.store.platformTransaction((tx) =>
    organizations.insert(tx, { id: elsewhere, name: "Other", slug: "other", timeZone: "UTC", demo: false }).then(() => undefined),
  );
  stranger = { ...(await addPerson("stranger@example.com", elsewhere, "owner")), organizationId: elsewhere };
});
afterAll(() => api.close());
afterEach(() => vi.restoreAllMocks());

async function addPerson(email: string, organizationId: string, role: string) {
  const userId = crypto.randomUUID();
  const [account] = await api.platform.store.platform.select().from(schema.accounts);
  await api.platform.store.platformTransaction(async (tx) => {
    await members.insertUser(tx, { id: userId, accountId: userId, name: email, email, passwordHash: account?.password ?? "" });
    await members.insert(tx, { organizationId, userId, role });
  });
  const { cookie } = await signIn(api, { email, password: ownerPassword });
  return { cookie, userId };
}

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: "query" | "mutation" | "subscription" } }>).map(
  ([path, { _def }]) => [path, _def.type] as const,
);
const forAnyone = new Set(["session.me", "setup.status", "setup.passwordRules", "setup.create", "invitations.look", "invitations.accept"]);
const guarded = procedures.filter(([path]) => !forAnyone.has(path));

describe("every procedure but setting up and asking who one is", () => {
  test("is in this table", () => {
    expect(guarded.length).toBeGreaterThanOrEqual(8);
    expect([...forAnyone].every((path) => procedures.some(([known]) => known === path))).toBe(true);
  });

  test.each(guarded)("%s refuses the anonymous caller", async (path, type) => {
    if (type === "subscription") {
      const connection = encodeURIComponent(JSON.stringify({ organization: owner.organizationId }));
      const stream = await fetch(`${api.url}/trpc/${path}?input=%7B%7D&connectionParams=${connection}`, { headers: { accept: "text/event-stream" } });
      const text = await stream.text();
      expect(text).toContain('"unauthenticated"');
      expect(text).not.toContain('"seq"');
      return;
    }
    const answer = await callTrpc(api, path, { input: {}, mutation: type === "mutation", organizationId: owner.organizationId });
    expect([answer.status, answer.refusal?.code]).toEqual([401, "unauthenticated"]);
  });

  test.each(guarded.filter(([, type]) => type !== "subscription"))("%s knows no organization of others", async (path, type) => {
    const foreign = await callTrpc(api, path, { input: {}, mutation: type === "mutation", cookie: stranger.cookie, organizationId: owner.organizationId });
    const none = await callTrpc(api, path, { input: {}, mutation: type === "mutation", cookie: stranger.cookie, organizationId: crypto.randomUUID() });
    expect([foreign.status, foreign.refusal]).toEqual([404, none.refusal]);
  });

  test.each(guarded.filter(([, type]) => type === "mutation"))("%s is not for pages of another site", async (path) => {
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ];
    for (const headers of foreign) {
      const answer = await callTrpc(api, path, { input: {}, mutation: true, cookie: owner.cookie, organizationId: owner.organizationId, headers });
      expect([answer.status, answer.refusal?.code]).toEqual([403, "forbidden"]);
    }
  });

  test.each(guarded.filter(([, type]) => type === "mutation"))("%s cannot be called with GET", async (path) => {
    expect((await callTrpc(api, path, { input: {}, ...owner })).status).toBe(405);
  });
});

describe("setting up", () => {
  const input = {
    setupToken: setupTokenText,
    owner: { name: "Eve", email: "eve@example.com", password: "a very long password" },
    organization: { name: "Mine", timeZone: "UTC" },
  };

  test("works once: whoever comes second is told to sign in", async () => {
    expect((await callTrpc(api, "setup.status")).data).toEqual({ needed: false });
    const answer = await callTrpc(api, "setup.create", { input, mutation: true });
    expect([answer.status, answer.refusal?.code, answer.cookies]).toEqual([409, "conflict", []]);
    expect(await members.findUserByEmail(api.platform.store.platform, "eve@example.com")).toBeNull();
  });

  test("needs the current setup link, a name, a password that is long enough and a real time zone", async () => {
    const fresh = await testApi();
    try {
      const refused = async (change: object) => (await callTrpc(fresh, "setup.create", { input: { ...input, ...change }, mutation: true })).refusal;
      expect(await refused({ setupToken: "guess" })).toMatchObject({ code: "forbidden", path: "setupToken" });
      expect(await refused({ owner: { ...input.owner, password: "short" } })).toMatchObject({ code: "invalid", path: "owner.password" });
      expect(await refused({ owner: { ...input.owner, email: "no" } })).toMatchObject({ code: "invalid", path: "owner.email" });
      expect(await refused({ organization: { name: "Mine", timeZone: "Mars/Olympus" } })).toMatchObject({ code: "invalid", path: "organization.timeZone" });
      expect((await callTrpc(fresh, "setup.status")).data).toEqual({ needed: true });
      const answers = await Promise.all(Array.from({ length: 4 }, () => callTrpc(fresh, "setup.create", { input, mutation: true })));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
      const made = answers.find(({ status }) => status === 200);
      const me = (await callTrpc(fresh, "session.me", { cookie: made?.cookie ?? "" })).data as { organizations: { role: string; demo: boolean; id: string }[] };
      expect(me.organizations).toMatchObject([{ name: "Mine", slug: "mine", role: "owner", demo: false, timeZone: "UTC" }]);
      expect((await actionsOf(fresh, me.organizations[0]?.id ?? "")).slice(-3)).toEqual([
        "organization_created",
        "api_token_workspace_created",
        "user_logged_in",
      ]);
      expect(fresh.logged.join("")).not.toContain(setupTokenText);
    } finally {
      await fresh.close();
    }
  });
});

describe("reading the log", () => {
  test("an event that was just sent is the first of the list, whole when opened", async () => {
    await postEvents(
      api,
      owner.token,
      '{"action":"report_edited","actor":{"type":"user","id":"u1","name":"Bob"},"changes":{"before":{"a":1},"after":{"a":2}}}',
    );
    const list = (await callTrpc(api, "events.list", { input: { logType: "activity", filter: { action: ["report_edited"] } }, ...owner })).data as {
      events: { id: string }[];
    };
    expect(list.events[0]).toMatchObject({ action: "report_edited", changed_fields: ["a"] });
    const opened = await callTrpc(api, "events.get", { input: { id: list.events[0]?.id }, ...owner });
    expect(opened.data).toMatchObject({ event: { changes: { fields: [{ path: "a", before: 1, after: 2 }] } }, raw: null });
    const beside = { "events.histogram": {}, "events.facets": { keys: ["actor"] }, "events.values": { key: "actor" }, "events.counts": { searches: [""] } };
    for (const [path, more] of Object.entries(beside))
      expect([path, (await callTrpc(api, path, { input: { filter: {}, ...more }, ...owner })).status]).toEqual([path, 200]);
    expect((await callTrpc(api, "events.related", { input: { id: list.events[0]?.id }, ...owner })).status).toBe(200);
  });

  test("a member sees what they did and nothing of a colleague's, even by id", async () => {
    await postEvents(
      api,
      owner.token,
      `[{"action":"mine","actor":{"type":"user","id":"${member.userId}"}},{"action":"theirs","actor":{"type":"user","id":"u9"}}]`,
    );
    const scope = { cookie: member.cookie, organizationId: owner.organizationId };
    const { events } = (await callTrpc(api, "events.list", { input: { filter: {} }, ...scope })).data as {
      events: { action: string; actor: { id: string } }[];
    };
    expect(events.map(({ action }) => action)).toContain("mine");
    expect(events.every(({ actor }) => actor.id === member.userId)).toBe(true);
    const theirs = (await logOf(api, owner.organizationId)).find(({ action }) => action === "theirs");
    expect((await callTrpc(api, "events.get", { input: { id: theirs?.id }, ...scope })).refusal?.code).toBe("not_found");
  });

  test("what a member may not do is refused, and in the log, before its input is looked at", async () => {
    const answer = await callTrpc(api, "tokens.create", {
      input: { nonsense: true },
      mutation: true,
      cookie: member.cookie,
      organizationId: owner.organizationId,
    });
    expect([answer.status, answer.refusal?.code]).toEqual([403, "forbidden"]);
    expect((await logOf(api, owner.organizationId)).findLast(({ action }) => action === "access_denied")).toMatchObject({
      actor: { id: member.userId },
      metadata: { verb: "tokens.create" },
      context: { request_id: expect.any(String) as unknown, session_id: expect.any(String) as unknown },
    });
  });
});

test("tokens are made, listed without their secret, and revoked, each time with an event", async () => {
  const made = (await callTrpc(api, "tokens.create", { input: { name: "CI", scopes: ["events:write"] }, mutation: true, ...owner })).data as {
    id: string;
    token: string;
  };
  const list = JSON.stringify((await callTrpc(api, "tokens.list", { ...owner })).data);
  expect(list).toContain(made.id);
  expect(list).not.toContain(made.token);
  expect((await callTrpc(api, "tokens.revoke", { input: { tokenId: made.id }, mutation: true, ...owner })).status).toBe(200);
  expect((await callTrpc(api, "tokens.revoke", { input: { tokenId: made.id }, mutation: true, ...owner })).refusal?.code).toBe("not_found");
  expect(await actionsOf(api, owner.organizationId)).toEqual(expect.arrayContaining(["api_token_workspace_created", "api_token_workspace_revoked"]));
});

describe("errors", () => {
  test.each<[string, { cookie: string; organizationId?: string }, number, string]>([
    ["no organization", { cookie: "owner" }, 400, "invalid"],
    ["a name in place of an organization", { cookie: "owner", organizationId: "acme" }, 400, "invalid"],
    ["a forged cookie", { cookie: "daybook.session=abc.def", organizationId: "own" }, 401, "unauthenticated"],
  ])("%s is refused", async (_what, call, status, code) => {
    const cookie = call.cookie === "owner" ? owner.cookie : call.cookie;
    const organizationId = call.organizationId === "own" ? owner.organizationId : call.organizationId;
    const answer = await callTrpc(api, "events.list", { input: { filter: {} }, cookie, ...(organizationId && { organizationId }) });
    expect([answer.status, answer.refusal?.code]).toEqual([status, code]);
  });

  test("a broken assumption is told by its request id alone, and its text is in the server's log", async () => {
    vi.spyOn(api.platform.store, "search").mockRejectedValue(new Error("secret detail"));
    const answer = await callTrpc(api, "events.list", { input: { filter: {} }, ...owner });
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain("secret detail");
    const requestId = answer.body.error?.data.requestId ?? "none";
    expect(api.logged.find((line) => line.includes(requestId) && line.includes("secret detail"))).toBeDefined();
  });

  test("a lost database is a refusal that invites to try again", async () => {
    vi.spyOn(api.platform.store, "search").mockRejectedValue(Object.assign(new Error("gone"), { code: "CONNECTION_CLOSED" }));
    const answer = await callTrpc(api, "events.list", { input: { filter: {} }, ...owner });
    expect([answer.status, answer.refusal?.code]).toEqual([503, "unavailable"]);
  });

  test("a procedure that is not there is not found", async () => {
    expect((await callTrpc(api, "events.destroy", { input: {}, ...owner })).status).toBe(404);
  });
});
