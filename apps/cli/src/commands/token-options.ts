import { Refusal } from "@daybook/event";

const dayMs = 86_400_000;

export const organizationOption = { type: "string", help: "the organization's name in URLs" } as const;
export const expiresOption = { type: "string", help: "days until it ends, up to 366, or never (default: 365)" } as const;
export const shownOnce = "This is the only time that the token is shown.";

/** As the verbs take it: absent is their default, null is never. */
export function expiresAtIn(text: string | undefined): { expiresAt?: string | null } {
  if (text === undefined) return {};
  if (text === "never") return { expiresAt: null };
  return { expiresAt: new Date(Date.now() + wholeNumber(text, "--expires") * dayMs).toISOString() };
}

export function wholeNumber(text: string, option: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Refusal("invalid", `${option} must be a whole number.`, option);
  return Number(text);
}

export function tokenIdIn([id]: readonly string[]): string {
  if (id === undefined) throw new Refusal("invalid", "Say which token: its id stands in `token list`.");
  return id;
}

export const listOf = (text: string | undefined): string[] | undefined => text?.split(",").flatMap((each) => each.trim() || []);
