import { newId } from "@daybook/services";
import { members } from "@daybook/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callTrpc, getEvents, ownerPassword, postEvents, setUpOwner, signIn, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";

/** What the API still shows to somebody whose standing has changed, from one request to the next and through a stream that is open. */
let api: TestApi;
let owner: Owner;
/** How far the server's clock is ahead. */
let aheadMs = 0;
const dayMs = 86_400_000;

beforeAll(async () => {
  api = await testApi({ now: () => new Date(Date.now() + aheadMs), signInsPerMinute: 1_000 });
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

/** Somebody with the owner's password. */
async function join(name: string, role: string): Promise<{ userId: string; email: string; cookie: string }> {
  const { platform } = api;
  const userId = newId(platform);
  const email = `${name}@example.com`;
  const [account] = (await platform.store.platform.execute("select password from accounts where password is not null limit 1")) as unknown as {
    password: string;
  }[];
  await platform.store.platformTransaction(async (tx) => {
    await members.insertUser(tx, { id: userId, accountId: newId(platform), name, email, passwordHash: account?.password ?? "" });
    await members.insert(tx, { organizationId: owner.organizationId, userId, role });
  });
  return { userId, email, cookie: (await signIn(api, { email, password: ownerPassword })).cookie };
}

const call = (path: string, { as = owner, ...more }: { as?: { cookie: string }; input?: unknown; mutation?: boolean; headers?: Record<string, string> } = {}) =>
  callTrpc(api, path, { ...more, cookie: as.cookie, organizationId: owner.organizationId });
const send = (action: string, by = "kim") =>
  postEvents(api, owner.token, JSON.stringify([{ action, context: { ip: "203.0.113.77" }, actor: { type: "user", id: by } }]));

async function newAuditor(name: string, more: object = {}) {
  const auditor = await join(name, "auditor");
  const input = {
    email: auditor.email,
    filter: { action: [`${name}_seen`] },
    expiresAt: new Date(Date.now() + aheadMs + dayMs).toISOString(),
    reason: "Audit",
    hides: ["context.ip"],
    ...more,
  };
  const granted = await call("auditors.grant", { mutation: true, input });
  expect(granted.status).toBe(200);
  return { ...auditor, grantId: (granted.data as { id: string }).id };
}

/** The text of a stream so far, and whether the server has ended it. */
async function follow({ cookie }: { cookie: string }) {
  const controller = new AbortController();
  const parameters = new URLSearchParams({ input: "{}", connectionParams: JSON.stringify({ organization: owner.organizationId }) });
  const response = await fetch(`${api.url}/trpc/events.tail?${parameters}`, { headers: { accept: "text/event-stream", cookie }, signal: controller.signal });
  const stream = { text: "", ended: false, stop: () => controller.abort() };
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) stream.text += decoder.decode(chunk, { stream: true });
  })()
    .catch(() => undefined)
    .finally(() => (stream.ended = true));
  await until(() => stream.text.includes("event: connected"));
  return stream;
}

/** A stream begins with the end of the log as it finds it, which is a moment after it says that it is connected. */
async function arrives(stream: { text: string }, action: string): Promise<void> {
  for (let times = 0; times < 20 && !stream.text.includes(action); times += 1) {
    await send(action);
    await until(() => stream.text.includes(action), 500).catch(() => undefined);
  }
  expect(stream.text).toContain(action);
}

async function until(condition: () => boolean, withinMs = 10_000): Promise<void> {
  for (const end = performance.now() + withinMs; performance.now() < end;) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("it did not come in time");
}

test("a grant that runs out ends an open stream, shows nothing more through it, and refuses the next request", async () => {
  const auditor = await newAuditor("expiring");
  const stream = await follow(auditor);
  await arrives(stream, "expiring_seen");
  expect(stream.text).toContain("[HIDDEN]");
  expect(stream.text).not.toContain("203.0.113.77");
  aheadMs += 2 * dayMs;
  await api.platform.store.ensurePartitions([api.platform.now()]);
  await send("expiring_seen", "somebody-late");
  await until(() => stream.text.includes("serialized-error"));
  expect(stream.text).toContain("No grant to you as an auditor is in force");
  expect(stream.text).not.toContain("somebody-late");
  expect((await call("events.list", { as: auditor, input: {} })).status).toBe(403);
  stream.stop();
});

