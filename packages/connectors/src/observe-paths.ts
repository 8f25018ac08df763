import type { Json } from "@daybook/event";
import { isLosslessNumber } from "./lossless-json.ts";
import { parseAddress } from "./parse-address.ts";
import { parseTime } from "./parse-time.ts";
import { isObject, textAt, unwrapped } from "./read-json.ts";
import { isEmail } from "./mapping.ts";
import { printRecordPath } from "./record-path.ts";

const recordsMax = 500;
const depthMax = 8;
const pathsMax = 500;
const itemsMax = 20;
const samplesMax = 3;
const sampleLengthMax = 120;
const distinctMax = 200;

/** A place where the sample records have a value. */
export interface ObservedPath {
  path: string;
  /** Null is every item of a list. */
  keys: (string | null)[];
  /** Records that have a value there. */
  records: number;
  samples: string[];
  distinct: number;
  /** Of its values: how many look like a time, an address, an e-mail; how many are no text. */
  shares: { time: number; ip: number; email: number; id: number; text: number };
}

interface Tally {
  keys: (string | null)[];
  records: Set<number>;
  values: Set<string>;
  count: number;
  time: number;
  ip: number;
  email: number;
  id: number;
  text: number;
}

/** Every place with a scalar in the first records, in the order of their appearance. JSON inside a text is looked into. */
export function observePaths(records: readonly Json[]): ObservedPath[] {
  const tallies = new Map<string, Tally>();
  for (const [index, record] of records.slice(0, recordsMax).entries()) note(tallies, record, [], index);
  return [...tallies.values()].map(({ keys, values, count, records: seen, ...shapes }) => ({
    path: printRecordPath(keys),
    keys,
    records: seen.size,
    samples: [...values].slice(0, samplesMax).map((value) => (value.length > sampleLengthMax ? `${value.slice(0, sampleLengthMax)}…` : value)),
    distinct: values.size,
    shares: { time: shapes.time / count, ip: shapes.ip / count, email: shapes.email / count, id: shapes.id / count, text: shapes.text / count },
  }));
}

function note(tallies: Map<string, Tally>, value: Json, keys: (string | null)[], index: number): void {
  const inside = unwrapped(value) ?? null;
  if (Array.isArray(inside)) {
    for (const item of inside.slice(0, itemsMax)) if (keys.length < depthMax) note(tallies, item, [...keys, null], index);
  } else if (isObject(inside)) {
    for (const [key, member] of Object.entries(inside)) if (keys.length < depthMax) note(tallies, member, [...keys, key], index);
  } else {
    noteScalar(tallies, inside, keys, index);
  }
}

function noteScalar(tallies: Map<string, Tally>, value: Json, keys: (string | null)[], index: number): void {
  const text = textAt(value);
  if (text === undefined || keys.length === 0) return;
  const place = keys.join("\0");
  let tally = tallies.get(place);
  if (tally === undefined) {
    if (tallies.size >= pathsMax) return;
    tally = { keys, records: new Set(), values: new Set(), count: 0, time: 0, ip: 0, email: 0, id: 0, text: 0 };
    tallies.set(place, tally);
  }
  tally.records.add(index);
  if (tally.values.size < distinctMax) tally.values.add(text);
  tally.count += 1;
  const isNumber = typeof value === "number" || isLosslessNumber(value) || /^\d+(?:\.\d+)?$/.test(text);
  if (parseTime(value) !== null) tally.time += 1;
  if (!isNumber && parseAddress(text) !== null) tally.ip += 1;
  if (isEmail(text)) tally.email += 1;
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$|^[0-9a-f]{16,}$/i.test(text)) tally.id += 1;
  if (!isNumber && typeof value !== "boolean") tally.text += 1;
}
