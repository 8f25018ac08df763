import { gzipSync } from "node:zlib";
import { eventBytesMax, eventDepthMax, eventKeysMax, requestEventsMax, requestInflatedBytesMax, stringLengthMax } from "@daybook/event";
import { schema } from "@daybook/store";
import { mutatedBody, seededRandom } from "@daybook/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actionsOf, callTrpc, getEvents, logOf, postEvents, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

const post = (body: BodyInit, headers?: Record<string, string>) => postEvents(api, owner.token, body, headers);
const text = (value: unknown) => JSON.stringify(value);
const withMetadata = (metadata: string) => `{"action":"bad_item","metadata":${metadata}}`;
const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

describe("bad input is refused item by item", () => {
  const badItems: [what: string, item: string, code: string][] = [
    [
      "an event of more than its bytes",
      text({ action: "bad_item", metadata: Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`k${i}`, "x".repeat(eventBytesMax / 5)])) }),
      "event_too_large",
    ],
    ["an event nested too deep", withMetadata(`{"a":${nested(eventDepthMax)}}`), "event_too_large"],
    ["an event nested 200,000 levels deep", withMetadata(nested(200_000)), "event_too_large"],
    [
      "an event with too many keys",
      withMetadata(text(Object.fromEntries(Array.from({ length: eventKeysMax + 1 }, (_, i) => [`k${i}`, 1])))),
      "event_too_large",
    ],
    ["a string that is too long", withMetadata(text({ a: "x".repeat(stringLengthMax + 1) })), "event_too_large"],
    ["NUL in a string", withMetadata('{"a":"x\\u0000y"}'), "unsafe_text"],
    ["half of a surrogate pair", withMetadata('{"a":"\\ud800"}'), "unsafe_text"],
    ["a number beyond every reader", withMetadata('{"a":1e400}'), "unsafe_number"],
    ["an integer beyond 2^53", withMetadata('{"a":9007199254740993}'), "unsafe_number"],
    ["a key that stands twice", withMetadata('{"a":1,"a":2}'), "duplicate_key"],
    ["a prototype as a key", withMetadata('{"__proto__":{"a":1}}'), "invalid_event"],
    ["a time ten minutes ahead", text({ action: "bad_item", occurred_at: new Date(Date.now() + 600_000).toISOString() }), "time_in_future"],
    ["a time before 1970", text({ action: "bad_item", occurred_at: "1969-12-31T23:59:59Z" }), "time_out_of_range"],
    ["a day that does not exist", text({ action: "bad_item", occurred_at: "2026-02-30T00:00:00Z" }), "invalid_event"],
    ["no action", text({ actor: { type: "user" } }), "invalid_event"],
    ["a field that is not known", text({ action: "bad_item", acter: {} }), "invalid_event"],
    ["a number in place of an event", "1", "invalid_event"],
    ["null in place of an event", "null", "invalid_event"],
  ];

  test.each(badItems)("%s: the rest of the batch is stored", async (what, item, code) => {
    const before = `before ${what}`.replace(/\W+/g, "_");
    const { status, body } = await post(`[{"action":"${before}"},${item},{"action":"after"}]`);
    expect([status, body.created, body.refused]).toEqual([207, 2, 1]);
    expect(body.results?.map((result) => [result.index, result.status, result.error?.code])).toEqual([
      [0, "created", undefined],
      [1, "refused", code],
      [2, "created", undefined],
    ]);
    expect(await actionsOf(api, owner.organizationId)).toContain(before);
  });

  test("nothing of a refused item is in the log", async () => {
    expect(await actionsOf(api, owner.organizationId)).not.toContain("bad_item");
  });

  test.each([
    ["invalid_event", "{}", 422],
    ["event_too_large", withMetadata(nested(20)), 413],
    ["unsafe_number", withMetadata('{"a":1e999}'), 422],
  ])("a single event that is refused with %s has that refusal's own status", async (code, item, expected) => {
    const { status, type, body } = await post(item);
    expect([status, body.code, body.refused]).toEqual([expected, code, 1]);
    expect(type).toContain("application/problem+json");
  });

  test("a batch of which nothing could be stored says so with its status", async () => {
    const { status, body } = await post('[{"action":1},{"acton":"x"}]');
    expect([status, body.refused, body.results?.length]).toEqual([422, 2, 2]);
  });
});

