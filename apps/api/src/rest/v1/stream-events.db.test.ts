import { request as httpRequest } from "node:http";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { Refusal } from "@daybook/event";
import { everything } from "@daybook/query";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { callTrpc, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { IngestAnswer, Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
let run = 0;
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
});
beforeEach(() => void (run += 1));
afterAll(() => api.close());

const line = (n: number) => `${JSON.stringify({ action: `run_${run}`, metadata: { n } })}\n`;
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => line(from + at)).join("");

async function send(body: BodyInit, headers: Record<string, string> = {}, token = owner.token) {
  const response = await fetch(`${api.url}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson", ...headers },
    body,
    duplex: "half",
  } as RequestInit);
  return { status: response.status, body: (await response.json()) as IngestAnswer & { results_omitted?: number } };
}

/** The numbers of this test's lines that are in the log, in its order. */
async function stored(): Promise<number[]> {
  const found: number[] = [];
  for (let afterSeq = 0; ;) {
    const { events, lastSeq } = await api.platform.store.feed(owner.organizationId, { afterSeq, query: everything, limit: 1_000 });
    found.push(...events.filter(({ action }) => action === `run_${run}`).map(({ metadata }) => metadata["n"] as number));
    if (lastSeq === afterSeq) return found;
    afterSeq = lastSeq;
  }
}
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

test("a body of lines may be as long as it likes; all come in, in their order, and only the refused are listed", async () => {
  const { status, body } = await send(`${lines(0, 2_500)}{"action":\n${lines(2_500, 3_000)}`);
  expect([status, body.created, body.refused, body.results_omitted]).toEqual([207, 3_000, 1, 3_000]);
  expect(body.results).toEqual([
    { index: 2_500, status: "refused", error: { code: "malformed_json", message: expect.stringMatching(/^Line 2501: /) as string } },
  ]);
  expect(await stored()).toEqual(upTo(3_000));
});

test("up to a thousand lines each have their result", async () => {
  const { status, body } = await send(lines(0, 1_000).trimEnd());
  expect([status, body.results?.length, body.results_omitted]).toEqual([200, 1_000, undefined]);
});

test("lines are stored while the body is still being sent", async () => {
  let go: () => void = () => undefined;
  const seen = new Promise<void>((resolve) => (go = resolve));
  async function* slowly() {
    yield Buffer.from(lines(0, 1_000));
    yield Buffer.from(line(1_000));
    await seen;
    yield Buffer.from(line(1_001));
  }
  const answer = send(Readable.toWeb(Readable.from(slowly())) as ReadableStream);
  while ((await stored()).length < 1_000) await pause(20);
  go();
  expect((await answer).body.created).toBe(1_002);
});

test("the lines of a slow producer do not wait for a thousand", async () => {
  let early: number[] = [];
  async function* slowly() {
    for (let n = 0; n < 20 && early.length === 0; n += 1) {
      yield Buffer.from(line(n));
      await pause(250);
      early = await stored();
    }
  }
  await send(Readable.toWeb(Readable.from(slowly())) as ReadableStream);
  expect(early).not.toEqual([]);
  expect(early).toEqual(upTo(early.length));
});

test("a stream that broke off keeps what was stored, and sent again under its key adds only the rest", async () => {
  const key = { "idempotency-key": `stream-${run}` };
  await new Promise<void>((resolve) => {
    const call = httpRequest(`${api.url}/v1/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${owner.token}`, "content-type": "application/x-ndjson", "transfer-encoding": "chunked", ...key },
    });
    call.on("error", () => resolve());
    call.write(`${lines(0, 1_500)}{"action":"half a li`);
    void (async () => {
      while ((await stored()).length < 1_000) await pause(20);
      call.destroy(new Error("the producer died"));
    })();
  });
  const kept = (await stored()).length;
  expect(kept).toBeGreaterThanOrEqual(1_000);
  const again = await send(lines(0, 2_000), key);
  expect([again.body.created, again.body.duplicate]).toEqual([2_000 - kept, kept]);
  expect(await stored()).toEqual(upTo(2_000));
});

test("gzip is read as it comes", async () => {
  const { status, body } = await send(gzipSync(lines(0, 1_200)), { "content-encoding": "gzip" });
  expect([status, body.created]).toEqual([200, 1_200]);
});

describe("a stream that cannot go on says why, and how much of it was taken", () => {
  test.each([
    ["gzip that ends early", () => gzipSync(lines(0, 5_000)).subarray(0, -20), "malformed_json"],
    ["gzip with something behind it", () => Buffer.concat([gzipSync(lines(0, 1_500)), Buffer.from("garbage")]), "malformed_json"],
    ["a bomb", () => gzipSync(Buffer.concat([Buffer.from(lines(0, 1_000)), Buffer.alloc(300_000_000, 0x0a)])), "batch_too_large"],
  ])("%s", async (_what, body, code) => {
    const answer = await send(body(), { "content-encoding": "gzip" });
    expect([answer.status >= 400 && answer.status < 500, answer.body.code]).toEqual([true, code]);
    const kept = await stored();
    expect(answer.body.created ?? 0).toBe(kept.length);
    expect(kept).toEqual(upTo(kept.length));
  });

  test("a token that is revoked meanwhile", async () => {
    const made = await callTrpc(api, "tokens.create", { input: { name: "T", scopes: ["events:write"] }, mutation: true, ...owner });
    const { id, token } = made.data as { id: string; token: string };
    let n = 0;
    async function* forLong() {
      for (let batch = 0; batch < 200; batch += 1) {
        yield Buffer.from(lines(n, (n += 1_000)));
        if (batch === 1) await callTrpc(api, "tokens.revoke", { input: { tokenId: id }, mutation: true, ...owner });
        if (batch >= 1) await pause(50);
      }
    }
    const { status, body } = await send(Readable.toWeb(Readable.from(forLong())) as ReadableStream, {}, token);
    expect([status, body.code]).toEqual([401, "unauthenticated"]);
    expect(n).toBeLessThan(150_000);
    expect((await stored()).length).toBe(body.created);
  });
});

