import { networkOf } from "../address.ts";
import type { KeyName } from "./keys.ts";
import { printClause } from "./print.ts";
import { unquotedValue } from "./value.ts";

/** The key that a pasted value belongs to, by its shape: an address or network, an e-mail address, an event's id. */
export function suggestKey(pasted: string): { key: KeyName; value: string; text: string } | null {
  const trimmed = pasted.trim();
  const key = keyByShape(trimmed);
  const value = key ? unquotedValue(key, trimmed) : trimmed;
  return key && { key, value, text: printClause({ is: "key", negated: false, key, values: [{ text: value, glob: false }] }) };
}

/** The longest e-mail address that RFC 5321 allows. */
const emailLengthMax = 254;

function keyByShape(value: string): KeyName | null {
  if (value.length > emailLengthMax) return null;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return "id";
  if (/^[^\s@"()*:]+@[^\s@"()*:]+$/.test(value)) return "actor";
  return (value.includes(":") || /^\d+(?:\.\d+){2,3}(?:\/\d+)?$/.test(value)) && networkOf(value) ? "ip" : null;
}
