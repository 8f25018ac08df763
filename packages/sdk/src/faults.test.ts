import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { fakeDaybook, faults, proxyBytesMax, refusedAction } from "../test/fake-daybook.ts";
import type { FakeDaybook } from "../test/fake-daybook.ts";
import { testClient } from "../test/test-client.ts";

/** Timers may end this much before a wall clock agrees. */
const clockGrainMs = 20;

let open: FakeDaybook[] = [];
afterEach(async () => {
  await Promise.all(open.map((fake) => fake.close()));
  open = [];
});

async function server(): Promise<FakeDaybook> {
  const fake = await fakeDaybook();
  open.push(fake);
  return fake;
}

test("whatever goes wrong on the way, every event arrives, is stored once, and in its order", { timeout: 60_000 }, async () => {
  const scenario = fc.record({
    events: fc.integer({ min: 1, max: 60 }),
    batchEventsMax: fc.integer({ min: 1, max: 20 }),
    faults: fc.array(fc.constantFrom(...faults), { maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ events, batchEventsMax, faults: planned }) => {
      const fake = await server();
      fake.faultOf = (request) => planned[request - 1] ?? "none";
      const client = testClient({ url: fake.url, batchEventsMax, timeoutMs: 150 });
      const receipts = await Promise.all(Array.from({ length: events }, (_, n) => client.log({ action: "thing_done", metadata: { n } })));
      expect(receipts.map(({ status }) => status).filter((status) => status !== "created" && status !== "duplicate")).toEqual([]);
      expect([...fake.stored.values()].map(({ event }) => (event["metadata"] as { n: number }).n)).toEqual(Array.from({ length: events }, (_, n) => n));
      expect(new Set(receipts.map((receipt) => "id" in receipt && receipt.id)).size).toBe(events);
      await client.close();
      await fake.close();
    }),
    { numRuns: 25 },
  );
});

test("a retry is the same event, byte by byte: key and time are those of log()", async () => {
  const fake = await server();
  fake.faultOf = (request) => (request === 1 ? "drop_after" : request === 2 ? "busy_503" : "none");
  const client = testClient({ url: fake.url });
  const receipt = await client.log({ action: "thing_done" });
  expect(receipt).toMatchObject({ status: "duplicate", id: "id-1" });
  expect(fake.requests.map(({ events }) => events)).toEqual([fake.requests[0]?.events, fake.requests[0]?.events, fake.requests[0]?.events]);
  expect(fake.requests[0]?.events[0]).toMatchObject({ idempotency_key: expect.stringMatching(/^[0-9a-f]{32}$/), occurred_at: expect.stringMatching(/Z$/) });
  const sent = fake.requests.map(({ headers }) => Date.parse(String(headers["daybook-sent-at"])));
  expect(sent.every((at) => Math.abs(at - Date.now()) < 60_000)).toBe(true);
  await client.close();
});

test("a refused event is told with the server's sentence and never sent again; its neighbours are stored", async () => {
  const fake = await server();
  const client = testClient({ url: fake.url });
  const receipts = await Promise.all([
    client.log({ action: "before_done" }),
    client.log({ action: refusedAction, idempotency_key: "k" }),
    client.log({ action: "after_done" }),
  ]);
  expect(receipts.map(({ status }) => status)).toEqual(["created", "refused", "created"]);
  expect(receipts[1]).toEqual({ status: "refused", idempotencyKey: "k", code: "invalid_event", message: "`action`: is refused here", path: "action" });
  expect(client.problems).toEqual([
    { code: "invalid_event", message: `${refusedAction}: \`action\`: is refused here`, event: { action: refusedAction, idempotency_key: "k" }, path: "action" },
  ]);
  await client.close();
  expect(fake.arrivals.get("k")).toBe(1);
});

test("what the server asks for with Retry-After is kept, even when somebody flushes", async () => {
  const fake = await server();
  fake.faultOf = (request) => (request === 1 ? "limited_429" : "none");
  fake.retryAfter = "1";
  const client = testClient({ url: fake.url });
  const logged = client.log({ action: "thing_done" });
  expect(await client.flush({ timeoutMs: 100 })).toEqual({ settled: false });
  expect(await client.flush({ timeoutMs: 100 })).toEqual({ settled: false });
  expect((await logged).status).toBe("created");
  expect((fake.requests[1]?.atMs ?? 0) - (fake.requests[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(1_000 - clockGrainMs);
  expect(client.problems.map(({ code }) => code)).toEqual(["unreachable"]);
  await client.close();
});

test("a wrong token loses nothing: it is told once, and the events wait", async () => {
  const fake = await server();
  const client = testClient({ url: fake.url, token: "db_wrong" });
  const logged = client.log({ action: "thing_done" });
  await expect.poll(() => client.problems.length).toBe(1);
  for (let n = 0; n < 3; n++) expect(await client.flush({ timeoutMs: 30 })).toEqual({ settled: false });
  expect(client.problems.map(({ code }) => code)).toEqual(["not_accepted"]);
  expect(client.problems[0]?.message).toContain("does not know the token");
  expect(JSON.stringify(client.problems)).not.toContain("db_wrong");
  expect(client.queue.length).toBe(1);
  await client.close({ timeoutMs: 10 });
  expect(await logged).toMatchObject({ status: "refused", code: "unsent" });
});

test("an event that no request may hold alone is refused, the rest of its batch is not", async () => {
  const fake = await server();
  fake.faultOf = () => "proxy_limit";
  const client = testClient({ url: fake.url });
  const sizes = [1, 1, proxyBytesMax, 1, 1];
  const receipts = await Promise.all(sizes.map((size) => client.log({ action: "thing_done", reason: "x".repeat(size) })));
  expect(receipts.map(({ status }) => status)).toEqual(["created", "created", "refused", "created", "created"]);
  expect(client.problems.map(({ code }) => code)).toEqual(["event_too_large"]);
  await client.close();
});
