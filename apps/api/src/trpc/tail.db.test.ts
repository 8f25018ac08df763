import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { callTrpc, postEvents, setUpOwner, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
const open = new Set<AbortController>();
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
});
afterEach(() => open.forEach((controller) => controller.abort()));
afterAll(() => api.close());

interface Message {
  id: number;
  row: { seq: number; action: string };
}

/** A reader of one stream, as a browser's EventSource is. */
async function follow(filter: object, lastEventId?: number, headers: Record<string, string> = {}) {
  const controller = new AbortController();
  open.add(controller);
  const parameters = new URLSearchParams({
    input: JSON.stringify({ logType: "activity", filter }),
    connectionParams: JSON.stringify({ organization: owner.organizationId }),
  });
  const response = await fetch(`${api.url}/trpc/events.tail?${parameters}`, {
    headers: {
      accept: "text/event-stream",
      "accept-encoding": "gzip",
      cookie: owner.cookie,
      ...(lastEventId !== undefined && { "last-event-id": String(lastEventId) }),
      ...headers,
    },
    signal: controller.signal,
  });
  const messages: Message[] = [];
  let text = "";
  let ended = false;
  const reading = read()
    .catch(() => undefined)
    .finally(() => (ended = true));
  return {
    response,
    messages,
    ended: () => ended,
    text: () => text,
    connected: until(() => text.includes("event: connected")),
    async stop() {
      controller.abort();
      await reading;
    },
  };

  async function read() {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const part = decoder.decode(chunk, { stream: true });
      text += part;
      const blocks = (rest + part).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        const id = /^id: (.*)$/m.exec(block)?.[1];
        if (data && id) messages.push({ id: Number(id), row: JSON.parse(data) as Message["row"] });
      }
    }
  }
}
async function until(condition: () => boolean, withinMs = 20_000): Promise<void> {
  for (const end = performance.now() + withinMs; performance.now() < end;) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("it did not come in time");
}

const send = (action: string, count = 1) => postEvents(api, owner.token, JSON.stringify(Array.from({ length: count }, () => ({ action }))));

test("events come as they are stored, in order, without compression", async () => {
  const stream = await follow({ action: ["live"] });
  expect(stream.response.headers.get("content-type")).toContain("text/event-stream");
  expect(stream.response.headers.get("content-encoding")).toBeNull();
  await stream.connected;
  for (let times = 0; times < 5; times += 1) await send("live", 3);
  await until(() => stream.messages.length === 15);
  const seqs = stream.messages.map(({ row }) => row.seq);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  expect(stream.messages.every(({ id, row }) => id === row.seq)).toBe(true);
});

test("who comes back gets everything since, once and in order, also what was sent while away", async () => {
  // From the beginning: a stream says that it is connected before it knows where the log ends.
  const first = await follow({ action: ["resumed"] }, 0);
  await first.connected;
  await send("resumed", 4);
  await until(() => first.messages.length === 4);
  await first.stop();
  await send("resumed", 300);
  const second = await follow({ action: ["resumed"] }, first.messages.at(-1)?.id);
  await send("resumed", 5);
  await until(() => second.messages.length === 305);
  const seqs = [...first.messages, ...second.messages].map(({ row }) => row.seq);
  expect(new Set(seqs).size).toBe(309);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
});

test("where no stream gets through, steps from a place in the log find the same events, each once and in order", async () => {
  await send("stepped", 450);
  await send("other", 3);
  const found: number[] = [];
  for (let afterSeq = 0, hasMore = true; hasMore;) {
    const input = { filter: { action: ["stepped"] }, afterSeq };
    const { data } = await callTrpc(api, "events.since", { input, cookie: owner.cookie, organizationId: owner.organizationId });
    const step = data as { events: { seq: number }[]; lastSeq: number; hasMore: boolean };
    found.push(...step.events.map(({ seq }) => seq));
    ({ lastSeq: afterSeq, hasMore } = step);
  }
  expect(new Set(found).size).toBe(450);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
});

test("only what was asked for comes", async () => {
  const stream = await follow({ action: ["wanted"] });
  await stream.connected;
  await send("unwanted", 10);
  await send("wanted");
  await until(() => stream.messages.length === 1);
  expect(stream.messages[0]?.row.action).toBe("wanted");
});

test("a stream ends when the process stops, and then the server closes at once", async () => {
  const other = await testApi();
  const own = await setUpOwner(other);
  const parameters = new URLSearchParams({ input: "{}", connectionParams: JSON.stringify({ organization: own.organizationId }) });
  const response = await fetch(`${other.url}/trpc/events.tail?${parameters}`, { headers: { accept: "text/event-stream", cookie: own.cookie } });
  const ended = response.text();
  await other.close();
  expect(await ended).toContain("connected");
});

test("the log as somebody else would see it is not followed: one's own does not come in its place", async () => {
  const { data } = await callTrpc(api, "session.me", { cookie: owner.cookie });
  const { id } = (data as { user: { id: string } }).user;
  const stream = await follow({ action: ["borrowed_tail"] }, undefined, { "x-daybook-as": id });
  await send("borrowed_tail");
  await until(() => stream.ended() || stream.messages.length > 0);
  expect(stream.messages).toEqual([]);
  expect(stream.text()).toContain("not followed live");
});
