import { createServer } from "node:http";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What can go wrong with one request. */
export const faults = ["none", "drop_before", "drop_after", "busy_503", "limited_429", "slow", "half_answer", "proxy_page", "too_large_413"] as const;
/** `proxy_limit` never passes, so it is not among those that come and go. */
export type Fault = (typeof faults)[number] | "proxy_limit";
/** Bytes of a body that the proxy of `proxy_limit` lets through. */
export const proxyBytesMax = 2_000;

export interface Stored {
  id: string;
  seq: number;
  event: Record<string, unknown>;
}

export interface FakeDaybook {
  url: string;
  /** By idempotency key, as the log would hold them. */
  stored: Map<string, Stored>;
  /** How often each key arrived whole. */
  arrivals: Map<string, number>;
  requests: { headers: IncomingHttpHeaders; events: Record<string, unknown>[]; fault: Fault; atMs: number }[];
  /** Decides the fault of the request with this number, from 1. */
  faultOf: (request: number) => Fault;
  /** What a limiting server asks for. */
  retryAfter: string;
  close(): Promise<void>;
}

export const token = "db_a_token_of_tests";
/** An event of this action is refused. */
export const refusedAction = "refuse_me";
/** How long a slow server takes: longer than any `timeoutMs` of these tests. */
const slowMs = 400;

/** An API that answers as Daybook does, with switches for everything that a network and a busy server can do. */
export async function fakeDaybook({ port = 0 } = {}): Promise<FakeDaybook> {
  const fake: FakeDaybook = { url: "", stored: new Map(), arrivals: new Map(), requests: [], faultOf: () => "none", retryAfter: "0", close: async () => {} };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", () => {});
    request.on("end", () => {
      const events = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>[];
      const fault = fake.faultOf(fake.requests.length + 1);
      fake.requests.push({ headers: request.headers, events, fault, atMs: Date.now() });
      if (request.headers.authorization !== `Bearer ${token}`)
        return answer(response, 401, { code: "unauthenticated", detail: "No valid token came with the request." });
      act(fake, fault, events, response);
    });
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fake.close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return fake;
}

function act(fake: FakeDaybook, fault: Fault, events: Record<string, unknown>[], response: ServerResponse): void {
  switch (fault) {
    case "none":
      return answerWith(response, store(fake, events));
    case "drop_before":
      return void response.destroy();
    case "drop_after":
      store(fake, events);
      return void response.destroy();
    case "busy_503":
      return answer(response, 503, { code: "unavailable", detail: "The database is not reachable right now." });
    case "limited_429":
      return answer(response, 429, { code: "rate_limited", detail: "Too many requests." }, { "retry-after": fake.retryAfter });
    case "slow": {
      const results = store(fake, events);
      return void setTimeout(() => answerWith(response, results), slowMs).unref();
    }
    case "half_answer": {
      const text = JSON.stringify({ results: store(fake, events) });
      response.writeHead(200, { "content-type": "application/json" });
      return void response.end(text.slice(0, text.length / 2));
    }
    case "proxy_page":
      response.writeHead(502, { "content-type": "text/html" });
      return void response.end("<h1>Bad gateway</h1>");
    case "proxy_limit":
      if (JSON.stringify(events).length <= proxyBytesMax) return answerWith(response, store(fake, events));
      response.writeHead(413, { "content-type": "text/html" });
      return void response.end("<h1>Request Entity Too Large</h1>");
    case "too_large_413":
      return events.length > 1
        ? answer(response, 413, { code: "batch_too_large", detail: "The body has too many bytes." })
        : answerWith(response, store(fake, events));
  }
}

type Result = { index: number; status: string; id?: string; seq?: number; error?: { code: string; message: string; path: string } };

const store = (fake: FakeDaybook, events: Record<string, unknown>[]): Result[] =>
  events.map((event, index) => {
    const key = String(event["idempotency_key"]);
    fake.arrivals.set(key, (fake.arrivals.get(key) ?? 0) + 1);
    if (event["action"] === refusedAction)
      return { index, status: "refused", error: { code: "invalid_event", message: "`action`: is refused here", path: "action" } };
    const known = fake.stored.get(key);
    if (known) return { index, status: "duplicate", id: known.id };
    const seq = fake.stored.size + 1;
    fake.stored.set(key, { id: `id-${seq}`, seq, event });
    return { index, status: "created", id: `id-${seq}`, seq };
  });

function answerWith(response: ServerResponse, results: Result[]): void {
  const refused = results.filter(({ status }) => status === "refused").length;
  answer(response, refused === 0 ? 200 : refused < results.length ? 207 : 422, {
    results,
    ...(refused === results.length && { code: "invalid_event", detail: "None was stored." }),
  });
}

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