test.each<[string, (of: { userId: string; grantId: string }) => Promise<unknown>]>([
  ["the end of the grant", ({ grantId }) => call("auditors.end", { mutation: true, input: { grantId } })],
  ["a suspension", ({ userId }) => call("members.suspend", { mutation: true, input: { userId } })],
  ["a removal", ({ userId }) => call("members.remove", { mutation: true, input: { userId } })],
])("%s ends an open stream within seconds", async (what, act) => {
  const name = what.replaceAll(" ", "_");
  const auditor = await newAuditor(name);
  const stream = await follow(auditor);
  const answer = (await act(auditor)) as { status: number };
  expect(answer.status).toBe(200);
  await until(() => stream.text.includes("serialized-error") || stream.ended, 5_000);
  await send(`${name}_seen`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(stream.text).not.toContain(`${name}_seen`);
  stream.stop();
});

test("a stream of somebody who stops being an admin goes on with what a member sees", async () => {
  const admin = await join("falling", "admin");
  const stream = await follow(admin);
  await arrives(stream, "before_seen");
  expect((await call("members.changeRole", { mutation: true, input: { userId: admin.userId, role: "member" } })).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await send("after_seen");
  await postEvents(api, owner.token, JSON.stringify([{ action: "own_seen", actor: { type: "user", id: admin.userId } }]));
  await until(() => stream.text.includes("own_seen"));
  expect(stream.text).not.toContain("after_seen");
  stream.stop();
});

test("the log is read as somebody else would see it, and nothing is changed that way", async () => {
  const member = await join("borrowed", "member");
  await postEvents(api, owner.token, JSON.stringify([{ action: "borrowed_seen", actor: { type: "user", id: member.userId } }, { action: "not_theirs" }]));
  const headers = { "x-daybook-as": member.userId };
  const page = (await call("events.list", { input: {}, headers })).data as { events: { action: string; actor: { id?: string } }[] };
  expect(page.events.length).toBeGreaterThan(0);
  expect(page.events.every(({ actor }) => actor.id === member.userId)).toBe(true);
  expect((await call("auditors.end", { mutation: true, input: {}, headers })).refusal).toMatchObject({ code: "forbidden" });
  expect((await call("events.list", { as: member, input: {}, headers })).status).toBe(403);
  expect((await call("events.list", { input: {}, headers: { "x-daybook-as": "bob" } })).refusal).toMatchObject({ code: "invalid" });
  const simulated = (await call("events.list", { input: { filter: { action: ["access_simulated"] } } })).data as { events: { resource: { id: string } }[] };
  expect(simulated.events[0]?.resource.id).toBe(member.userId);
});

test("where addresses are shown short, a token reads them short as well, in pages and in the feed, and cannot ask for one", async () => {
  await postEvents(api, owner.token, JSON.stringify([{ action: "short_seen", context: { ip: "203.0.113.99" }, reason: "from 203.0.113.99" }]));
  await api.platform.store.platform.execute("update organizations set ip_display = 'masked'");
  // For so long a token's standing is remembered.
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  for (const query of ["?action=short_seen", "?after_seq=0&limit=1000"]) {
    const { status, body } = await getEvents(api, owner.token, query);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain("203.0.113.99");
    expect(body.events.find(({ action }) => action === "short_seen")).toMatchObject({ masked: ["context.ip"] });
    expect(JSON.stringify(body)).toContain("203.0.113.…");
  }
  expect((await getEvents(api, owner.token, "?q=113.99")).body.events).toEqual([]);
  expect((await getEvents(api, owner.token, "?actor=203.0.113.99")).status).toBe(403);
});