describe("what is no request at all is refused as a whole", () => {
  const gzip = { "content-encoding": "gzip" };
  const event = Buffer.from('{"action":"whole_refused"}');
  const requests: [what: string, body: BodyInit, headers: Record<string, string>, status: number, code: string][] = [
    ["malformed JSON", '{"action":"whole_refused"', {}, 400, "malformed_json"],
    ["JSON with something behind it", '{"action":"whole_refused"} x', {}, 400, "malformed_json"],
    ["an envelope with something beside its events", '{"events":[{"action":"whole_refused"}],"more":1}', {}, 400, "malformed_json"],
    ["an empty body", "", {}, 400, "malformed_json"],
    ["bytes that are not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), {}, 400, "malformed_json"],
    ["plain text", '{"action":"whole_refused"}', { "content-type": "text/plain" }, 415, "unsupported_media_type"],
    ["a form", "action=x", { "content-type": "application/x-www-form-urlencoded" }, 415, "unsupported_media_type"],
    ["another encoding than gzip", event, { "content-encoding": "br" }, 415, "unsupported_media_type"],
    ["too many events", text(Array.from({ length: requestEventsMax + 1 }, () => ({ action: "whole_refused" }))), {}, 413, "batch_too_large"],
    ["too many bytes", " ".repeat(requestInflatedBytesMax + 1), {}, 413, "batch_too_large"],
    ["a gzip bomb", gzipSync(Buffer.alloc(200_000_000, 0x20)), gzip, 413, "batch_too_large"],
    ["truncated gzip", gzipSync(event).subarray(0, 20), gzip, 400, "malformed_json"],
    ["gzip with something behind it", Buffer.concat([gzipSync(event), Buffer.from("garbage")]), gzip, 400, "malformed_json"],
    ["what only calls itself gzip", event, gzip, 400, "malformed_json"],
  ];

  test.each(requests)("%s", async (_what, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.type).toContain("application/problem+json");
    expect(answer.body.request_id).toBe(answer.headers.get("x-request-id"));
    expect(await actionsOf(api, owner.organizationId)).not.toContain("whole_refused");
  });

  test("malformed JSON is told with its position", async () => {
    expect((await post('[{"action":"a"},{"action":}]')).body.detail).toContain("character 27");
    expect((await post('{"events": [{"action":}]}')).body.detail).toContain("character 23");
  });
});

