import type { Json, Problem } from "@daybook/event";
import { isLosslessNumber, parseLossless } from "./lossless-json.ts";
import { measure, syntaxProblem } from "./read-record.ts";

/** A log record of OTLP stands at level 7, and a value in it may nest as deep as an event: three levels a step. */
export const requestDepthMax = 64;

/**
 * Reads the body of another product's request. Only what makes the whole untrustworthy refuses the whole; text and numbers that a log cannot keep are
 * found later, event by event.
 */
export function readRequest(text: string): { body: Json } | { problem: Problem } {
  const { depthMax, members } = measure(text);
  if (depthMax > requestDepthMax) return { problem: { code: "event_too_large", message: `The body is nested deeper than ${requestDepthMax} levels.` } };
  let body: Json;
  try {
    body = mayLoseDigits.test(text) ? parseLossless(text) : (JSON.parse(text) as Json);
  } catch {
    return { problem: syntaxProblem(text) };
  }
  if (countMembers(body) < members) return { problem: { code: "duplicate_key", message: "An object of the body names one key twice." } };
  return { body };
}

/** A number of 16 characters or with an exponent. A text that looks like one only costs the slower parser, which is five times slower. */
const mayLoseDigits = /[:[,]\s*-?(?:[\d.]{15}|[\d.]+[eE])/;

function countMembers(value: Json): number {
  if (typeof value !== "object" || value === null || isLosslessNumber(value)) return 0;
  let members = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const member of Object.values(value)) members += countMembers(member);
  return members;
}
