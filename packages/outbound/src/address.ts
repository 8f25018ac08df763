/** One mailbox: `zoe@acme.example`, `Zoë <zoe@acme.example>`, or its parts. */
export type MailAddress = string | { name?: string; address: string };

export interface ParsedAddress {
  name: string;
  address: string;
}

/** Exactly one mailbox, or null. A list in one string is refused, so nobody can smuggle in a second recipient. */
export function parseAddress(input: MailAddress): ParsedAddress | null {
  const { name, address } = typeof input === "string" ? split(input) : { name: input.name ?? "", address: input.address.trim() };
  return isAddress(address) ? { name: oneLine(name), address } : null;
}

/** A bare name holds none of the separators of RFC 5322: in `a@x.example, <b@x.example>` somebody means two. */
function split(text: string): ParsedAddress {
  if (/\p{Cc}/u.test(text)) return { name: "", address: "" };
  const [, quoted, bare, address] = /^ *(?:"([^"<>]*)"|([^"<>@,;:()[\]\\]*)) *<([^<>\s]+)> *$/.exec(text) ?? [];
  return address === undefined ? { name: "", address: text.trim() } : { name: quoted ?? bare ?? "", address };
}

/** RFC 5321: 64 octets before the @, 254 in all. */
const addressBytesMax = 254;
const localBytesMax = 64;

/** The unquoted form of RFC 5321, and letters beyond ASCII (RFC 6531). Quoted local parts carry separators, and nobody uses them. */
const isAddress = (text: string): boolean =>
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)*$/u.test(
    text,
  ) &&
  Buffer.byteLength(text) <= addressBytesMax &&
  Buffer.byteLength(text.slice(0, text.lastIndexOf("@"))) <= localBytesMax;

/** Text for a header: no line break or other control character survives, so no header can follow it. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
