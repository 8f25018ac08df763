import { Refusal } from "@daybook/event";
import { may } from "@daybook/policy";
import type { Viewer } from "@daybook/policy";
import { z } from "zod";
import type { Platform } from "../../platform.ts";

const allowedCidrsMax = 50;
const dayMs = 86_400_000;
const daysByDefault = 365;
/** A leap year's worth: "in a year" is always allowed. */
const daysMax = 366;

export const tokenName = z.string().trim().min(1, "name it").max(100);

/** Networks that it may be used from; none means any. */
export const allowedCidrs = z.array(z.union([z.cidrv4(), z.cidrv6()], "must be a network such as `203.0.113.0/24` or `2001:db8::/32`")).max(allowedCidrsMax);

/** Absent: in a year. Null: never, which only owners may choose. */
export const expiry = z.iso.datetime({ offset: true }).nullable().optional();

export const inDays = (platform: Pick<Platform, "now">, days = daysByDefault): Date => new Date(platform.now().getTime() + days * dayMs);

export function expiryOf(platform: Pick<Platform, "now">, viewer: Viewer, wanted: string | null | undefined): Date | null {
  if (wanted === undefined) return inDays(platform);
  if (wanted === null) {
    const decision = may(viewer, "tokens:unexpiring");
    if (!decision.allowed) throw new Refusal("forbidden", "Only an owner of the organization can create a token that never expires.", "expiresAt");
    return null;
  }
  const at = new Date(wanted);
  if (at <= platform.now()) throw new Refusal("invalid", "`expiresAt` must be in the future.", "expiresAt");
  if (at > inDays(platform, daysMax)) throw new Refusal("invalid", `\`expiresAt\` must be within ${daysMax} days from now.`, "expiresAt");
  return at;
}
