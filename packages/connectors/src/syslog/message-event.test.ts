import { checkEventInput } from "@daybook/event";
import fc from "fast-check";
import { expect, test } from "vitest";
import { syslogEvent } from "./message-event.ts";
import { parseSyslogMessage } from "./parse-message.ts";

function read(line: string) {
  const message = parseSyslogMessage(line);
  if (!message) throw new Error("no message");
  return syslogEvent(message);
}

test("a message is an event of its kind by the program that wrote it", () => {
  expect(read("<110>1 2026-11-21T09:30:00.123Z web-1 billing 42 invoice.paid - Invoice 7 was paid")).toEqual({
    token: undefined,
    event: {
      action: "invoice.paid",
      occurred_at: "2026-11-21T09:30:00.123Z",
      actor: { type: "service_user", id: "billing", name: "billing on web-1" },
      description: "Invoice 7 was paid",
      metadata: { syslog: { facility: 13, severity: 6, host: "web-1", app: "billing", process: "42", message_id: "invoice.paid" } },
    },
  });
});

test.each([
  ["<13>1 - - - - kind - x", "kind"],
  ["<13>1 - - app - - - x", "app"],
  ["<13>1 - - - - - - x", "syslog_message"],
])("the action of %s is %s", (line, action) => {
  expect(read(line).event.action).toBe(action);
});

test("our own element names who, what and where; the token is taken out, and what is not known stays", () => {
  const element =
    '[daybook@32473 token="dbk_live_wsSecret" actor_id="u-1" actor_email="a@b.c" resource_type="doc" resource_id="7" ip="203.0.113.7" plan="team"]';
  const { token, event } = read(`<13>1 - - app - kind ${element}[x@1 a="1" a="2"]`);
  expect(token).toBe("dbk_live_wsSecret");
  expect(JSON.stringify(event)).not.toContain("Secret");
  expect(event).toMatchObject({
    actor: { type: "user", id: "u-1", email: "a@b.c" },
    resource: { type: "doc", id: "7" },
    context: { ip: "203.0.113.7" },
    metadata: { syslog: { plan: "team", structured_data: { "x@1": { a: ["1", "2"] } } } },
  });
  expect(JSON.stringify(read('<13>1 - - - - - [daybook@32473 token="one" token="two"]').event)).not.toMatch(/one|two/);
});

test("errors and worse are failures", () => {
  expect(read("<107>1 - - - - k -").event.status).toBe("failed");
  expect(read("<108>1 - - - - k -").event.status).toBeUndefined();
});

test("a text that is JSON is metadata, and one that is an event of ours is that event", () => {
  expect(read('<13>1 - - - - k - {"user":"ada","n":1}').event.metadata).toMatchObject({ message: { user: "ada", n: 1 } });
  expect(read('<13>1 2026-11-21T09:30:00Z - app - k - {"action":"doc_shared","actor":{"type":"user","id":"u"}}').event).toMatchObject({
    action: "doc_shared",
    actor: { type: "user", id: "u" },
    occurred_at: "2026-11-21T09:30:00.000Z",
    metadata: { syslog: { app: "app" } },
  });
  expect(read('<13>1 - - - - k - {"broken').event.description).toBe('{"broken');
});

test("what a description or milliseconds do not hold stays beside them", () => {
  const text = `one\ntwo ${"x".repeat(1_200)}`;
  const { event } = read(`<13>1 2026-11-21T10:30:00.123456+01:00 - - - k - ${text}`);
  expect(event.occurred_at).toBe("2026-11-21T09:30:00.123Z");
  expect(event.metadata).toMatchObject({ syslog: { message: text, timestamp: "2026-11-21T10:30:00.123456+01:00" } });
});

test("whatever a message says, it is an event within every limit", () => {
  const json = fc.jsonValue({ stringUnit: "binary" }).map((value) => JSON.stringify({ action: "a b", value }));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 20_000, size: "max" }), json), fc.constantFrom("-", "k", "%%%"), (text, id) => {
      const { event } = read(`<13>1 - - ${id} - ${id} [x@1 v="${"y".repeat(600)}"] ${text}`);
      expect(checkEventInput(JSON.parse(JSON.stringify(event)))).not.toHaveProperty("problem");
    }),
    { numRuns: 200 },
  );
});
