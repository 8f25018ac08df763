import { createHash } from "node:crypto";
import type { Platform } from "../../platform.ts";

const bytes = 32;

/** 256 random bits that somebody carries; the database keeps only their hash. */
export const secretText = (platform: Platform): string => Buffer.from(platform.random(bytes)).toString("base64url");

export const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();
