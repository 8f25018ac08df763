import type { Json } from "@daybook/event";

/**
 * A number that a double cannot hold, such as an id above 2^53, kept as the digits that came. It is what `JSON.rawJSON` makes, so
 * `JSON.stringify` prints the digits again; its type is a plain JSON object, so a record that holds one is still `Json`.
 */
export type LosslessNumber = { rawJSON: string };

/** Every number of up to 15 significant digits survives a double. */
const digitsAlwaysKept = 15;

/** A number that may not survive, also where only a string looks like it: most records have none, and without a reviver parsing takes a sixth of the time. */
const maybeLossy = /(?:^|[:,[])\s*-?(?:[\d.]{16}|[\d.]+[eE])/;

/** `JSON.parse` that loses no digit. Throws `SyntaxError` as that does. */
export function parseLossless(text: string): Json {
  if (!maybeLossy.test(text)) return JSON.parse(text) as Json;
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && !keepsDigits(source, value) ? JSON.rawJSON(source) : value,
  ) as Json;
}

/** The compact text of a value of `parseLossless`; every number keeps its digits. */
export const stringifyLossless = (value: Json): string => JSON.stringify(value);

/** The text that stands for a record when it has no id of its own: keys sorted, digits kept, so equal records have equal text. */
export function canonicalRecord(value: Json): string {
  if (isLosslessNumber(value)) return normalDecimal(value.rawJSON);
  if (Array.isArray(value)) return `[${value.map(canonicalRecord).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  let text = "";
  for (const key of Object.keys(value).toSorted()) text += `${text === "" ? "{" : ","}${JSON.stringify(key)}:${canonicalRecord(value[key] ?? null)}`;
  return text === "" ? "{}" : `${text}}`;
}

export const isLosslessNumber = (value: unknown): value is LosslessNumber => JSON.isRawJSON(value);

function keepsDigits(source: string, value: number): boolean {
  if (source.length <= digitsAlwaysKept && !/[eE]/.test(source)) return true;
  // An integer above 2^53 is an id: it stays as it was written, even where a double would happen to hold it.
  if (/^-?\d+$/.test(source)) return Number.isSafeInteger(value);
  return Number.isFinite(value) && normalDecimal(source) === normalDecimal(String(value));
}

/** One spelling per value: `12.50e1`, `125` and `1.25e2` are all `125e0`. */
function normalDecimal(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = withoutTrailingZeros(digits);
  if (significant === "") return "0e0";
  return `${sign}${significant}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)}`;
}

/** A loop, because `/0+$/` looks again from every zero of a long number. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
