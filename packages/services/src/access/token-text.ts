/** Tokens after the pattern that secret scanners know: a prefix that says what it is, 256 random bits, and a checksum that rejects a typo unasked. */
const prefix = "dbk_live_ws";
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const bodyLength = 43;
const checksumLength = 6;
/** Characters that people may see again, to tell tokens apart. */
const shownLength = prefix.length + 6;

export interface TokenText {
  token: string;
  shown: string;
}

export function makeToken(random: Uint8Array): TokenText {
  if (random.length < 32) throw new Error("a token needs 256 random bits");
  let number = 0n;
  for (const byte of random.subarray(0, 32)) number = (number << 8n) | BigInt(byte);
  const body = base62(number, bodyLength);
  const token = `${prefix}${body}${checksum(prefix + body)}`;
  return { token, shown: token.slice(0, shownLength) };
}

/** Whether a text can be a token at all; a random guess passes one time in 56 billion. */
export function isTokenText(text: string): boolean {
  if (text.length !== prefix.length + bodyLength + checksumLength || !text.startsWith(prefix)) return false;
  return checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

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
