import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { dialects } from "@daybook/connectors";
import type { AuditEvent } from "@daybook/event";
import { everything } from "@daybook/query";
import { schema } from "@daybook/store";
import { seededRandom } from "@daybook/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callTrpc, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

const keys: Record<string, (token: string) => Record<string, string>> = {
  retraced: (token) => ({ authorization: `token=${token}` }),
  workos: (token) => ({ authorization: `Bearer ${token}` }),
  otlp: (token) => ({ authorization: `Bearer ${token}` }),
  cloudevents: (token) => ({ "x-daybook-token": token }),
};
const keyOf = (id: string, token: string) => keys[id]?.(token) ?? {};
const pathOf = (path: string) => path.replace(":project", "p-1");

async function post(path: string, body: BodyInit | object, headers: Record<string, string> = {}) {
  const isPlain = typeof body === "string" || body instanceof Uint8Array;
  const response = await fetch(`${api.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: isPlain ? (body as BodyInit) : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text) as Record<string, unknown> };
}

async function wholeLog(): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  for (;;) {
    const page = await api.platform.store.feed(owner.organizationId, { afterSeq: events.at(-1)?.seq ?? 0, query: everything, limit: 1_000 });
    if (page.events.length === 0) return events;
    events.push(...page.events);
  }
}

const eventsOf = async (action: string) => (await wholeLog()).filter((event) => event.action === action);

describe.each(dialects.map((dialect) => [dialect.id, dialect] as const))("%s", (id, dialect) => {
  const { sample } = dialect;
  const sampleBody = sample.body as object;
  const headers = sample.headers as Record<string, string>;
  const send = (body: BodyInit | object, more: Record<string, string> = {}) =>
    post(pathOf(sample.path), body, { ...headers, authorization: "", ...keyOf(id, owner.token), ...more });

  test("its sample becomes an event whose source is the dialect", async () => {
    const before = await wholeLog();
    const { status } = await send(sampleBody);
    expect(Math.floor(status / 100)).toBe(2);
    const log = await wholeLog();
    expect(log.length).toBe(before.length + 1);
    expect(log.at(-1)).toMatchObject({ source: id, origin: "api", occurred_at: "2026-11-21T09:30:00.123Z" });
  });

  test("gzip is read, and what is refused whole is refused in the vendor's shape and never with 5xx", async () => {
    expect((await send(new Uint8Array(gzipSync(JSON.stringify(sample.body))), { "content-encoding": "gzip" })).status).toBeLessThan(300);
    const refused: [what: string, body: BodyInit, more: Record<string, string>, status: number][] = [
      ["JSON that ends too early", "{", {}, 400],
      ["nothing", "", {}, 400],
      ["a key twice", '{"a":1,"a":2}', {}, 422],
      ["endless brackets", `${"[".repeat(200_000)}${"]".repeat(200_000)}`, {}, 413],
      ["what is not UTF-8", new Uint8Array([0x7b, 0xff]), {}, 400],
      ["a gzip bomb", new Uint8Array(gzipSync(Buffer.alloc(200_000_000, 0x20))), { "content-encoding": "gzip" }, 413],
      ["another encoding", "{}", { "content-encoding": "br" }, 415],
    ];
    for (const [what, body, more, status] of refused) {
      const answer = await send(body, more);
      expect(answer.status, what).toBe(status);
      expect(answer.headers.get("content-type")).toContain("application/json");
      expect(JSON.stringify(answer.body)).toMatch(/[a-z]{3}\.?"/);
      expect(answer.body).not.toHaveProperty("type", expect.stringContaining("urn:"));
    }
  });

  test("without a token, with a wrong one, and without the scope nothing is written", async () => {
    const before = (await wholeLog()).filter(({ source }) => source === id).length;
    const { data } = await callTrpc(api, "tokens.create", { input: { name: `Reads ${id}`, scopes: ["events:read"] }, mutation: true, ...owner });
    const { token } = data as { token: string };
    const statuses = await Promise.all(
      [{}, keyOf(id, "dbk_live_wsWrong"), keyOf(id, token)].map(
        async (key) => (await post(pathOf(sample.path), sampleBody, { ...headers, authorization: "", ...key })).status,
      ),
    );
    expect(statuses).toEqual([401, 401, 403]);
    const log = await wholeLog();
    expect(log.filter(({ source }) => source === id)).toHaveLength(before);
    expect(log.some(({ action, metadata }) => action === "access_denied" && metadata["verb"] === "events.ingest")).toBe(true);
  });

  test("while Daybook starts the sender is told to come back", async () => {
    api.life.become("starting");
    const answer = await send(sampleBody);
    api.life.become("ready");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
  });

  test("300 mutated bodies never make a server error", async () => {
    const seed = 20_261_122;
    const random = seededRandom(seed);
    const text = JSON.stringify(sample.body);
    const parts = ["{", "}", "[", '"', "\\u0000", "\\ud800", "1e400", "9007199254740993", "null", "é", '"__proto__":1,', "9999-12-31T23:59:60Z", "0", "-"];
    for (let round = 0; round < 300; round += 1) {
      const at = Math.floor(random() * text.length);
      const part = parts[Math.floor(random() * parts.length)] ?? "";
      const mutated = text.slice(0, at) + part + text.slice(at + Math.floor(random() * 8));
      const { status } = await send(mutated);
      expect(status, `seed ${seed}, round ${round}: ${mutated}`).toBeLessThan(500);
    }
  });
});

describe("retraced", () => {
  const one = "/publisher/v1/project/p/event";
  const key = () => keyOf("retraced", owner.token);

  test("the answer is the event's id and the vendor's hash of what was sent", async () => {
    const { body, status } = await post(
      one,
      { action: "retraced.one", crud: "r", actor: { id: "a:1" }, fields: { "b;": "2=", a: "1%" }, is_anonymous: false },
      key(),
    );
    const [event] = await eventsOf("retraced.one");
    const text = `${event?.id}:retraced.one::a%3A1:::0:0:a=1%25;b%3B=2%3D;`;
    expect([status, body]).toEqual([201, { id: event?.id, hash: createHash("sha256").update(text).digest("hex") }]);
  });

  test("of a bulk request all events are logged or none, and the error names which", async () => {
    const bulk = (second: object) => post(`${one}/bulk`, { events: [{ action: "retraced.bulk", crud: "c" }, second] }, key());
    const late = { action: "retraced.bulk", created: new Date(Date.now() + 3_600_000).toISOString() };
    for (const bad of [{ crud: "c" }, late, { action: "retraced.bulk", description: "x".repeat(20_000) }]) {
      const { status, body } = await bulk(bad);
      expect([status >= 400 && status < 500, body]).toEqual([
        true,
        { status, type: "Error", error: expect.stringMatching(/^No events were logged\. Event 1: /) },
      ]);
    }
    expect(await eventsOf("retraced.bulk")).toEqual([]);
    expect((await bulk({ action: "retraced.bulk", crud: "u" })).body).toHaveLength(2);
    expect(await eventsOf("retraced.bulk")).toHaveLength(2);
  });
});

describe("workos", () => {
  const event = (action: string) => ({
    organization_id: "org_1",
    event: { action, occurred_at: "2026-11-21T09:00:00Z", actor: { type: "user", id: "u" }, targets: [], context: { location: "Berlin" } },
  });
  const send = (action: string, key: string) => post("/audit_logs/events", event(action), { ...keyOf("workos", owner.token), "idempotency-key": key });

  test("the same key gives the same answer and one event; other content under it is a conflict", async () => {
    const answers = [await send("workos.once", "k-1"), await send("workos.once", "k-1")];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [201, { success: true }],
      [201, { success: true }],
    ]);
    expect(await eventsOf("workos.once")).toMatchObject([{ metadata: { workos: { context: { location: "Berlin" } } }, context: {} }]);
    expect(await send("workos.other", "k-1")).toMatchObject({ status: 409, body: { code: "idempotency_conflict" } });
  });

  test("a key that another door has used is not taken", async () => {
    await post("/v1/events", { action: "by_v1", idempotency_key: "workos:k-2" }, keyOf("workos", owner.token));
    expect((await send("workos.second", "k-2")).status).toBe(201);
    expect(await eventsOf("workos.second")).toHaveLength(1);
  });
});

describe("otlp", () => {
  const record = (more: object) => ({ eventName: "otlp.partial", ...more });
  const send = (records: object[]) => post("/v1/logs", { resourceLogs: [{ scopeLogs: [{ logRecords: records }] }] }, keyOf("otlp", owner.token));

  test("what is refused is counted in an answer that says not to send it again", async () => {
    const late = String(BigInt(Date.now() + 3_600_000) * 1_000_000n);
    const { status, body } = await send([record({}), record({ timeUnixNano: late }), record({})]);
    expect([status, body]).toEqual([
      200,
      { partialSuccess: { rejectedLogRecords: "1", errorMessage: expect.stringContaining("ahead of the server's clock") } },
    ]);
    expect(await eventsOf("otlp.partial")).toHaveLength(2);
  });

  test("a record's own id makes a repetition known", async () => {
    const records = [{ eventName: "otlp.uid", attributes: [{ key: "log.record.uid", value: { stringValue: "r-1" } }] }];
    await send(records);
    expect((await send(records)).body).toEqual({ partialSuccess: {} });
    expect(await eventsOf("otlp.uid")).toHaveLength(1);
  });

  test("as many records as a collector's batch are taken at once, more are refused", async () => {
    const many = (count: number) => send(Array.from({ length: count }, () => ({ eventName: "otlp.many" })));
    expect((await many(8_193)).status).toBe(413);
    expect((await many(8_192)).body).toEqual({ partialSuccess: {} });
  });

  test("protobuf is refused with what to set", async () => {
    const { status, body } = await post("/v1/logs", new Uint8Array([10, 0]), { ...keyOf("otlp", owner.token), "content-type": "application/x-protobuf" });
    expect([status, body["message"]]).toEqual([415, expect.stringContaining("JSON")]);
  });

  test("what all records share is copied into each only up to a bound", async () => {
    const attributes = [
      { key: "service.name", value: { stringValue: "big" } },
      ...Array.from({ length: 40 }, (_, at) => ({ key: `a${at}`, value: { stringValue: "x".repeat(1_000) } })),
    ];
    await post(
      "/v1/logs",
      { resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords: [{ eventName: "otlp.big" }] }] }] },
      keyOf("otlp", owner.token),
    );
    expect((await eventsOf("otlp.big"))[0]?.metadata).toEqual({
      otlp: { resource: { "service.name": "big", cut: expect.stringMatching(/^\d{5} characters$/) } },
    });
  });
});

describe("cloudevents", () => {
  const event = (more: object) => ({ specversion: "1.0", id: "1", source: "/test", type: "ce.test", ...more });
  const key = () => keyOf("cloudevents", owner.token);
  const structured = { "content-type": "application/cloudevents+json; charset=utf-8" };

  test("in a batch each event is stored or refused for itself, and all may be sent again", async () => {
    const batch = [event({ id: "b-1", type: "ce.batch" }), event({ id: "b-2", specversion: "0.3" }), event({ id: "b-3", type: "ce.batch" })];
    const send = () => post("/cloudevents", batch, { ...key(), "content-type": "application/cloudevents-batch+json" });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([207, 207]);
    expect((first.body["results"] as { status: string }[]).map(({ status }) => status)).toEqual(["created", "refused", "created"]);
    expect((second.body["results"] as { status: string }[]).map(({ status }) => status)).toEqual(["duplicate", "refused", "duplicate"]);
    expect(await eventsOf("ce.batch")).toHaveLength(2);
  });

  test("a delivery that comes again is known by source and id, whatever it was carried with; other content under them is refused", async () => {
    const sent = event({ id: "again", type: "ce.again", subject: "order/7", authid: "u-1", data: { n: 1 } });
    const send = (more: object) => post("/cloudevents", { ...sent, ...more }, { ...key(), ...structured });
    const first = await send({ traceparent: "00-1-1-00" });
    const binary = { "ce-specversion": "1.0", "ce-id": "again", "ce-source": "/test", "ce-type": "ce.again", "ce-subject": "order/7", "ce-authid": "u-1" };
    const repeats = [
      await send({ traceparent: "00-2-2-00", tracestate: "a=b", datacontenttype: "application/json" }),
      await post("/cloudevents", { n: 1 }, { ...key(), ...binary, "ce-traceparent": "00-3-3-00" }),
    ];
    const results = repeats.map(({ status, body }) => [status, (body["results"] as { status: string; id: string }[])[0]]);
    const id = (first.body["results"] as { id: string }[])[0]?.id;
    expect(results).toEqual([
      [200, { index: 0, status: "duplicate", id }],
      [200, { index: 0, status: "duplicate", id }],
    ]);
    for (const other of [{ data: { n: 2 } }, { subject: "order/8" }, { authid: "u-2" }, { type: "ce.other" }])
      expect(await send(other)).toMatchObject({ status: 409, body: { code: "idempotency_conflict" } });
    expect(await eventsOf("ce.again")).toHaveLength(1);
  });

  test("an event of ours with a key of its own is the same in every envelope", async () => {
    const data = { action: "ce_own_key", idempotency_key: "k" };
    const send = (id: string, more = {}) => post("/cloudevents", event({ id, data: { ...data, ...more } }), { ...key(), ...structured });
    expect([(await send("e-1")).status, (await send("e-2")).status, (await send("e-3", { reason: "other" })).status]).toEqual([200, 200, 409]);
    expect(await eventsOf("ce_own_key")).toHaveLength(1);
  });

  test.each([
    ["JSON", "application/json", '{"n":1}', { data: { n: 1 } }],
    ["text", "text/plain", "hello", { data: "hello" }],
    ["bytes", "application/octet-stream", new Uint8Array([0, 255, 1]), { cloudevents: { data_base64: "AP8B" } }],
  ])("binary mode takes %s from the body and attributes from the headers", async (what, type, body, metadata) => {
    const headers = { "ce-specversion": "1.0", "ce-id": `bin-${what}`, "ce-source": "/bin", "ce-type": `ce.bin.${what}`, "ce-subject": "caf%C3%A9/1" };
    expect((await post("/cloudevents", body, { ...key(), ...headers, "content-type": type })).status).toBe(200);
    expect((await eventsOf(`ce.bin.${what}`))[0]).toMatchObject({
      resource: { id: "café/1" },
      metadata: { ...metadata, cloudevents: { datacontenttype: type } },
    });
  });

  test("data that is an event of ours is taken whole", async () => {
    const data = { action: "ce_whole", actor: { type: "agent", id: "bot" }, changes: { before: { a: 1 }, after: { a: 2 } } };
    expect((await post("/cloudevents", event({ id: "w", data }), { ...key(), ...structured })).status).toBe(200);
    expect((await eventsOf("ce_whole"))[0]).toMatchObject({
      actor: { type: "agent", id: "bot" },
      changes: { fields: [{ path: "a", before: 1, after: 2 }] },
      metadata: { cloudevents: { id: "w", source: "/test", type: "ce.test" } },
    });
  });

  test("numbers that would lose digits, NUL, and half characters are refused in a sentence", async () => {
    const send = (data: string) => post("/cloudevents", JSON.stringify(event({ id: "x" })).replace("}", `,"data":${data}}`), { ...key(), ...structured });
    for (const [data, code] of [
      ['{"n":9007199254740993}', "unsafe_number"],
      ['"a\\u0000"', "unsafe_text"],
      ['"\\ud800"', "unsafe_text"],
    ] as const)
      expect(await send(data)).toMatchObject({ status: 422, body: { code } });
  });
});

test("a token that is bound to a source writes under it through every dialect, and their keys stay apart", async () => {
  const { data } = await callTrpc(api, "tokens.create", { input: { name: "Bound", scopes: ["events:write"] }, mutation: true, ...owner });
  const { token } = data as { token: string };
  await api.platform.store.platform.update(schema.workspaceTokens).set({ source: "bound" });
  const workos = { event: { action: "bound.workos", occurred_at: "2026-11-21T09:00:00Z" } };
  await post("/audit_logs/events", workos, { ...keyOf("workos", token), "idempotency-key": "/b 1" });
  await post("/cloudevents", { specversion: "1.0", id: "1", source: "/b", type: "bound.ce" }, keyOf("cloudevents", token));
  expect([(await eventsOf("bound.workos"))[0]?.source, (await eventsOf("bound.ce"))[0]?.source]).toEqual(["app:bound", "app:bound"]);
});
