import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeDaybook, token } from "../test/fake-daybook.ts";
import type { FakeDaybook } from "../test/fake-daybook.ts";
import { testClient } from "../test/test-client.ts";
import type { DaybookEvent } from "./event.ts";
import { createDaybook } from "./index.ts";

let fake: FakeDaybook;
beforeAll(async () => {
  fake = await fakeDaybook();
});
afterAll(() => fake.close());

const eventOf = (key: string) => fake.stored.get(key)?.event;

test("five lines are enough for a first event", async () => {
  const daybook = createDaybook({ url: fake.url, token });
  const receipt = await daybook.log({ action: "user_invited", actor: { type: "user", id: "u1", name: "Ada" } });
  await daybook.close();
  expect(receipt).toEqual({ status: "created", idempotencyKey: expect.any(String), id: expect.any(String), seq: expect.any(Number) });
});

describe("log() never throws into business code", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  const spoilt = {
    get action(): string {
      throw new Error("a getter that throws");
    },
  };
  test.each([
    ["a circle", { action: "thing_done", metadata: circle }],
    ["a BigInt", { action: "thing_done", metadata: { n: 1n } }],
    ["no action", {}],
    ["an empty action", { action: "" }],
    ["nothing", undefined],
    ["null", null],
    ["an event whose getter throws", spoilt],
  ])("%s", async (_what, event) => {
    const client = testClient({ url: fake.url });
    expect(await client.log(event as unknown as DaybookEvent)).toMatchObject({ status: "refused", code: "invalid_event" });
    expect(client.problems.map(({ code }) => code)).toEqual(["invalid_event"]);
    await client.close();
  });

  test("a listener for problems that throws", async () => {
    const client = testClient({
      url: fake.url,
      onProblem: () => {
        throw new Error("the listener's own fault");
      },
    });
    expect((await client.log({ action: "" })).status).toBe("refused");
    await client.close();
  });

  test("after close()", async () => {
    const client = testClient({ url: fake.url });
    await client.close();
    expect(await client.log({ action: "thing_done" })).toMatchObject({ status: "refused", code: "closed" });
  });
});

test("what is sent is what the event was when it was logged", async () => {
  const client = testClient({ url: fake.url });
  const metadata = { plan: "free" };
  const logged = client.log({ action: "plan_changed", metadata, idempotency_key: "snapshot" });
  metadata.plan = "paid";
  await logged;
  expect(eventOf("snapshot")).toMatchObject({ metadata: { plan: "free" } });
  await client.close();
});

test("a full queue refuses the newest with a sentence, keeps the rest, and takes events again when it has room", async () => {
  const client = testClient({ url: fake.url, queueEventsMax: 3, flushAfterMs: 60_000 });
  const logged = [1, 2, 3, 4].map((n) => client.log({ action: "thing_done", metadata: { n } }));
  await client.flush();
  expect((await Promise.all(logged)).map(({ status }) => status)).toEqual(["created", "created", "created", "refused"]);
  expect(client.problems).toMatchObject([{ code: "queue_full", event: { action: "thing_done" } }]);
  expect(await client.log({ action: "thing_done" }).spooled).toBe(false);
  await client.close();
});

test("events are sent together, in batches of the size that is set", async () => {
  const own = await fakeDaybook();
  const client = testClient({ url: own.url, batchEventsMax: 40, flushAfterMs: 60_000 });
  const logged = Array.from({ length: 100 }, () => client.log({ action: "thing_done" }));
  await client.close();
  await Promise.all(logged);
  expect(own.requests.map(({ events }) => events.length)).toEqual([40, 40, 20]);
  await own.close();
});

test("what is logged the moment a batch settles is sent by the flush that follows at once", async () => {
  const client = testClient({ url: fake.url, flushAfterMs: 60_000 });
  for (let round = 0; round < 5; round++) {
    void client.log({ action: "thing_done" });
    expect(await client.flush()).toEqual({ settled: true });
  }
  await client.close();
});

test("a spool smaller than its least is told when the client is made", () => {
  expect(() => createDaybook({ url: fake.url, token, spoolFolder: "spool", spoolBytesMax: 1_000 })).toThrow("`spoolBytesMax`");
});

describe("context", () => {
  test("runWith gives its defaults to everything inside, through awaits; nested ones add; the event's own fields win", async () => {
    const client = testClient({ url: fake.url });
    await client.runWith({ actor: { type: "user", id: "ada" }, context: { request_id: "r1" }, metadata: { a: 1, b: 1 } }, async () => {
      await new Promise((done) => setTimeout(done, 1));
      await client.runWith({ context: { session_id: "s1" }, metadata: { b: 2 } }, async () => {
        await client.log({ action: "thing_done", idempotency_key: "inner", metadata: { c: 3 } });
        await client.log({ action: "thing_done", idempotency_key: "own", actor: { type: "system" }, context: { request_id: "mine" } });
      });
      await client.log({ action: "thing_done", idempotency_key: "outer" });
    });
    await client.log({ action: "thing_done", idempotency_key: "outside" });
    expect(eventOf("inner")).toMatchObject({ actor: { id: "ada" }, context: { request_id: "r1", session_id: "s1" }, metadata: { a: 1, b: 2, c: 3 } });
    expect(eventOf("own")).toMatchObject({ actor: { type: "system" }, context: { request_id: "mine", session_id: "s1" } });
    expect(eventOf("outer")).toMatchObject({ context: { request_id: "r1" }, metadata: { a: 1, b: 1 } });
    expect(eventOf("outer")?.["context"]).not.toHaveProperty("session_id");
    expect(eventOf("outside")).not.toHaveProperty("actor");
    await client.close();
  });

  test("two requests at the same time do not see each other", async () => {
    const client = testClient({ url: fake.url });
    const ids = Array.from({ length: 20 }, (_, n) => `request-${n}`);
    await Promise.all(
      ids.map((request_id, n) =>
        client.runWith({ context: { request_id } }, async () => {
          await new Promise((done) => setTimeout(done, n % 5));
          await client.log({ action: "thing_done", idempotency_key: request_id });
        }),
      ),
    );
    expect(ids.map((id) => (eventOf(id)?.["context"] as { request_id: string } | undefined)?.request_id)).toEqual(ids);
    await client.close();
  });

  test("with() wins over runWith, and a function is asked at each log()", async () => {
    const client = testClient({ url: fake.url });
    let user = "nobody";
    const job = client.with({ origin: "automation" }).with(() => ({ actor: { type: "user", id: user } }));
    await client.runWith({ origin: "api", team: { id: "t1" } }, async () => {
      await job.log({ action: "thing_done", idempotency_key: "before" });
      user = "ada";
      await job.log({ action: "thing_done", idempotency_key: "after" });
    });
    expect(eventOf("before")).toMatchObject({ origin: "automation", team: { id: "t1" }, actor: { id: "nobody" } });
    expect(eventOf("after")).toMatchObject({ actor: { id: "ada" } });
    await client.close();
  });

  test("a function that throws costs its defaults, not the event", async () => {
    const client = testClient({ url: fake.url });
    const broken = client.with(() => {
      throw new Error("no request here");
    });
    expect((await broken.log({ action: "thing_done" })).status).toBe("created");
    expect(client.problems).toMatchObject([{ code: "defaults_failed", message: expect.stringContaining("no request here") }]);
    await client.close();
  });
});
