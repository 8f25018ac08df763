import { Agent, request } from "node:http";
import { mutatedBody, seededRandom } from "@daybook/testkit";
import { openArena } from "../arena.ts";
import type { Arena } from "../arena.ts";
import { defineDrill } from "./define-drill.ts";

const clients = 16;
const toldEvery = 50_000;
const failuresMax = 20;
const feedLimit = 1_000;

const bodies = [
  '{"action":"fuzz","actor":{"type":"user","id":"u"},"metadata":{"a":[1,2.5,"x\\u00e9"]}}',
  '[{"action":"fuzz"},{"action":"fuzz","changes":{"before":{"a":1},"after":{"a":2}}}]',
  '{"events":[{"action":"fuzz","occurred_at":"2026-01-02T03:04:05.678+02:00"}]}',
  '{"action":"fuzz","idempotency_key":"k","counts":{"rows":3}}\n{"action":"fuzz"}\n',
  '{"action":"fuzz","resource":{"type":"notebook","id":"n","name":"Q2"},"on_behalf_of":[{"type":"user","id":"v"}],"reason":"password = \'x\'"}',
  '{"action":"fuzz","status":"failed","error":{"code":"E","message":"no"},"context":{"ip":"203.0.113.7","user_agent":"curl"},"duration_ms":1.5}',
];

/** Sends broken bodies: none may make a server error or end the process, and what was called created must be in the log. */
export const fuzz = defineDrill({
  name: "fuzz",
  count: { unit: "bodies", byDefault: 50_000 },
  async run({ count, seed, say }) {
    const arena = await openArena(say);
    const { token } = await arena.organization();
    const created = new Set<string>();
    const statuses: Record<string, number> = {};
    const failures: string[] = [];
    let next = 0;
    const client = async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let at = next++; at < count && failures.length < failuresMax; at = next++) {
        const random = seededRandom(seed * 1_000_003 + at);
        const { bytes, gzipped } = mutatedBody(bodies[at % bodies.length] ?? "", random);
        const type = random() < 0.7 ? "application/json" : "application/x-ndjson";
        const { status, text } = await post(arena, agent, { token, bytes, type, gzipped }).catch((error: unknown) => ({ status: 0, text: String(error) }));
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status === 0 || status >= 500) failures.push(`seed ${seed}, body ${at}: ${status} ${text.slice(0, 200)}`);
        for (const { status: outcome, id } of resultsIn(text)) if (outcome === "created" && id) created.add(id);
        if (at > 0 && at % toldEvery === 0) say(`${at} bodies, ${created.size} events created`);
      }
      agent.destroy();
    };
    try {
      await Promise.all(Array.from({ length: clients }, client));
      const unreadable = await missing(arena, token, created);
      if (unreadable > 0) failures.push(`seed ${seed}: ${unreadable} events were called created and cannot be read back`);
      const told = Object.fromEntries(Object.entries(statuses).map(([status, times]) => [`status_${status}`, times]));
      return { figures: { bodies: Math.min(next, count), events_created: created.size, unreadable, ...told }, failures };
    } finally {
      await arena.close();
    }
  },
});

function resultsIn(text: string): { status: string; id?: string }[] {
  try {
    return (JSON.parse(text) as { results?: { status: string; id?: string }[] }).results ?? [];
  } catch {
    return [];
  }
}

/** How many of the events the feed does not hand out. */
async function missing(arena: Arena, token: string, created: ReadonlySet<string>): Promise<number> {
  const left = new Set(created);
  for (let after = 0; ;) {
    const answer = await fetch(`${arena.origin}/v1/events?after_seq=${after}&limit=${feedLimit}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`the feed answered ${answer.status}: ${await answer.text()}`);
    const { events, next_after_seq: following } = (await answer.json()) as { events: { id: string }[]; next_after_seq: number };
    for (const { id } of events) left.delete(id);
    if (following === after) return left.size;
    after = following;
  }
}

interface Sending {
  token: string;
  bytes: Buffer;
  type: string;
  gzipped: boolean;
}

function post(arena: Arena, agent: Agent, { token, bytes, type, gzipped }: Sending): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": type, "content-length": bytes.length, ...(gzipped && { "content-encoding": "gzip" }) };
    const call = request(`${arena.origin}/v1/events`, { method: "POST", agent, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => (text += chunk));
      answer.once("end", () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.once("error", reject);
    });
    call.once("error", reject);
    call.end(bytes);
  });
}
