import { createHash } from "node:crypto";
import type { Platform } from "../../platform.ts";

/** 256 random bits: nobody guesses one, so its plain SHA-256 is enough to keep. */
const tokenBytes = 32;
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

export interface NewLink {
  link: string;
  hash: Buffer;
}

/** The link leaves this function once; the table has the hash of its token. */
export function newInvitationLink({ origin, random }: Pick<Platform, "origin" | "random">): NewLink {
  const token = Buffer.from(random(tokenBytes)).toString("base64url");
  return { link: `${origin}/invite/${token}`, hash: hashOf(token) };
}

/** Null for a text that can be no token: then nothing needs to be asked. */
export const tokenHashOf = (token: string): Buffer | null => (tokenPattern.test(token) ? hashOf(token) : null);

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();
