import { gzipSync } from "node:zlib";

/** What parsers stumble over. */
const tokens = [
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  '"',
  "\\",
  "\\u0000",
  "\\ud800",
  "1e400",
  "9007199254740993",
  "null",
  "\0",
  "\n",
  "é",
  "-",
  "0",
  "\u{1f600}",
  '"a":1,',
  "9999-12-31T23:59:60Z",
  "__proto__",
];

export interface MutatedBody {
  bytes: Buffer;
  gzipped: boolean;
}

/** A body that began as a good one: some characters cut, doubled or replaced by what parsers stumble over; now and then a wrong byte, or broken gzip. */
export function mutatedBody(body: string, random: () => number): MutatedBody {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  let text = body;
  for (let times = 0; times <= random() * 4; times += 1) {
    const at = Math.floor(random() * text.length);
    const end = at + Math.floor(random() * 6);
    text = text.slice(0, at) + pick(["", pick(tokens), pick(tokens) + pick(tokens)]) + text.slice(random() < 0.5 ? at : end);
  }
  const bytes = Buffer.from(text);
  if (random() < 0.1 && bytes.length > 0) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  if (random() >= 0.1) return { bytes, gzipped: false };
  return { bytes: gzipSync(bytes).subarray(0, random() < 0.5 ? undefined : 12), gzipped: true };
}
