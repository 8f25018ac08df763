import type { FieldChange, Json } from "@daybook/event";
import type { Query } from "./ast.ts";

/**
 * The texts at a dotted path of the metadata: each step is one key of an object. A key of the first level that is the whole path counts as well, because
 * producers write dotted keys. Of a list its own scalars count.
 */
export function metadataTexts(metadata: { [key: string]: Json }, path: string): string[] {
  const stepped = path.split(".").reduce<Json | undefined>(memberOf, metadata);
  return [...textsOf(stepped), ...(path.includes(".") ? textsOf(memberOf(metadata, path)) : [])];
}

/** A path with an `@` counts only whole: the dots of an e-mail address are no steps, and whoever may not see addresses must not find their ends. */
export function isChanged(field: FieldChange, { path, before, after }: Extract<Query, { is: "changed" }>): boolean {
  const isAtPath = field.path === path || (field.path.endsWith(`.${path}`) && !field.path.includes("@"));
  return isAtPath && (before === undefined || scalarText(field.before) === before) && (after === undefined || scalarText(field.after) === after);
}

const memberOf = (value: Json | undefined, key: string): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, key) ? value[key] : undefined;

const textsOf = (value: Json | undefined): string[] => (Array.isArray(value) ? value : [value]).flatMap((each) => scalarText(each) ?? []);

/**
 * A scalar as it is compared: a string as it stands, a number without exponent and without zeros at its end, `true`, `false`, `null`; null is what is no
 * scalar. A number that keeps its own digits is an object to JavaScript, and a number to JSON.
 */
function scalarText(value: Json | undefined): string | null {
  if (typeof value === "string") return value;
  if (value === undefined || Array.isArray(value)) return null;
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) !== null) return null;
  const text = JSON.stringify(value);
  return text.startsWith("{") ? null : plainNumber(text);
}

/** Zeros that are written out; larger exponents stand as they are. */
const zerosMax = 400;

function plainNumber(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const shift = Number(exponent);
  if (whole === "" || Math.abs(shift) > zerosMax) return text;
  const digits = "0".repeat(Math.max(0, -shift)) + whole + fraction + "0".repeat(Math.max(0, shift));
  const point = Math.max(0, -shift) + whole.length + shift;
  const plain = `${digits.slice(0, point).replace(/^0+(?=\d)/, "")}.${digits.slice(point)}`.replace(/\.?0*$/, "");
  return plain === "0" ? plain : `${sign}${plain}`;
}
