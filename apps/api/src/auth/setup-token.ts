import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const tokenBytes = 24;

/** Who holds it may make the first owner. It lies in memory only and is worth nothing once there is an organization. */
export interface SetupToken {
  /** In constant time, whatever the length. */
  matches(text: string): boolean;
  /** The link for the operator, when this process made the token itself; whoever configured one knows it already. */
  link: string | null;
}

export function openSetupToken({ configured, origin }: { configured: string | undefined; origin: string }): SetupToken {
  const token = configured ?? randomBytes(tokenBytes).toString("base64url");
  const expected = digest(token);
  return {
    matches: (text) => timingSafeEqual(digest(text), expected),
    link: configured === undefined ? `${origin}/setup?token=${token}` : null,
  };
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
