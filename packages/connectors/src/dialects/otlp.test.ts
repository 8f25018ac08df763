import { checkEventInput } from "@daybook/event";
import type { Json } from "@daybook/event";
import fc from "fast-check";
import { expect, test } from "vitest";
import { eventOf, readBody } from "../dialect-testing.ts";
import { anyValue, unixNanos } from "./otlp-values.ts";
import { otlp } from "./otlp.ts";

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const logs = (record: object, resource: object[] = [], scope: object = {}) =>
  ({ resourceLogs: [{ resource: { attributes: resource }, scopeLogs: [{ scope, logRecords: [record] }] }] }) as Json;

test.each([
  ["the name of the event", { eventName: "a.b", body: { stringValue: "c.d" } }, "a.b"],
  ["the older attribute for it", { attributes: [text("event.name", "a.b")] }, "a.b"],
  ["SigNoz's attribute", { attributes: [text("signoz.audit.action", "a.b")] }, "a.b"],
  ["a body that is written as a key", { body: { stringValue: "user.login" } }, "user.login"],
  ["nothing, where the body is a sentence", { body: { stringValue: "Ada signed in" } }, "log_record"],
])("the action is %s", (_what, record, action) => {
  expect(eventOf(otlp, logs(record)).action).toBe(action);
});

test("attributes of the conventions are fields, others are metadata", () => {
  const attributes = [
    text("enduser.id", "u-1"),
    text("user.email", "ada@example.com"),
    text("client.address", "203.0.113.7"),
    text("session.id", "s"),
    text("http.request.id", "r"),
    text("user_agent.original", "curl"),
    text("error.type", "timeout"),
    text("signoz.audit.resource.id", "d-1"),
    text("mine", "kept"),
  ];
  expect(eventOf(otlp, logs({ eventName: "e", attributes }, [text("signoz.audit.resource.kind", "dashboard"), text("service.name", "web")]))).toEqual({
    action: "e",
    actor: { type: "user", id: "u-1", email: "ada@example.com" },
    resource: { type: "dashboard", id: "d-1" },
    status: "failed",
    error: { code: "timeout" },
    context: { ip: "203.0.113.7", user_agent: "curl", session_id: "s", request_id: "r" },
    metadata: { mine: "kept", otlp: { resource: { "service.name": "web" } } },
  });
});

test.each([
  ["an error by its severity", { severityNumber: 17 }, "failed"],
  ["a warning", { severityNumber: 13 }, undefined],
  ["an outcome, whatever the severity", { severityNumber: 17, attributes: [text("signoz.audit.outcome", "success")] }, "success"],
])("the status of %s", (_what, record, status) => {
  expect(eventOf(otlp, logs({ eventName: "e", ...record })).status).toBe(status);
});

test("times are nanoseconds as text; what milliseconds do not hold stays, and 0 is no time", () => {
  expect(eventOf(otlp, logs({ eventName: "e", timeUnixNano: "1795253400123000000" }))).toEqual({ action: "e", occurred_at: "2026-11-21T09:30:00.123Z" });
  expect(eventOf(otlp, logs({ eventName: "e", timeUnixNano: "0", observedTimeUnixNano: "1795253400123000000" })).occurred_at).toBe("2026-11-21T09:30:00.123Z");
  expect(unixNanos("1795253400123456789")).toEqual({ at: "2026-11-21T09:30:00.123Z", exact: false });
  for (const none of [0, "", "x", "99999999999999999999999", null]) expect(unixNanos(none)).toBeUndefined();
});

test("values of every kind are what they mean", () => {
  const value: object = {
    kvlistValue: {
      values: [
        { key: "int", value: { intValue: "9007199254740993" } },
        { key: "small", value: { intValue: "7" } },
        { key: "list", value: { arrayValue: { values: [{ boolValue: true }, { doubleValue: 1.5 }, { bytesValue: "AP8=" }] } } },
        { key: "none", value: {} },
        { key: "twice", value: { stringValue: "a" } },
        { key: "twice", value: { stringValue: "b" } },
      ],
    },
  };
  expect(anyValue(value as Json)).toEqual({ int: "9007199254740993", small: 7, list: [true, 1.5, "AP8="], none: {}, twice: ["a", "b"] });
});

test("a long or many-lined body is the description and stays whole beside it", () => {
  const body = `first line\nsecond ${"x".repeat(1_500)}`;
  const event = eventOf(otlp, logs({ eventName: "e", body: { stringValue: body } }));
  expect(event.description).toMatch(/^first line second x+…$/);
  expect(event.metadata).toEqual({ otlp: { body } });
});

test("an attribute of any name and value is in the event, wherever it stands", () => {
  const value = fc.oneof(fc.string({ maxLength: 30 }), fc.constant("x".repeat(600)));
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 20 }), value, fc.constantFrom("record", "resource", "scope"), (key, marker, where) => {
      fc.pre(!["__proto__", "service.name"].includes(key) && key.trim() === key && key !== "");
      const attribute = [text(key, `<${marker}>`)];
      const event = eventOf(
        otlp,
        where === "record" ? logs({ attributes: attribute }) : where === "resource" ? logs({}, attribute) : logs({}, [], { attributes: attribute }),
      );
      expect(Object.values(JSON.parse(JSON.stringify(event)) as object).length).toBeGreaterThan(1);
      expect(JSON.stringify(event)).toContain(JSON.stringify(`<${marker}>`).slice(1, -1));
    }),
    { numRuns: 300 },
  );
});

test("whatever the records hold, each is an event within every limit", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), fc.string({ unit: "binary", maxLength: 20_000, size: "max" }), (value, long) => {
      const record = {
        eventName: long.slice(0, 40),
        body: { stringValue: long },
        attributes: [{ key: "v", value: { kvlistValue: value } }, text("long", long)],
        more: value,
      } as object;
      const reading = readBody(otlp, logs(record));
      if (!("items" in reading)) throw new Error("nothing here is wrong with the whole");
      for (const item of reading.items) if ("event" in item) expect(checkEventInput(JSON.parse(JSON.stringify(item.event)))).not.toHaveProperty("problem");
    }),
    { numRuns: 200 },
  );
});
