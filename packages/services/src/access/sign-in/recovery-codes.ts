import type { Platform } from "../../platform.ts";
import { hashOf } from "./secret-text.ts";
import { base32 } from "./totp.ts";

const recoveryCodesMade = 10;
/** 80 bits: as good as its SHA-256 can keep it. */
const codeBytes = 10;

/** Codes for the day on which the telephone is gone, in groups of four letters and digits. */
export const newRecoveryCodes = (platform: Platform): string[] =>
  Array.from({ length: recoveryCodesMade }, () => base32(platform.random(codeBytes)).replaceAll(/(.{4})(?=.)/g, "$1-"));

/** However it is typed: small letters, spaces and dashes change nothing. */
export const recoveryCodeHash = (code: string): Buffer => hashOf(code.toUpperCase().replaceAll(/[\s-]/g, ""));
