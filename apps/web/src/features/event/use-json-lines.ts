import { useEffect, useState } from "react";
import { findIn, jsonLines, type JsonLine } from "./json-lines.ts";
import { inSlices } from "./in-slices.ts";

/** So many lines are printed at once, and for so long: less than a frame. */
const stepsAtOnce = 500;
const msAtOnce = 8;

/** A value as lines of JSON; null while a very long one is still being printed. */
export function useJsonLines(value: unknown): readonly JsonLine[] | null {
  const [printing, setPrinting] = useState(() => begin(value));
  const isOther = printing.value !== value;
  const current = isOther ? begin(value) : printing;
  if (isOther) setPrinting(current);
  const { rest } = current;
  useEffect(() => {
    if (rest === null) return;
    // A generator goes on where it stopped, so a page that mounts an effect twice starts anew.
    return inSlices(jsonLines(value), (lines) => setPrinting({ value, lines, rest: null }));
  }, [rest, value]);
  return current.lines;
}

interface Printing {
  value: unknown;
  lines: readonly JsonLine[] | null;
  rest: object | null;
}

function begin(value: unknown): Printing {
  const work = jsonLines(value);
  const until = performance.now() + msAtOnce;
  for (let step = 0; step < stepsAtOnce && performance.now() < until; step += 1) {
    const { done, value: lines } = work.next();
    if (done) return { value, lines, rest: null };
  }
  return { value, lines: null, rest: work };
}

const none: readonly number[] = [];

/** Places of the lines that hold a text; null while they are searched. */
export function useFound(lines: readonly JsonLine[] | null, text: string): readonly number[] | null {
  const [result, setResult] = useState<{ lines: readonly JsonLine[] | null; text: string; found: readonly number[] } | null>(null);
  useEffect(() => {
    if (lines === null || text === "") return;
    return inSlices(findIn(lines, text), (found) => setResult({ lines, text, found }));
  }, [lines, text]);
  if (text === "") return none;
  return result?.lines === lines && result.text === text ? result.found : null;
}
