import fc from "fast-check";
import { expect, test } from "vitest";
import { openSyslogFramer } from "./frame-messages.ts";
import type { SyslogFrame } from "./frame-messages.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const readable = (frame: SyslogFrame): string => ("message" in frame ? decoder.decode(frame.message) : `!${frame.malformed} ${frame.bytes}`);

function framed(bytes: Uint8Array, cuts: number[], bytesMax?: number): string[] {
  const framer = openSyslogFramer(bytesMax === undefined ? {} : { bytesMax });
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  const frames = edges.slice(1).flatMap((end, at) => framer.push(bytes.subarray(edges[at], end)));
  return [...frames, ...framer.end()].map(readable);
}

const counted = (message: string): string => `${encoder.encode(message).length} ${message}`;
const whole = (text: string, bytesMax?: number) => framed(encoder.encode(text), [], bytesMax);

const cuts = fc.array(fc.nat(2_000), { maxLength: 30 });
const message = fc.string({ unit: "grapheme", maxLength: 60 }).map((text) => `<13>1 ${text.toWellFormed().replaceAll("\n", " ")}`);

test("messages come out as they went in, counted or in lines, however the stream is cut", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(message, fc.boolean()), { maxLength: 12 }), cuts, (sent, at) => {
      const stream = sent.map(([text, isCounted]) => (isCounted ? counted(text) : `${text}\n`)).join("");
      expect(framed(encoder.encode(stream), at)).toEqual(sent.map(([text]) => text));
    }),
    { numRuns: 500 },
  );
});

test("any bytes at all give the same frames wherever they are cut, and no frame is longer than it may be", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .array(fc.constantFrom("<", "1", "9 ", "23", "\n", " ", "x", "0", "<13>1 a", "999999999 ", "\0"), { maxLength: 80 })
      .map((parts) => encoder.encode(parts.join(""))),
  );
  fc.assert(
    fc.property(bytes, cuts, (stream, at) => {
      const frames = framed(stream, at, 32);
      expect(frames).toEqual(framed(stream, [], 32));
      for (const frame of openSyslogFramer({ bytesMax: 32 }).push(stream)) if ("message" in frame) expect(frame.message.length).toBeLessThanOrEqual(32);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["a counted message may hold line feeds", "5 <1>\na3 <2>", ["<1>\na", "<2>"]],
  ["a line feed behind a counted message is no message", "3 <1>\n3 <2>\n", ["<1>", "<2>"]],
  ["a last line without its line feed is a message", "<1>a\n<2>b", ["<1>a", "<2>b"]],
  ["a counted message that the connection ends in is told", "9 <1>", ["!cut_off 3"]],
  ["a length that the connection ends in is told", "12", ["!cut_off 2"]],
  ["what is neither is passed over to the next line", "GET / HTTP/1.1\n<1>a\n", ["!no_message 14", "<1>a"]],
  ["a length of too many digits is none", "1234567890 <1>\n<2>\n", ["!no_message 14", "<2>"]],
  ["a length of nothing is none", "0 \n<2>\n", ["!no_message 2", "<2>"]],
])("%s", (_title, stream, frames) => {
  expect(whole(stream)).toEqual(frames);
});

test("what is too long is passed over by either framing, and the next message is read", () => {
  const long = `<1>${"x".repeat(100)}`;
  expect(whole(`${counted(long)}${long}\n<2>ok\n`, 50)).toEqual(["!too_long 103", "!too_long 103", "<2>ok"]);
});