test("a producer that still sends hears that its stream cannot go on", async () => {
  const { store } = api.platform;
  const { append } = store;
  for (let times = 0; times < 4; times += 1) {
    let appends = 0;
    const broken = vi.spyOn(store, "append").mockImplementation((...batch) => {
      appends += 1;
      if (appends > 2) throw new Refusal("unavailable", "The disk is full.");
      return append(...batch);
    });
    const headers = { authorization: `Bearer ${owner.token}`, "content-type": "application/x-ndjson", "transfer-encoding": "chunked" };
    const call = httpRequest(`${api.url}/v1/events`, { method: "POST", headers });
    const answered = new Promise<number | undefined>((resolve, reject) => call.on("response", ({ statusCode }) => resolve(statusCode)).on("error", reject));
    const many = line(0).padStart(3_000).repeat(100);
    const goOn = () => void (call.destroyed || call.write(many, () => setImmediate(goOn)));
    goOn();
    await expect(answered).resolves.toBe(503);
    call.destroy();
    broken.mockRestore();
  }
});

test("a line too long to be an event is refused without being held, and its neighbours are stored", async () => {
  const { status, body } = await send(`${line(0)}{"action":"${"x".repeat(9_000_000)}"}\n${line(1)}`);
  expect([status, body.created, body.results?.[1]?.error?.code]).toEqual([207, 2, "event_too_large"]);
});

test("bodies that broke off do not use up what later ones may take", async () => {
  for (let times = 0; times < 40; times += 1) {
    await new Promise<void>((resolve) => {
      const type = times % 2 ? "application/json" : "application/x-ndjson";
      const call = httpRequest(`${api.url}/v1/events`, {
        method: "POST",
        headers: { authorization: `Bearer ${owner.token}`, "content-type": type, "transfer-encoding": "chunked" },
      });
      call.on("error", () => resolve());
      call.write(" ".repeat(900_000) + JSON.stringify("x".repeat(3_000_000)), () => setTimeout(() => call.destroy(new Error("gone")), 20));
    });
  }
  expect((await send(lines(0, 10))).status).toBe(200);
  expect((await send(`[${" ".repeat(4_000_000)}]`, { "content-type": "application/json" })).status).toBe(200);
});

test("a producer that goes away when all of its gzip has come uses up nothing of what later bodies may take", async () => {
  const body = gzipSync(`[${" ".repeat(5_000_000)}]`);
  for (let times = 0; times < 60; times += 1) {
    await new Promise<void>((resolve) => {
      const headers = { authorization: `Bearer ${owner.token}`, "content-type": "application/json", "content-encoding": "gzip", "content-length": body.length };
      const call = httpRequest(`${api.url}/v1/events`, { method: "POST", headers });
      call.on("error", () => undefined).on("close", () => resolve());
      call.end(body, () => setTimeout(() => call.destroy(), times % 12));
    });
  }
  await expect.poll(async () => (await send(`[${" ".repeat(4_000_000)}]`, { "content-type": "application/json" })).status, { timeout: 5_000 }).toBe(200);
});

test("however long a stream takes, it says nothing of the sender's clock", async () => {
  async function* slowly() {
    yield Buffer.from(lines(0, 1_000));
    await pause(1_500);
    yield Buffer.from(line(1_000));
  }
  const sentAt = new Date().toISOString();
  await send(Readable.toWeb(Readable.from(slowly())) as ReadableStream, { "daybook-sent-at": sentAt });
  const afterSeq = (await api.platform.store.lastSeq(owner.organizationId)) - 1;
  const { events } = await api.platform.store.feed(owner.organizationId, { afterSeq, query: everything, limit: 1 });
  expect(events[0]?.clock_skew_ms).toBeGreaterThan(-1_000);
});

test("the sender's clock is written down beside its events", async () => {
  const sentAt = new Date(Date.now() - 90_000).toISOString();
  await send(line(0), { "daybook-sent-at": sentAt });
  const [last] = (
    await api.platform.store.feed(owner.organizationId, { afterSeq: (await api.platform.store.lastSeq(owner.organizationId)) - 1, query: everything, limit: 1 })
  ).events;
  expect(last?.clock_skew_ms).toBeLessThanOrEqual(-90_000);
  expect(last?.clock_skew_ms).toBeGreaterThan(-100_000);
  expect((await send(line(0), { "daybook-sent-at": "noon" })).body).toMatchObject({ code: "invalid", path: "Daybook-Sent-At" });
});
