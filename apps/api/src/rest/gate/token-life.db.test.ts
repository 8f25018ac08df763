import { once } from "node:events";
import { createConnection } from "node:net";
import { Readable } from "node:stream";
import { changePlan, asDaybook, perform, removeServiceUser, createServiceUser, revokeToken, rotateToken, updateToken } from "@daybook/services";
import type { Context } from "@daybook/services";
import { equals } from "@daybook/query";
import { tokens } from "@daybook/store";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newKey as makeKey, newToken as makeToken, testMember, testOrganization } from "../../../test/organization.ts";
import { getEvents, postEvents, testApi } from "../../../test/test-api.ts";
import type { TestApi } from "../../../test/test-api.ts";
import { cachedMs } from "./authenticate.ts";

/** What was found out of a token is believed until this clock is turned on: the tests wait for nothing. */
let clockMs = 0;
const turnOn = () => void (clockMs += cachedMs);

let api: TestApi;
let owner: Context;
beforeAll(async () => {
  api = await testApi({ tokenClock: () => clockMs, syslog: { host: "127.0.0.1", port: 0 } });
  owner = await testOrganization(api);
});
afterAll(() => api.close());

const event = '{"action":"life_tested"}';
/** Every secret that was handed out here. */
const secrets: string[] = [];
const kept = <Made extends { token: string }>(made: Made): Made => {
  secrets.push(made.token);
  return made;
};
const newToken = async (...asked: Parameters<typeof makeToken>) => kept(await makeToken(...asked));
const newKey = async (...asked: Parameters<typeof makeKey>) => kept(await makeKey(...asked));
const revoke = (tokenId: string) => perform(api.platform, owner, revokeToken, { tokenId });
const write = async (token: string) => (await postEvents(api, token, event)).status;
const written = async (action: string) =>
  (await api.platform.store.search(owner.viewer.organizationId, { query: equals("action", action), limit: 100 })).events.length;

test("what is found out of a token is believed for less than five seconds", () => {
  expect(cachedMs).toBeLessThan(5_000);
});

