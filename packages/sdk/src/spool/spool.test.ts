import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fakeDaybook } from "../../test/fake-daybook.ts";
import type { FakeDaybook } from "../../test/fake-daybook.ts";
import { testClient } from "../../test/test-client.ts";

let folder: string;
let fake: FakeDaybook;
beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), "daybook-spool-")), "spool");
  fake = await fakeDaybook();
});
afterEach(async () => {
  await fake.close();
  rmSync(join(folder, ".."), { recursive: true, force: true });
});

const spooled = {
  get spoolFolder() {
    return folder;
  },
  get url() {
    return fake.url;
  },
};
const nowhere = {
  get spoolFolder() {
    return folder;
  },
  url: "http://127.0.0.1:9",
};
const storedNumbers = () => [...fake.stored.values()].map(({ event }) => (event["metadata"] as { n: number }).n);
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const lanes = () => readdirSync(folder);
const filesOf = (lane: string) => readdirSync(join(folder, lane)).filter((name) => name.endsWith(".ndjson"));
const linesOnDisk = () =>
  lanes().flatMap((lane) =>
    filesOf(lane).flatMap((name) =>
      readFileSync(join(folder, lane, name), "utf8")
        .split("\n")
        .filter(Boolean),
    ),
  );

test("an event is on disk, readable by its owner alone and without the token, before it is sent", async () => {
  const client = testClient(nowhere);
  expect(await client.log({ action: "thing_done" }).spooled).toBe(true);
  expect(linesOnDisk().map((line) => (JSON.parse(line) as { action: string }).action)).toEqual(["thing_done"]);
  const [lane = ""] = lanes();
  expect(statSync(join(folder, lane)).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(join(folder, lane))) {
    expect(statSync(join(folder, lane, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, lane, name), "utf8")).not.toContain("db_a_token");
  }
  await client.close({ timeoutMs: 1 });
});

test("what one client could not send, the next one sends, in order and once; nothing stays on disk", async () => {
  const down = testClient(nowhere);
  const logged = numbers(20).map((n) => down.log({ action: "thing_done", metadata: { n } }));
  await expect.poll(() => down.problems.length).toBe(1);
  await down.close({ timeoutMs: 1 });
  expect(new Set((await Promise.all(logged)).map(({ status }) => status))).toEqual(new Set(["spooled"]));
  const up = testClient(spooled);
  expect(await up.flush()).toEqual({ settled: true });
  expect(storedNumbers()).toEqual(numbers(20));
  await up.close();
  expect(lanes()).toEqual([]);
  expect(down.problems.map(({ code }) => code)).toEqual(["unreachable"]);
});

test("what was acknowledged is not sent again", async () => {
  const first = testClient(spooled);
  await Promise.all(numbers(10).map((n) => first.log({ action: "thing_done", metadata: { n } })));
  fake.faultOf = () => "busy_503";
  void first.log({ action: "thing_done", metadata: { n: 10 } });
  await first.close({ timeoutMs: 20 });
  fake.faultOf = () => "none";
  const second = testClient(spooled);
  await second.flush();
  await second.close();
  expect(storedNumbers()).toEqual(numbers(11));
  expect([...fake.arrivals.values()].slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 1));
});

test("an outage longer than memory goes to disk alone and arrives whole and in order", async () => {
  fake.faultOf = () => "busy_503";
  const client = testClient({ url: fake.url, spoolFolder: folder, queueEventsMax: 5, batchEventsMax: 3, random: () => 0.02 });
  const logged = numbers(200).map((n) => client.log({ action: "thing_done", metadata: { n } }));
  expect(await Promise.all(logged.map(({ spooled: durable }) => durable))).toEqual(logged.map(() => true));
  expect((await Promise.all(logged.slice(5))).map(({ status }) => status)).toEqual(logged.slice(5).map(() => "spooled"));
  expect(client.queue.length).toBe(5);
  fake.faultOf = () => "none";
  expect(await client.flush()).toEqual({ settled: true });
  expect(storedNumbers()).toEqual(numbers(200));
  await client.close();
  expect(lanes()).toEqual([]);
});

test("a full spool keeps what memory holds and refuses the newest with a sentence; sending makes room again", async () => {
  fake.faultOf = () => "busy_503";
  const client = testClient({ url: fake.url, spoolFolder: folder, spoolBytesMax: 2_000, queueEventsMax: 30, random: () => 0.02 });
  const logged = numbers(60).map((n) => client.log({ action: "thing_done", metadata: { n } }));
  const durable = await Promise.all(logged.map(({ spooled: written }) => written));
  expect(durable.filter(Boolean).length).toBeGreaterThan(5);
  expect(durable.filter(Boolean).length).toBeLessThan(20);
  expect(linesOnDisk().join("\n").length).toBeLessThanOrEqual(2_000);
  fake.faultOf = () => "none";
  const receipts = await Promise.all(logged);
  expect(receipts.map((receipt) => ("code" in receipt ? receipt.code : receipt.status))).toEqual([
    ...numbers(30).map(() => "created"),
    ...numbers(30).map(() => "queue_full"),
  ]);
  expect(client.problems.map(({ code }) => code)).toContain("spool_full");
  expect(await client.log({ action: "thing_done", metadata: { n: 60 } }).spooled).toBe(true);
  await client.close();
});

