import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getEvents, postEvents, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
const now = new Date();
const textsMax = 500;

beforeAll(async () => {
  api = await testApi({ now: () => now });
  owner = await setUpOwner(api);
  const events = Array.from({ length: 12 }, (_, index) => ({
    action: index % 2 ? "notebook_created" : "query_executed",
    // The later it is written down, the earlier it was.
    occurred_at: new Date(now.getTime() - index * 60_000).toISOString(),
    actor: { type: "user", id: `u${index % 3}`, name: index % 3 ? "Alice Chen" : "Bob" },
    context: { ip: `192.168.1.${index}` },
    status: index === 4 ? "failed" : "success",
    metadata: { env: index < 6 ? "prod" : "test" },
  }));
  await postEvents(api, owner.token, JSON.stringify(events));
});
afterAll(() => api.close());

const get = (query: string) => getEvents(api, owner.token, query);
const request = (query: string, { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {}) =>
  fetch(`${api.url}/v1/events${query}`, { method, headers: { authorization: `Bearer ${owner.token}`, ...headers } });

test.each([
  ["status:failed", 1],
  ["action:notebook_created -actor:u0", 4],
  ["alice", 8],
  ["ip:192.168.1 metadata.env:prod", 6],
  ["is:success action:query_* actor:(u1 OR u2)", 3],
])("the search %s finds %i events", async (q, count) => {
  const { status, body } = await get(`?q=${encodeURIComponent(q)}`);
  expect([status, body.events.length]).toEqual([200, count]);
});

test("a search that is not understood is refused with the words, the place and a mended text", async () => {
  const { status, body } = await get(`?q=${encodeURIComponent("actor:u1 stauts:failed")}`);
  expect([status, body["code"], body["path"]]).toEqual([400, "invalid", "q"]);
  expect(body["detail"]).toMatch(/stauts.*\(Characters 10 to \d+ of `q`\.\).*`actor:u1 status:failed`/);
});

test("pages in the order of numbers go from the newest written to the oldest", async () => {
  const seqs: number[] = [];
  let cursor = "";
  do {
    const { body } = await get(`?order=seq&limit=5&action=notebook_created&action=query_executed${cursor}`);
    seqs.push(...body.events.map(({ seq }) => seq));
    cursor = body["next_cursor"] === null ? "" : `&cursor=${body["next_cursor"] as string}`;
  } while (cursor);
  expect(seqs).toHaveLength(12);
  expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
});

test("a page that holds the same is answered with 304 and how far it is complete, and one that holds more with its events", async () => {
  const query = "?action=tagged_act";
  await postEvents(api, owner.token, JSON.stringify({ action: "tagged_act" }));
  const first = await request(query);
  const tag = first.headers.get("etag") ?? "";
  expect([first.status, tag.slice(0, 3)]).toEqual([200, 'W/"']);
  const again = await request(query, { headers: { "if-none-match": tag } });
  expect([again.status, await again.text(), again.headers.get("daybook-complete-until")]).toEqual([304, "", now.toISOString()]);
  // Proxies drop the mark of a weak tag, and send several.
  expect((await request(query, { headers: { "if-none-match": `"other", ${tag.slice(2)}` } })).status).toBe(304);
  expect((await request(`${query}&limit=2`, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  await postEvents(api, owner.token, JSON.stringify({ action: "tagged_act" }));
  const more = await request(query, { headers: { "if-none-match": tag } });
  expect(more.status).toBe(200);
  expect(((await more.json()) as { events: unknown[] }).events).toHaveLength(2);
});

test("HEAD answers as GET does, without the events", async () => {
  const head = await request("?action=query_executed", { method: "HEAD" });
  const whole = await request("?action=query_executed");
  expect([head.status, await head.text(), head.headers.get("etag")]).toEqual([200, "", whole.headers.get("etag")]);
  expect((await request("?q=colour:red", { method: "HEAD" })).status).toBe(400);
});

const piece = fc.oneof(
  fc.constantFrom(
    ...'actor action status is team ip duration rows seq has changed metadata.env tag resource_type id import token OR ( ) : - " * > < >= .. → , \\ / me'.split(
      " ",
    ),
    "192.168.1",
    "10.0.0.0/8",
    "2001:db8::/32",
    "::",
    "failed",
    "%",
    "_",
    "'",
    "{}",
    "1e999",
    "9999999999999999999999",
    "0190a0c4-7d1e-7000-8000-000000000001",
  ),
  fc.string({ maxLength: 6, unit: "grapheme" }),
  fc.string({ maxLength: 4, unit: "binary" }),
);
const searchText = fc.array(fc.tuple(piece, fc.constantFrom("", " ", ":", "-")), { maxLength: 8 }).map((pieces) => pieces.flat().join(""));

test("whatever text is searched for, it is answered or refused, and never fails", async () => {
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(searchText, async (q) => {
      const { status } = await get(`?limit=1&q=${encodeURIComponent(q.toWellFormed())}`);
      statuses.add(status);
      expect([200, 400]).toContain(status);
    }),
    { numRuns: textsMax },
  );
  expect(statuses).toEqual(new Set([200, 400]));
}, 120_000);
