import { JsonSyntaxProblem, scanItem } from "@daybook/event";
import type { Json, Problem } from "@daybook/event";
import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, OPEN_ARRAY, OPEN_OBJECT, QUOTE, endOfString } from "./json-span.ts";
import { isLosslessNumber, parseLossless } from "./lossless-json.ts";

/** The largest record measured is 19 kB; one of this size is no audit record. */
export const recordCharsMax = 1_048_576;
/** Real records nest 12 deep; PostgreSQL and every recursion here take this much with ease. */
export const recordDepthMax = 128;
/** PostgreSQL's numeric holds far more, but nobody means a number of more digits than this. */
const numberDigitsMax = 1_000;

/** Reads one record as strictly as a log must: nothing that the parser would silently change may pass. */
export function readRecord(text: string): { record: Json } | { problem: Problem } {
  if (text.length > recordCharsMax) return { problem: { code: "event_too_large", message: `The record is longer than ${recordCharsMax} characters.` } };
  const measured = measure(text);
  if (measured.depthMax > recordDepthMax)
    return { problem: { code: "event_too_large", message: `The record is nested deeper than ${recordDepthMax} levels.` } };
  let record: Json;
  try {
    record = parseLossless(text);
  } catch {
    return { problem: syntaxProblem(text) };
  }
  const survey: Survey = { members: 0, problem: undefined };
  surveyValue(record, survey);
  if (survey.members < measured.members) survey.problem ??= { code: "duplicate_key", message: "An object of the record names one key twice." };
  return survey.problem ? { problem: survey.problem } : { record };
}

interface Survey {
  members: number;
  problem: Problem | undefined;
}

function surveyValue(value: Json, survey: Survey): void {
  if (typeof value === "string") surveyText(value, survey);
  else if (isLosslessNumber(value)) surveyNumber(value.rawJSON, survey);
  else if (Array.isArray(value)) for (const item of value) surveyValue(item, survey);
  else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      survey.members += 1;
      surveyText(key, survey);
      surveyValue(member, survey);
    }
  }
}

function surveyText(text: string, survey: Survey): void {
  if (text.includes("\0"))
    survey.problem ??= { code: "unsafe_text", message: "A string of the record holds the NUL character (\\u0000), which no database keeps." };
  else if (!text.isWellFormed())
    survey.problem ??= { code: "unsafe_text", message: "A string of the record holds half of a surrogate pair, which no database keeps." };
}

function surveyNumber(digits: string, survey: Survey): void {
  const exponent = Math.abs(Number(/[eE](.+)$/.exec(digits)?.[1] ?? 0));
  if (digits.length > numberDigitsMax || exponent > numberDigitsMax)
    survey.problem ??= { code: "unsafe_number", message: `A number of the record has more than ${numberDigitsMax} digits.` };
}

/** Members and depth from the text alone: each colon outside a string belongs to one member. */
export function measure(text: string): { members: number; depthMax: number } {
  let members = 0;
  let depth = 0;
  let depthMax = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = (endOfString(text, at) ?? text.length) - 1;
    else if (code === COLON) members += 1;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depthMax = Math.max(depthMax, ++depth);
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth -= 1;
  }
  return { members, depthMax };
}

/** The sentence comes from the strict scanner, which names the place and never repeats the text: a broken line may hold a secret. */
export function syntaxProblem(text: string): Problem {
  try {
    scanItem(text);
  } catch (error) {
    if (error instanceof JsonSyntaxProblem) return malformed(error.message);
    throw error;
  }
  return malformed("The text is not one JSON value");
}

export const malformed = (message: string): Problem => ({ code: "malformed_json", message: `${message}.` });