describe("all four forms of a request are stored", () => {
  test.each([
    ["one event", '{"action":"form_one"}', "application/json", 1],
    ["an array", '[{"action":"form_array"},{"action":"form_array"}]', "application/json; charset=utf-8", 2],
    ["an envelope", ' { "events" : [{"action":"form_envelope"},{"action":"form_envelope"}] } ', "application/json", 2],
    ["lines", '{"action":"form_lines"}\r\n\n{"action":"form_lines"}', "application/x-ndjson", 2],
    ["an empty array", "[]", "application/json", 0],
  ])("%s", async (_what, body, type, created) => {
    const answer = await post(body, { "content-type": type });
    expect([answer.status, answer.body.created, answer.body.results?.length]).toEqual([200, created, created]);
  });

  test("gzip is read", async () => {
    const answer = await post(gzipSync('[{"action":"form_gzip"}]'), { "content-encoding": "gzip" });
    expect([answer.status, answer.body.created]).toEqual([200, 1]);
  });

  test("a broken line is refused with its number, and the lines around it are stored", async () => {
    const invalid = Buffer.from([0xff, 0x0a]);
    const body = Buffer.concat([Buffer.from('{"action":"line_1"}\n{"action":\n'), invalid, Buffer.from('{"action":"line_4"}\n')]);
    const { status, body: answer } = await post(body, { "content-type": "application/x-ndjson" });
    expect([status, answer.created]).toEqual([207, 2]);
    expect(answer.results?.map(({ error }) => error?.code)).toEqual([undefined, "malformed_json", "malformed_json", undefined]);
    expect(answer.results?.[1]?.error?.message).toMatch(/^Line 2: /);
    expect(answer.results?.[2]?.error?.message).toMatch(/^Line 3 is not valid UTF-8/);
  });

  test("a batch keeps its order in the sequence, and ids lead to the events", async () => {
    const { body } = await post(text(Array.from({ length: 120 }, (_, index) => ({ action: "ordered", metadata: { index } }))));
    const events = (await logOf(api, owner.organizationId)).filter(({ action }) => action === "ordered");
    expect(events.map(({ metadata }) => metadata["index"])).toEqual(Array.from({ length: 120 }, (_, index) => index));
    expect(body.results?.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  test("an event without an actor was done by the token, over the API", async () => {
    const { body } = await post('{"action":"by_token"}');
    const { body: page } = await getEvents(api, owner.token, "?action=by_token");
    expect(page.events[0]).toMatchObject({ id: body.results?.[0]?.id, actor: { type: "api_key", name: "First token" }, source: "api" });
  });
});

describe("the same idempotency key never makes a second event", () => {
  test("the same event again is a duplicate of the first, another is a conflict", async () => {
    const first = await post('{"action":"once","idempotency_key":"k-1"}');
    const again = await post('{"idempotency_key":"k-1","action":"once"}');
    const other = await post('{"action":"other","idempotency_key":"k-1"}');
    expect(again.status).toBe(200);
    expect(again.body.results?.[0]).toEqual({ index: 0, status: "duplicate", id: first.body.results?.[0]?.id });
    expect([other.status, other.body.code]).toEqual([409, "idempotency_conflict"]);
    expect((await actionsOf(api, owner.organizationId)).filter((action) => action === "once")).toHaveLength(1);
  });

  test("the header stands for the event's own key", async () => {
    const headers = { "idempotency-key": "k-2" };
    const first = await post('{"action":"once_header"}', headers);
    const again = await post(' {"action":"once_header"} ', headers);
    const inBody = await post('{"action":"once_header","idempotency_key":"k-2"}');
    expect([again, inBody].map(({ body }) => body.results?.[0]?.id)).toEqual([first.body.results?.[0]?.id, first.body.results?.[0]?.id]);
    expect((await post('{"action":"other"}', headers)).status).toBe(409);
    expect((await post('{"action":"x","idempotency_key":"k-3"}', headers)).body).toMatchObject({ code: "invalid", path: "idempotency_key" });
    expect((await post("{}", headers)).body.code).toBe("invalid_event");
  });

  test("a batch of nothing but conflicts is a conflict, a mixed one is told by item", async () => {
    await post('[{"action":"a","idempotency_key":"k-4"},{"action":"a","idempotency_key":"k-5"}]');
    expect((await post('[{"action":"b","idempotency_key":"k-4"},{"action":"b","idempotency_key":"k-5"}]')).status).toBe(409);
    const mixed = await post('[{"action":"b","idempotency_key":"k-4"},{"action":"a","idempotency_key":"k-5"},{"action":"c"}]');
    expect([mixed.status, mixed.body.results?.map(({ status }) => status)]).toEqual([207, ["refused", "duplicate", "created"]]);
  });

  test("twenty requests at once with one key make one event", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('{"action":"race","idempotency_key":"k-race"}')));
    expect(new Set(answers.map(({ body }) => body.results?.[0]?.id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.created === 1)).toHaveLength(1);
  });
});

test("an event older than the organization keeps events is refused, never silently dropped", async () => {
  await api.platform.store.platform.update(schema.organizations).set({ retentionDays: 30 });
  const { data } = await callTrpc(api, "tokens.create", { input: { name: "After", scopes: ["events:write"] }, mutation: true, ...owner });
  const { token } = data as { token: string };
  const { status, body } = await postEvents(api, token, '[{"action":"old","occurred_at":"2001-01-01T00:00:00Z"},{"action":"new"}]');
  expect([status, body.results?.map(({ error }) => error?.code)]).toEqual([207, ["older_than_retention", undefined]]);
});

test("2,000 mutated bodies never make a server error, and what is called created is in the log", async () => {
  const seed = 20_261_121;
  const random = seededRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const seeds = [
    '{"action":"fuzz","actor":{"type":"user","id":"u"},"metadata":{"a":[1,2.5,"x\\u00e9"]}}',
    '[{"action":"fuzz"},{"action":"fuzz","changes":{"before":{"a":1},"after":{"a":2}}}]',
    '{"events":[{"action":"fuzz","occurred_at":"2026-01-02T03:04:05.678+02:00"}]}',
    '{"action":"fuzz","idempotency_key":"k","counts":{"rows":3}}\n{"action":"fuzz"}\n',
  ];
  const created = new Set<string>();
  for (let round = 0; round < 200; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => {
        const { bytes, gzipped } = mutatedBody(pick(seeds), random);
        const encoding: Record<string, string> = gzipped ? { "content-encoding": "gzip" } : {};
        return post(new Uint8Array(bytes), { "content-type": pick(["application/json", "application/x-ndjson"]), ...encoding });
      }),
    );
    for (const { status, body } of answers) {
      expect(status, `seed ${seed}, round ${round}: ${JSON.stringify(body)}`).toBeLessThan(500);
      for (const result of body.results ?? []) if (result.status === "created" && result.id) created.add(result.id);
    }
  }
  expect(created.size).toBeGreaterThan(200);
  const stored = new Set<string>();
  for (let afterSeq = 0; ;) {
    const { body } = await getEvents(api, owner.token, `?after_seq=${afterSeq}&limit=1000`);
    for (const event of body.events) stored.add(event.id);
    if (body["next_after_seq"] === afterSeq) break;
    afterSeq = body["next_after_seq"] as number;
  }
  expect([...created].filter((id) => !stored.has(id))).toEqual([]);
});
