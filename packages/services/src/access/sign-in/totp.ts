import { createHmac, timingSafeEqual } from "node:crypto";

/** Time-based one-time passwords after RFC 6238, as authenticator apps make them: SHA-1, six digits, thirty seconds. */
const periodSeconds = 30;
const digits = 6;
/** Codes of so many periods before and after pass: clocks of telephones differ, and typing takes time. */
const periodsAround = 1;
/** 160 bits, the length of the hash, as RFC 4226 recommends. */
export const totpSecretBytes = 20;

export const stepAt = (at: Date): number => Math.floor(at.getTime() / 1_000 / periodSeconds);

/** The code of one period. */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** The period whose code it is, or null. Spaces count for nothing: apps show them. */
export function stepOfCode(secret: Uint8Array, code: string, at: Date): number | null {
  const typed = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(typed)) return null;
  const now = stepAt(at);
  let found: number | null = null;
  for (let step = now - periodsAround; step <= now + periodsAround; step += 1) {
    if (timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(typed))) found = step;
  }
  return found;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const bitsPerLetter = 5;

/** Base32 after RFC 4648 without padding: letters that can be typed from one screen into another. */
export function base32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= bitsPerLetter) {
      bits -= bitsPerLetter;
      text += alphabet.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet.charAt((held << (bitsPerLetter - bits)) & 31) : text;
}

/** What a QR code for an authenticator app says. */
export const totpUri = (secret: Uint8Array, email: string): string =>
  `otpauth://totp/Daybook:${encodeURIComponent(email)}?secret=${base32(secret)}&issuer=Daybook&digits=${digits}&period=${periodSeconds}`;