describe("a lane", () => {
  const line = (n: number) => `${JSON.stringify({ action: "thing_done", metadata: { n }, idempotency_key: `k${n}` })}\n`;
  function leave(name: string, text: string, { ageMs = 0 } = {}): string {
    const lane = join(folder, name);
    mkdirSync(lane, { recursive: true });
    writeFileSync(join(lane, "00000001.ndjson"), text);
    const at = (Date.now() - ageMs) / 1_000;
    utimesSync(lane, at, at);
    return lane;
  }
  const host = hostname().replace(/[^A-Za-z0-9-]/g, "-");
  const deadPid = 4_000_000;
  const minuteMs = 60_000;

  test.each([
    ["of a dead process", `${host}~${deadPid}~1~0ab`, 0, true],
    ["of this process number, from before this process", `${host}~${process.pid}~1~0ab`, 0, true],
    ["of this very process", `${host}~${process.pid}~${Date.now()}~0ab`, 0, false],
    ["of another living process", `${host}~${process.ppid}~1~0ab`, 0, false],
    ["of another living process that has not touched it for long", `${host}~${process.ppid}~1~0ab`, 2 * minuteMs, true],
    ["of another machine", `elsewhere~1~1~0ab`, 0, false],
    ["of another machine that has not touched it for long", `elsewhere~1~1~0ab`, 2 * minuteMs, true],
    ["that somebody let go of", `elsewhere~0~1~0ab`, 0, true],
    ["that is no lane", "holiday-pictures", 2 * minuteMs, false],
  ])("%s", async (_whose, name, ageMs, taken) => {
    leave(name, line(0) + line(1), { ageMs });
    const client = testClient(spooled);
    await client.flush();
    expect(storedNumbers()).toEqual(taken ? [0, 1] : []);
    await client.close();
    expect(lanes()).toEqual(taken ? [] : [name]);
  });

  test("with a torn last line gives all lines before it, and tells of the rest", async () => {
    leave(`${host}~${deadPid}~1~0ab`, line(0) + line(1) + line(2).slice(0, 20));
    const client = testClient(spooled);
    await client.flush();
    await client.close();
    expect(storedNumbers()).toEqual([0, 1]);
    expect(client.problems.map(({ code }) => code)).toEqual(["spool_torn"]);
    expect(lanes()).toEqual([]);
  });

  test("with rubbish between its lines gives the lines", async () => {
    leave(`${host}~${deadPid}~1~0ab`, `${line(0)}${"\0".repeat(50)}\n${line(1)}{"action":1}\n${line(2)}`);
    const client = testClient(spooled);
    await client.flush();
    await client.close();
    expect(storedNumbers()).toEqual([0, 1, 2]);
    expect(lanes()).toEqual([]);
  });

  test("of many megabytes in several segments is read whole, from where it was acknowledged", async () => {
    const many = 3_000;
    const long = (n: number) => `${JSON.stringify({ action: "thing_done", metadata: { n, text: "é".repeat(300) }, idempotency_key: `k${n}` })}\n`;
    const lane = leave(`${host}~${deadPid}~1~0ab`, "");
    rmSync(join(lane, "00000001.ndjson"));
    for (const n of numbers(many)) appendFileSync(join(lane, `0000000${2 + Math.floor(n / 1_000)}.ndjson`), long(n));
    const skipped = Buffer.byteLength(numbers(5).map(long).join(""));
    writeFileSync(join(lane, "acknowledged"), `00000002 ${String(skipped).padStart(16, "0")}\n`);
    const client = testClient(spooled);
    expect(await client.flush()).toEqual({ settled: true });
    expect(storedNumbers()).toEqual(numbers(many).slice(5));
    await client.close();
    expect(lanes()).toEqual([]);
  });

  test("that was taken from a living client by mistake costs nothing: it goes on in a new one", async () => {
    const client = testClient(nowhere);
    await client.log({ action: "thing_done", metadata: { n: 0 } }).spooled;
    await expect.poll(() => client.problems.length).toBe(1);
    const [stolen = ""] = lanes();
    renameSync(join(folder, stolen), join(folder, `elsewhere~0~1~0ab`));
    const thief = testClient(spooled);
    expect(await client.log({ action: "thing_done", metadata: { n: 1 } }).spooled).toBe(true);
    await thief.flush();
    await thief.close();
    expect(storedNumbers()).toEqual([0]);
    expect(linesOnDisk().map((text) => (JSON.parse(text) as { metadata: { n: number } }).metadata.n)).toEqual([1]);
    await client.close({ timeoutMs: 1 });
    const heir = testClient(spooled);
    await heir.close();
    expect(storedNumbers()).toEqual([0, 1]);
    expect(lanes()).toEqual([]);
    expect([...client.problems, ...thief.problems].map(({ code }) => code)).toEqual(["unreachable"]);
  });
});

test("a disk that refuses makes nothing fail: events stay in memory, and it is told", async () => {
  mkdirSync(join(folder, ".."), { recursive: true });
  writeFileSync(folder, "a file where the folder should be");
  const client = testClient(spooled);
  const logged = client.log({ action: "thing_done" });
  expect(await logged.spooled).toBe(false);
  expect((await logged).status).toBe("created");
  expect(client.problems.map(({ code }) => code)).toContain("spool_failed");
  await client.close();
});

test.runIf(process.getuid?.() !== 0)("a folder that may not be written is told of, too", async () => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o500);
  const client = testClient(spooled);
  expect(await client.log({ action: "thing_done" }).spooled).toBe(false);
  expect(client.problems.map(({ code }) => code)).toContain("spool_failed");
  await client.close();
});
