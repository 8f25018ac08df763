import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson, readLine, withIdempotencyKey } from "./read-items.ts";

const json = (text: string) => readJson(Buffer.from(text));
const lines = (text: string) => ({
  items: text.split("\n").flatMap((line, at) => readLine({ number: at + 1, bytes: Buffer.from(line) }, at) ?? []),
});
const events = fc.array(
  fc.record({
    action: fc.string(),
    metadata: fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== "__proto__"),
      fc.jsonValue({ maxDepth: 3 }),
    ),
  }),
  { maxLength: 8 },
);
const values = (read: { items: { text: string }[] }) => read.items.map(({ text }) => JSON.parse(text) as unknown);
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

test("an array, an envelope and lines carry the same events", () => {
  fc.assert(
    fc.property(events, (sent) => {
      expect(values(json(JSON.stringify(sent)))).toEqual(plain(sent));
      expect(values(json(JSON.stringify({ events: sent }, null, 2)))).toEqual(plain(sent));
      expect(values(lines(sent.map((event) => JSON.stringify(event)).join("\n")))).toEqual(plain(sent));
    }),
  );
});

test("one event by itself is told from a batch of one", () => {
  expect(json('{"action":"a"}').single).toBe(true);
  expect(json('[{"action":"a"}]').single).toBe(false);
  expect(json('{"events":[{"action":"a"}]}').single).toBe(false);
  // An envelope's name with no array behind it is a field that no event has.
  expect(json('{"events":1}').single).toBe(true);
});

test.each(["", " ", "{", '{"events":[{}]', '{"events":[{}]]', '{"events":[{}],"a":1}', "[{}]x", "[1,]", "\u{feff}\u{feff}{}"])(
  "%j is refused as a whole",
  (text) => {
    expect(() => json(text)).toThrow(expect.objectContaining({ code: "malformed_json" }) as Error);
  },
);

test("empty lines carry nothing, and line numbers count them", () => {
  const { items } = lines('\n\r\n{"a":1}\n  \n{"a":\n');
  expect(items).toHaveLength(2);
  expect(items[1]?.problem?.message).toMatch(/^Line 5: /);
});

describe("the header's idempotency key", () => {
  test("becomes the event's own, whatever characters it has", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 100, unit: "binary-ascii" }).filter((key) => !key.includes("\0")),
        (key) => {
          for (const body of ["{}", ' { "action" : "a" } ']) {
            const [item] = withIdempotencyKey(json(body), key);
            expect(JSON.parse(item?.text ?? "")).toEqual({ ...(JSON.parse(body) as object), idempotency_key: key });
          }
        },
      ),
    );
  });

  test("in a batch gives each event without a key one of its own, by its number", () => {
    const items = withIdempotencyKey(json('[{"action":"a"},3,{"action":"b","idempotency_key":"own"}]'), "k");
    expect(items.map(({ text }) => (JSON.parse(text) as { idempotency_key?: string }).idempotency_key)).toEqual(["k#1", undefined, "own"]);
    expect(items.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  test("says nothing about what is no event, which is refused for itself", () => {
    const [item] = withIdempotencyKey(json("3"), "k");
    expect(item?.text).toBe("3");
  });
});
