/** An IP network: 4 or 16 bytes, of which the first `bits` bits count. An address is a network of all its bits. */
export interface Network {
  bytes: number[];
  bits: number;
}

/** The longest text of an address: eight groups of which the last two are written as version 4. */
const addressLengthMax = 45;

/**
 * An address as RFC 4291 writes it, or four decimal numbers without leading zeros. No zone, no port, no brackets. Version 4 written as version 6
 * (`::ffff:192.0.2.1`) is the address of version 4 that it stands for, because one machine is logged in both ways.
 */
export function addressOf(text: string): number[] | null {
  if (text.length > addressLengthMax) return null;
  if (!text.includes(":")) return fourBytes(text);
  const bytes = sixteenBytes(text);
  return bytes && isMapped(bytes) ? bytes.slice(12) : bytes;
}

/** CIDR notation, an address alone, or whole octets of version 4 (`192.168.1` is 192.168.1.0/24). Bits beyond the prefix do not count. */
export function networkOf(text: string): Network | null {
  const [address = "", prefix, ...more] = text.split("/");
  if (more.length > 0) return null;
  if (prefix === undefined) {
    const bytes = addressOf(address);
    return bytes ? { bytes, bits: bytes.length * 8 } : octetsOf(address);
  }
  if (address.length > addressLengthMax || !/^\d{1,3}$/.test(prefix)) return null;
  const bits = Number(prefix);
  const bytes = address.includes(":") ? sixteenBytes(address) : fourBytes(address);
  if (!bytes || bits > bytes.length * 8) return null;
  return isMapped(bytes) && bits >= 96 ? { bytes: bytes.slice(12), bits: bits - 96 } : { bytes, bits };
}

/** In CIDR notation, without the bits that do not count, so that one network has one text. */
export function networkText({ bytes, bits }: Network): string {
  const kept = bytes.map((byte, at) => byte & mask(bits - at * 8));
  if (kept.length === 4) return `${kept.join(".")}/${bits}`;
  const groups = Array.from({ length: 8 }, (_, at) => ((kept[at * 2] ?? 0) * 256 + (kept[at * 2 + 1] ?? 0)).toString(16));
  return `${shortest(groups)}/${bits}`;
}

/** Version 4 lies in no network of version 6. */
export const liesIn = (address: readonly number[], { bytes, bits }: Network): boolean =>
  address.length === bytes.length && address.every((byte, at) => ((byte ^ (bytes[at] ?? 0)) & mask(bits - at * 8)) === 0);

const mask = (bits: number): number => (bits <= 0 ? 0 : bits >= 8 ? 255 : (255 << (8 - bits)) & 255);

function octets(text: string, counts: { min: number; max: number }): number[] | null {
  const parts = text.split(".", counts.max + 1);
  if (parts.length < counts.min || parts.length > counts.max) return null;
  const bytes = parts.map((part) => (/^(?:0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256));
  return bytes.every((byte) => byte < 256) ? bytes : null;
}

const fourBytes = (text: string): number[] | null => octets(text, { min: 4, max: 4 });

function octetsOf(text: string): Network | null {
  const bytes = octets(text.endsWith(".") ? text.slice(0, -1) : text, { min: 1, max: 3 });
  return bytes && { bytes: [...bytes, 0, 0, 0].slice(0, 4), bits: bytes.length * 8 };
}

function sixteenBytes(text: string): number[] | null {
  const halves = text.split("::", 3);
  if (halves.length > 2) return null;
  const [head = "", tail] = halves;
  const first = groupsOf(head, tail === undefined);
  const last = tail === undefined ? [] : groupsOf(tail, true);
  if (!first || !last) return null;
  const missing = 16 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return null;
  return [...first, ...Array.from({ length: missing }, () => 0), ...last];
}

/** The last group may be an address of version 4. */
function groupsOf(text: string, isEnd: boolean): number[] | null {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":", 9);
  for (const [at, group] of groups.entries()) {
    if (isEnd && at === groups.length - 1 && group.includes(".")) {
      const four = fourBytes(group);
      if (!four) return null;
      bytes.push(...four);
    } else if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    } else return null;
  }
  return bytes.length > 16 ? null : bytes;
}

const isMapped = (bytes: readonly number[]): boolean =>
  bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;

/** RFC 5952: the longest run of zero groups is left out, the first of equally long ones. */
function shortest(groups: readonly string[]): string {
  let best = { at: 0, length: 1 };
  for (let at = 0; at < groups.length; at += 1) {
    let length = 0;
    while (groups[at + length] === "0") length += 1;
    if (length > best.length) best = { at, length };
  }
  if (best.length < 2) return groups.join(":");
  return `${groups.slice(0, best.at).join(":")}::${groups.slice(best.at + best.length).join(":")}`;
}
