import type { inferInput, inferOutput, Trpc } from "../../trpc.ts";
import { startOfDay } from "../../ui/zone-time.ts";

export type Token = inferOutput<Trpc["tokens"]["list"]>[number];
export type TokenScope = NonNullable<inferInput<Trpc["tokens"]["create"]>>["scopes"][number];
export type KeyScope = NonNullable<inferInput<Trpc["keys"]["generate"]>>["scopes"][number];

/** Scopes in the words of who has to choose among them. */
export const scopeWords: Record<TokenScope, { label: string; hint: string }> = {
  "events:write": { label: "Write events", hint: "send events into the log" },
  "events:read": { label: "Read events", hint: "read the whole log through the API" },
  "access:read": { label: "Read access", hint: "see members, teams, groups, and who may use what" },
  "access:write": { label: "Change access", hint: "change groups, collections and connections" },
};
export const keyScopeWords: Record<KeyScope, { label: string; hint: string }> = {
  "events:write": { label: "Write events", hint: "send events, by the key on your behalf" },
  "access:read": { label: "Read access", hint: "see what you may use yourself" },
};

/** A newer server may know a scope that this page does not. */
export const wordsOfScope = (scope: string): string => Object.entries(scopeWords).find(([id]) => id === scope)?.[1].label ?? scope;

export const hintWords: Record<Token["hints"][number], { label: string; why: string }> = {
  unused: { label: "Unused", why: "Nobody has used it for as many days as the security settings allow. Revoke it, if nobody misses it." },
  expires_soon: { label: "Expires soon", why: "It ends within 14 days. Rotate it, so that whoever uses it has time to change." },
  never_expires: { label: "Never expires", why: "It works until somebody revokes it." },
};

export const stateWords: Record<Token["state"], string> = { active: "Active", expired: "Expired", revoked: "Revoked" };

export const networksIn = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

/** Choices of an expiry in days from today; 0 is never. */
export const expiries = [
  { days: 30, label: "In 30 days" },
  { days: 90, label: "In 90 days" },
  { days: 365, label: "In a year" },
  { days: 0, label: "Never" },
] as const;

export const expiresAtOf = (days: number, zone: string): string | null => (days === 0 ? null : new Date(startOfDay(Date.now(), zone, days)).toISOString());

export const overlaps = [
  { hours: 0, label: "None: it is refused at once" },
  { hours: 1, label: "1 hour" },
  { hours: 24, label: "24 hours" },
  { hours: 72, label: "3 days" },
  { hours: 168, label: "7 days" },
] as const;
