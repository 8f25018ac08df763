import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { seededRandom } from "@daybook/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDaybook } from "./start-daybook.ts";
import type { RunningDaybook } from "./start-daybook.ts";

const seed = 5;
const kills = 9;
const clients = 8;
const attemptsMax = 400;

let daybook: RunningDaybook;
let token: string;

beforeAll(async () => {
  daybook = await startDaybook();
  const link = new URL(daybook.setupLink);
  const answer = await fetch(`${daybook.url}/trpc/setup.create`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: link.origin },
    body: JSON.stringify({
      setupToken: link.searchParams.get("token"),
      owner: { name: "Alice", email: "alice@company.com", password: "correct horse battery" },
      organization: { name: "Acme", timeZone: "UTC" },
    }),
  });
  token = ((await answer.json()) as { result: { data: { token: string } } }).result.data.token;
});
afterAll(() => daybook?.stop());

/** Processes that serve right now: the supervisor keeps its children in one file, Postgres its postmaster in another. */
function victims(): number[] {
  const children = (JSON.parse(readFileSync(join(daybook.dataFolder, "running.json"), "utf8")) as { children: { pid: number }[] }).children.map(
    ({ pid }) => pid,
  );
  const { cluster } = JSON.parse(readFileSync(join(daybook.dataFolder, "postgres/postgres.json"), "utf8")) as { cluster: string };
  const postmaster = Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[0]);
  return [...children, postmaster];
}

/** Sends one event until it is acknowledged, always with the same key, as a client should. */
async function deliver(key: string, event: object): Promise<boolean> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const status = await fetch(`${daybook.url}/v1/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(25_000),
    }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return true;
    // Anything but "not now" would be a fault of the product.
    if (![0, 429, 502, 503].includes(status)) throw new Error(`the API answered ${status}`);
    await pause(50);
  }
  return false;
}

interface Fed {
  seq: number;
  action: string;
  idempotency_key: string | null;
  resource: { id?: string } | null;
}

async function wholeLog(): Promise<Fed[]> {
  const all: Fed[] = [];
  for (let after = 0; ;) {
    const answer = await fetch(`${daybook.url}/v1/events?after_seq=${after}&limit=1000`, { headers: { authorization: `Bearer ${token}` } });
    const page = (await answer.json()) as { events: Fed[]; next_after_seq: number };
    all.push(...page.events);
    if (page.events.length === 0 || page.next_after_seq === after) return all;
    after = page.next_after_seq;
  }
}

test("whatever is killed, acknowledged events are there once, in a gapless sequence, and every alert goes out once", async () => {
  const random = seededRandom(seed);
  const acknowledged: string[] = [];
  let running = true;
  const load = Array.from({ length: clients }, async (_, client) => {
    for (let at = 0; running; at += 1) {
      const key = `k${client}-${at}`;
      const alarming = client === 0 && at % 20 === 0;
      const event = alarming
        ? { action: "org_user_role_changed", actor: { type: "user", id: `actor-${at}`, name: `Actor ${at}` }, resource: { type: "user", id: key } }
        : { action: "notebook_viewed", actor: { type: "user", id: "u1" }, resource: { type: "notebook", id: key } };
      if (await deliver(key, event)) acknowledged.push(key);
    }
  });
  for (let kill = 0; kill < kills; kill += 1) {
    await pause(500 + random() * 1_500);
    const pids = victims();
    const pid = pids[kill % pids.length];
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  }
  await pause(2_000);
  running = false;
  await Promise.all(load);

  const alarms = acknowledged.filter((key) => key.startsWith("k0-") && Number(key.slice(3)) % 20 === 0);
  const sent = async () => (await wholeLog()).filter(({ action }) => action === "alerts_sent").length;
  await expect.poll(sent, { timeout: 60_000, interval: 1_000 }).toBe(alarms.length);

  const log = await wholeLog();
  const times = new Map<string, number>();
  for (const { idempotency_key: key } of log) if (key) times.set(key, (times.get(key) ?? 0) + 1);
  expect({
    seed,
    lost: acknowledged.filter((key) => !times.has(key)).length,
    doubled: [...times.values()].filter((count) => count > 1).length,
  }).toEqual({ seed, lost: 0, doubled: 0 });
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
  expect(log.filter(({ action }) => action === "incident_opened")).toHaveLength(alarms.length);
  expect(acknowledged.length).toBeGreaterThan(100);
}, 240_000);