describe("a revoked token is refused, once it is looked up again,", () => {
  test("by requests", async () => {
    const { id, token } = await newToken(api, owner);
    expect(await write(token)).toBe(200);
    await revoke(id);
    turnOn();
    expect(await write(token)).toBe(401);
  });

  test("by the other products' ways in", async () => {
    const { id, token } = await newToken(api, owner);
    const send = async () => {
      const headers = { authorization: `token=${token}`, "content-type": "application/json" };
      const body = JSON.stringify({ action: "retraced.tested", crud: "c", group: { id: "g" }, actor: { id: "a" }, is_anonymous: false });
      return (await fetch(`${api.url}/publisher/v1/project/p/event`, { method: "POST", headers, body })).status;
    };
    expect(await send()).toBeLessThan(300);
    await revoke(id);
    turnOn();
    expect(await send()).toBe(401);
  });

  test("in the middle of a stream of lines: what came before stands, what comes after does not", async () => {
    const { id, token } = await newToken(api, owner);
    const line = `{"action":"stream_tested"}\n`;
    async function* lines() {
      yield Buffer.from(line.repeat(250));
      await vi.waitFor(async () => expect(await written("stream_tested")).toBeGreaterThan(0));
      await revoke(id);
      turnOn();
      yield Buffer.from(line.repeat(250));
    }
    const response = await fetch(`${api.url}/v1/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson" },
      body: Readable.toWeb(Readable.from(lines())) as ReadableStream,
      duplex: "half",
    } as RequestInit);
    await response.text();
    const { organizationId } = owner.viewer;
    const feed = await api.platform.store.feed(organizationId, { afterSeq: 0, query: equals("action", "stream_tested"), limit: 1_000 });
    expect(feed.events).toHaveLength(250);
  });

  test("on a connection for syslog that is open already", async () => {
    const { id, token } = await newToken(api, owner);
    const port = (JSON.parse(api.logged.find((each) => each.includes("listening for syslog")) ?? "{}") as { port: number }).port;
    const socket = createConnection({ port, host: "127.0.0.1" });
    await once(socket, "connect");
    const send = (action: string) => socket.write(`<110>1 2026-11-21T08:00:00.123Z web-1 app 1 ${action} [daybook@32473 token="${token}"]\n`);
    send("syslog.before");
    await vi.waitFor(async () => expect(await written("syslog.before")).toBe(1));
    await revoke(id);
    turnOn();
    send("syslog.after");
    socket.end();
    socket.resume();
    await once(socket, "close");
    expect(await written("syslog.after")).toBe(0);
  });
});

test("a key of a suspended or removed member is refused, once it is looked up again", async () => {
  for (const status of ["suspended", "removed"]) {
    const member = await testMember(api, owner, "member");
    const { token } = await newKey(api, member);
    expect(await write(token)).toBe(200);
    await api.platform.store.platform.execute(`update members set status = '${status}' where user_id = '${member.viewer.actor.id ?? ""}'`);
    turnOn();
    expect(await write(token)).toBe(401);
  }
});

test("the tokens of a deleted service user are refused, once they are looked up again", async () => {
  const { id } = await perform(api.platform, owner, createServiceUser, { name: "svc-gone" });
  const { token } = await newToken(api, owner, { serviceUserId: id });
  expect(await write(token)).toBe(200);
  await perform(api.platform, owner, removeServiceUser, { serviceUserId: id });
  turnOn();
  expect(await write(token)).toBe(401);
});

test("networks that changed hold, once the token is looked up again", async () => {
  const { id, token } = await newToken(api, owner);
  expect(await write(token)).toBe(200);
  await perform(api.platform, owner, updateToken, { tokenId: id, allowedCidrs: ["203.0.113.0/24"] });
  turnOn();
  expect(await write(token)).toBe(401);
});

test("a log that left the plan is closed to tokens with 402, once the token is looked up again; they go on writing", async () => {
  const { token } = await newToken(api, owner, { scopes: ["events:read", "events:write"] });
  expect((await getEvents(api, token)).status).toBe(200);
  const operator = asDaybook(owner.viewer.organizationId);
  await perform(api.platform, operator, changePlan, { name: "Basic", without: ["log"] });
  turnOn();
  const answer = await getEvents(api, token);
  expect([answer.status, answer.body["code"]]).toEqual([402, "not_in_plan"]);
  expect(await write(token)).toBe(200);
  await perform(api.platform, operator, changePlan, { name: "Self-hosted", without: [] });
  turnOn();
  expect((await getEvents(api, token)).status).toBe(200);
});

test("no secret stands in a table, or in a line of the log of the process", async () => {
  expect(secrets.length).toBeGreaterThan(8);
  const ask = async (text: string) => [...((await api.platform.store.platform.execute(text)) as unknown as Iterable<{ text: string }>)].map((row) => row.text);
  const rows = (
    await Promise.all(["workspace_tokens", "events", "service_users", "ingest_keys"].map((table) => ask(`select t::text as text from ${table} t`)))
  ).flat();
  for (const secret of secrets) {
    expect(rows.filter((row) => row.includes(secret.slice(17)))).toEqual([]);
    expect(api.logged.filter((line) => line.includes(secret.slice(17)))).toEqual([]);
  }
});

test("both secrets of a rotation write, under one name, and share one limit", async () => {
  const limited = await testApi({ requestsPerMinute: 3 });
  try {
    const own = await testOrganization(limited);
    const old = await newToken(limited, own, { scopes: ["events:write", "events:read"] });
    const { token } = await perform(limited.platform, own, rotateToken, { tokenId: old.id });
    const statuses = [];
    for (const each of [old.token, token, old.token, token]) statuses.push((await postEvents(limited, each, event)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const { events } = await limited.platform.store.feed(own.viewer.organizationId, { afterSeq: 0, query: equals("action", "life_tested"), limit: 10 });
    expect(new Set(events.map(({ actor }) => actor.id))).toEqual(new Set([old.id]));
    expect(new Set(events.map(({ token_id: id }) => id)).size).toBe(2);
  } finally {
    await limited.close();
  }
});

test("when a token was used last, and from where, is written down behind the answer", async () => {
  const shortLived = await testApi();
  const own = await testOrganization(shortLived);
  const { id, token } = await newToken(shortLived, own);
  await postEvents(shortLived, token, event, { "x-forwarded-for": "203.0.113.9" });
  await shortLived.app.close();
  const [row] = (await tokens.list(shortLived.platform.store.platform, own.viewer.organizationId)).filter((each) => each.id === id);
  expect(row).toMatchObject({ lastUsedIp: "203.0.113.9", lastUsedAt: expect.any(Date) as Date });
  await shortLived.close();
});
