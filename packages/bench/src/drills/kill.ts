import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createDaybook } from "@daybook/sdk";
import type { Receipt } from "@daybook/sdk";
import { seededRandom } from "@daybook/testkit";
import { openArena } from "../arena.ts";
import type { Arena } from "../arena.ts";
import { defineDrill } from "./define-drill.ts";

const clients = 6;
const eventsAtOnce = 5;
const betweenEventsMs = 50;
/** The API serves for this long at most before the next kill. */
const servedMsMax = 1_500;
const closeTimeoutMs = 60_000;
const feedLimit = 1_000;

/** Kills the API again and again under clients that log: what they logged must be in the log, each event once. */
export const kill = defineDrill({
  name: "kill",
  count: { unit: "kills", byDefault: 10 },
  async run({ count, seed, say }) {
    const random = seededRandom(seed);
    const arena = await openArena(say);
    const folder = await mkdtemp(join(tmpdir(), "daybook-drill-"));
    try {
      const { token } = await arena.organization();
      const logging = { on: true };
      const producers = Array.from({ length: clients }, (_, at) =>
        produce(arena, { token, at, logging, spoolFolder: at % 2 ? join(folder, "spool") : undefined }),
      );
      for (let kills = 1; kills <= count; kills += 1) {
        await pause(random() * servedMsMax);
        await arena.killApi();
        if (kills % 10 === 0) say(`${kills} kills`);
      }
      logging.on = false;
      const receipts = new Map((await Promise.all(producers)).flatMap((each) => [...each]));
      return judge(receipts, await storedKeys(arena, token), { kills: count, seed });
    } finally {
      await arena.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
});

interface Producing {
  token: string;
  at: number;
  logging: { on: boolean };
  spoolFolder: string | undefined;
}

/** Logs until it is told to stop; returns what became of every event, by its key. */
async function produce(arena: Arena, { token, at, logging, spoolFolder }: Producing): Promise<Map<string, Receipt>> {
  const daybook = createDaybook({
    url: arena.origin,
    token,
    flushAfterMs: 20,
    timeoutMs: 5_000,
    // A slow machine takes long to start the API again; what a full queue drops is the client's affair and not this drill's.
    queueEventsMax: 500_000,
    queueBytesMax: 512 * 1_048_576,
    onProblem: () => undefined,
    ...(spoolFolder !== undefined && { spoolFolder }),
  });
  const receipts = new Map<string, Receipt>();
  for (let n = 0; logging.on;) {
    for (let each = 0; each < eventsAtOnce; each += 1, n += 1) {
      const key = `drill-${at}-${n}`;
      void daybook.log({ action: "drill_logged", metadata: { n }, idempotency_key: key }).then((receipt) => receipts.set(key, receipt));
    }
    await pause(betweenEventsMs);
  }
  await daybook.close({ timeoutMs: closeTimeoutMs });
  return receipts;
}

/** How often each key is in the log, and with which id. */
async function storedKeys(arena: Arena, token: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (let after = 0; ;) {
    const answer = await fetch(`${arena.origin}/v1/events?after_seq=${after}&limit=${feedLimit}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`the feed answered ${answer.status}: ${await answer.text()}`);
    const page = (await answer.json()) as { events: { id: string; idempotency_key: string | null }[]; next_after_seq: number };
    for (const { id, idempotency_key: key } of page.events) if (key?.startsWith("drill-")) found.set(key, [...(found.get(key) ?? []), id]);
    if (page.next_after_seq === after) return found;
    after = page.next_after_seq;
  }
}

function judge(receipts: Map<string, Receipt>, stored: Map<string, string[]>, { kills, seed }: { kills: number; seed: number }) {
  let lost = 0;
  let misnamed = 0;
  let refused = 0;
  const why = new Set<string>();
  for (const [key, receipt] of receipts) {
    const ids = stored.get(key) ?? [];
    if (receipt.status === "refused") {
      refused += 1;
      why.add(`${receipt.code}: ${receipt.message}`);
    } else if (ids.length === 0) lost += 1;
    else if (receipt.status !== "spooled" && !ids.includes(receipt.id)) misnamed += 1;
  }
  const doubled = [...stored.values()].filter((ids) => ids.length > 1).length;
  const figures = { kills, logged: receipts.size, stored: stored.size, lost, doubled, misnamed, refused };
  const failures = Object.entries({ lost, doubled, misnamed, refused }).flatMap(([what, times]) =>
    times > 0 ? [`seed ${seed}: ${times} events ${what}${what === "refused" ? ` (${[...why].join("; ")})` : ""}`] : [],
  );
  return { figures, failures };
}
