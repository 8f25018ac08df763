import type { Comparison } from "../ast.ts";
import type { NumberKey } from "./keys.ts";

interface Bound {
  op: Comparison;
  value: number;
}

const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** A comma parts thousands: many write `1,5` for one and a half, which must not be read as fifteen. */
const bound = String.raw`((?:\d{1,3}(?:,\d{3}){1,6}|\d[\d_]{0,20})(?:\.\d{1,3})?)(ms|s|m|h)?`;
const comparedPattern = new RegExp(`^(>=|<=|>|<)?${bound}$`, "i");
const rangePattern = new RegExp(String.raw`^(?:\*|${bound})\.\.(?:\*|${bound})$`, "i");

/** `>1s`, `5..9`, `5..*`, `5`: one or two bounds that all hold; null is no number of this key. */
export function boundsOf(key: NumberKey, text: string): Bound[] | null {
  const compared = comparedPattern.exec(text);
  if (compared) {
    const value = valueOf(key, compared[2], compared[3]);
    if (value === null) return null;
    const op = compared[1] as Comparison | undefined;
    return op
      ? [{ op, value }]
      : [
          { op: ">=", value },
          { op: "<=", value },
        ];
  }
  const range = rangePattern.exec(text);
  if (!range) return null;
  const [, from, fromUnit, to, toUnit] = range;
  if (from === undefined && to === undefined) return null;
  const ends: [Comparison, string | undefined, string | undefined][] = [
    [">=", from, fromUnit ?? toUnit],
    ["<=", to, toUnit ?? fromUnit],
  ];
  const bounds: Bound[] = [];
  for (const [op, digits, unit] of ends) {
    if (digits === undefined) continue;
    const value = valueOf(key, digits, unit);
    if (value === null) return null;
    bounds.push({ op, value });
  }
  return bounds;
}

/** In whole ms or whole things. Without a unit a duration is in ms. */
function valueOf(key: NumberKey, digits: string | undefined, unit: string | undefined): number | null {
  if (unit !== undefined && key !== "duration") return null;
  const value = Number((digits ?? "").replaceAll(/[_,]/g, "")) * (unit === undefined ? 1 : (unitMs[unit.toLowerCase()] ?? 1));
  if (key !== "duration") return Number.isSafeInteger(value) ? value : null;
  return value <= Number.MAX_SAFE_INTEGER ? Math.round(value) : null;
}

/** In the largest unit that needs no fraction: `1s`, `90s`, `2m`, `1500ms`. */
export function amountText(key: NumberKey, value: number): string {
  if (key !== "duration" || value === 0) return String(value);
  const unit = (["h", "m", "s"] as const).find((each) => value % (unitMs[each] ?? 1) === 0) ?? "ms";
  return `${value / (unitMs[unit] ?? 1)}${unit}`;
}
