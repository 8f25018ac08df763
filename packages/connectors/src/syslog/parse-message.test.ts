import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSyslogMessage } from "./parse-message.ts";

test("the examples of RFC 5424", () => {
  expect(parseSyslogMessage("<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF'su root' failed for lonvick on /dev/pts/8")).toEqual({
    facility: 4,
    severity: 2,
    timestamp: "2003-10-11T22:14:15.003Z",
    host: "mymachine.example.com",
    app: "su",
    messageId: "ID47",
    structuredData: [],
    text: "'su root' failed for lonvick on /dev/pts/8",
  });
  expect(
    parseSyslogMessage(
      '<165>1 2003-10-11T22:14:15.003Z h evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"][examplePriority@32473 class="high"]',
    ),
  ).toMatchObject({
    facility: 20,
    severity: 5,
    structuredData: [
      {
        id: "exampleSDID@32473",
        params: [
          ["iut", "3"],
          ["eventSource", "Application"],
          ["eventID", "1011"],
        ],
      },
      { id: "examplePriority@32473", params: [["class", "high"]] },
    ],
    text: "",
  });
});

test.each([
  ["a priority out of range", "<192>1 - - - - - -"],
  ["another version", "<13>2 - - - - - -"],
  ["the older format", "<34>Oct 11 22:14:15 mymachine su: 'su root' failed"],
  ["no structured data", "<13>1 - - - - - text"],
  ["an element that does not end", '<13>1 - - - - - [a b="c"'],
  ["a bracket that is not escaped", '<13>1 - - - - - [a b="]"]'],
  ["text right behind the structured data", "<13>1 - - - - - -text"],
  ["an application's name over 48 characters", `<13>1 - - ${"a".repeat(49)} - - -`],
])("%s is no message", (_what, line) => {
  expect(parseSyslogMessage(line)).toBeNull();
});

test("parameters come back as they were escaped", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.string({ maxLength: 40 }), (value, text) => {
      const escaped = value.replace(/["\\\]]/g, "\\$&");
      const message = parseSyslogMessage(`<13>1 - - - - - [x@1 v="${escaped}"] ${text}`);
      expect(message?.structuredData).toEqual([{ id: "x@1", params: [["v", value]] }]);
      expect(message?.text).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test("never throws, and reads 60 kB of anything in no time to speak of", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => void parseSyslogMessage(`<13>1 - - - - - ${text}`)));
  for (const hostile of ['[a b="\\'.repeat(12_000), '[a b="c"'.repeat(8_000), "[".repeat(60_000), `[a ${'b="c" '.repeat(10_000)}`]) {
    expect(parseSyslogMessage(`<13>1 - - - - - ${hostile}`)).toBeNull();
  }
});
