import { setTimeout as pause } from "node:timers/promises";
import { tokens } from "@daybook/store";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { callTrpc, getEvents, logOf, postEvents, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await testApi({ requestsPerMinute: 40 });
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

const newToken = async (expiresAt?: string) => {
  const input = { name: "T", scopes: ["events:write", "events:read"], ...(expiresAt && { expiresAt }) };
  return (await callTrpc(api, "tokens.create", { input, mutation: true, ...owner })).data as { id: string; token: string };
};
const from = (ip: string) => ({ "x-forwarded-for": ip });

describe("who has no valid token gets the same answer, whatever is wrong with it", () => {
  const unknown = `${"dbk_live_ws"}${"0".repeat(49)}`;
  test.each([
    ["no header", {}],
    ["another scheme", { authorization: "Basic abc" }],
    ["no token", { authorization: "Bearer" }],
    ["a text that is no token", { authorization: "Bearer hello" }],
    ["an unknown token", { authorization: `Bearer ${unknown}` }],
    ["control characters", { authorization: "Bearer a\tb" }],
  ])("%s", async (_what, headers) => {
    const response = await fetch(`${api.url}/v1/events`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: '{"action":"x"}',
    });
    const body = (await response.json()) as { code: string; detail: string };
    expect([response.status, body.code]).toEqual([401, "unauthenticated"]);
    expect(response.headers.get("www-authenticate")).toContain("Bearer");
  });

  test("a token of one letter less", async () => {
    expect((await postEvents(api, owner.token.slice(0, -1), "{}")).status).toBe(401);
  });
});

test("a token works at once, and a revoked one stops within five seconds", async () => {
  const { id, token } = await newToken();
  expect((await postEvents(api, token, '{"action":"x"}')).status).toBe(200);
  await callTrpc(api, "tokens.revoke", { input: { tokenId: id }, mutation: true, ...owner });
  await vi.waitFor(async () => expect((await postEvents(api, token, '{"action":"x"}', from("10.9.9.9"))).status).toBe(401), { timeout: 5_000, interval: 400 });
});

test("a token with networks works from there and from nowhere else, and the refusal says so", async () => {
  const input = { name: "T", scopes: ["events:write"], allowedCidrs: ["203.0.113.0/24", "2001:db8::/32"] };
  const { token } = (await callTrpc(api, "tokens.create", { input, mutation: true, ...owner })).data as { token: string };
  expect((await postEvents(api, token, '{"action":"x"}', from("203.0.113.200"))).status).toBe(200);
  expect((await postEvents(api, token, '{"action":"x"}', from("2001:db8::7"))).status).toBe(200);
  const elsewhere = await postEvents(api, token, '{"action":"x"}', from("203.0.114.1"));
  expect([elsewhere.status, elsewhere.body.code]).toEqual([401, "unauthenticated"]);
  expect(elsewhere.body.detail).toContain("address");
  const bad = await callTrpc(api, "tokens.create", { input: { ...input, allowedCidrs: ["203.0.113.0"] }, mutation: true, ...owner });
  expect(bad.status).toBe(400);
});

test("a token that is bound to a source writes under it, and its keys are its own", async () => {
  const bound = async (source: string) =>
    ((await callTrpc(api, "tokens.create", { input: { name: "T", scopes: ["events:write"], source }, mutation: true, ...owner })).data as { token: string })
      .token;
  const [billing, crm] = [await bound("billing"), await bound("crm")];
  const event = '{"action":"bound_written","idempotency_key":"invoice-1"}';
  expect((await postEvents(api, billing, event)).body.created).toBe(1);
  expect((await postEvents(api, crm, event)).body.created).toBe(1);
  expect((await postEvents(api, billing, event)).body.duplicate).toBe(1);
  const written = (await logOf(api, owner.organizationId)).filter(({ action }) => action === "bound_written");
  expect(written.map(({ source }) => source)).toEqual(["app:billing", "app:crm"]);
});

test("an expired token is refused", async () => {
  const { token } = await newToken(new Date(Date.now() + 300).toISOString());
  await pause(400);
  expect((await postEvents(api, token, '{"action":"x"}')).status).toBe(401);
});

test("the last use of a token is written down", async () => {
  const { id, token } = await newToken();
  await postEvents(api, token, '{"action":"x"}');
  await vi.waitFor(
    async () => expect((await tokens.list(api.platform.store.platform, owner.organizationId)).find((row) => row.id === id)?.lastUsedAt).not.toBeNull(),
    { timeout: 10_000, interval: 500 },
  );
});

test("a token that asks too often is told when to come back; others go on", async () => {
  const { token } = await newToken();
  const other = await newToken();
  const statuses: number[] = [];
  for (let times = 0; times < 42; times += 1) statuses.push((await getEvents(api, token, "?limit=1")).status);
  expect(statuses.indexOf(429)).toBe(40);
  const { headers, body } = await getEvents(api, token, "?limit=1");
  expect(body["code"]).toBe("rate_limited");
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await getEvents(api, other.token, "?limit=1")).status).toBe(200);
});

test("an address with too many wrong tokens is slowed down, but a right token from there still works", async () => {
  const address = from("203.0.113.7");
  const statuses: number[] = [];
  for (let times = 0; times < 62; times += 1) statuses.push((await postEvents(api, "wrong", "{}", address)).status);
  expect(statuses.indexOf(429)).toBe(60);
  expect((await postEvents(api, owner.token, '{"action":"x"}', address)).status).toBe(200);
  expect((await postEvents(api, "wrong", "{}", from("203.0.113.8"))).status).toBe(401);
});

test("no token is in the log of the process", () => {
  expect(api.logged.join("")).not.toContain(owner.token);
});
