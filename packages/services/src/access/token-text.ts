/**
 * Tokens after the pattern that secret scanners know: a prefix that says what it is, 256 random bits, and a checksum that rejects a typo unasked.
 * The prefix of each kind begins alike, so that one pattern finds them all; its two last letters tell them apart.
 */
const prefixes = { workspace: "dbk_live_ws", member_key: "dbk_live_mk" } as const;
export type TokenKind = keyof typeof prefixes;

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const prefixLength = prefixes.workspace.length;
const bodyLength = 43;
const checksumLength = 6;
/** Characters that people may see again, to tell tokens apart. */
const shownLength = prefixLength + 6;

export interface TokenText {
  token: string;
  shown: string;
}

export function makeToken(random: Uint8Array, kind: TokenKind = "workspace"): TokenText {
  if (random.length < 32) throw new Error("a token needs 256 random bits");
  let number = 0n;
  for (const byte of random.subarray(0, 32)) number = (number << 8n) | BigInt(byte);
  const text = `${prefixes[kind]}${base62(number, bodyLength)}`;
  const token = text + checksum(text);
  return { token, shown: token.slice(0, shownLength) };
}

/** The kind that a text claims to be, or null for what can be no token at all; a random guess behind the right prefix passes one time in 56 billion. */
export function kindOfToken(text: string): TokenKind | null {
  if (text.length !== prefixLength + bodyLength + checksumLength) return null;
  const kind = (Object.keys(prefixes) as TokenKind[]).find((each) => text.startsWith(prefixes[each]));
  return kind !== undefined && checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength) ? kind : null;
}

export const isTokenText = (text: string): boolean => kindOfToken(text) !== null;

function base62(value: bigint, length: number): string {
  let rest = value;
  let text = "";
  while (text.length < length) {
    text = (alphabet[Number(rest % 62n)] ?? "0") + text;
    rest /= 62n;
  }
  return text;
}

const checksum = (text: string): string => base62(BigInt(crc32(text)), checksumLength);

/** CRC-32 (ISO 3309), bit by bit: it runs once a request, over 54 characters. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
