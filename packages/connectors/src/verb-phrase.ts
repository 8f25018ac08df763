import type { Operation } from "@daybook/catalog";
import { operationOf, past } from "./verbs.ts";

/** Who writes `Add member to role` begins with the verb, who writes `channel_tab_added` ends with it. */
type VerbHabit = "verb first" | "verb last";

/** The words of an action with the verb first, as `tell` reads them, and the class of the verb. Without a verb the words are empty. */
export function verbPhrase(words: string[], habit: VerbHabit): { words: string[]; operation: Operation | undefined } {
  const at = verbAt(words, habit);
  const verb = words[at];
  if (verb === undefined) return { words: [], operation: undefined };
  const others = words.filter((_, index) => index !== at);
  return { words: [verb, ...others], operation: classOf(verb, others) };
}

/**
 * The verb in its usual place: at the beginning, or a base form at the end (`shared_drive_settings_change`). Else the last word in the past, which
 * is a noun less often than the others; else the last verb of all.
 */
function verbAt(words: string[], habit: VerbHabit): number {
  const isVerb = (word: string) => past(word) !== undefined;
  const isPast = (word: string) => past(word) === word;
  const first = words[0];
  if (habit === "verb first" && first !== undefined && isVerb(first) && !isPast(first)) return 0;
  const last = words.at(-1);
  if (last !== undefined && isVerb(last) && !isPast(last)) return words.length - 1;
  const lastPast = words.findLastIndex(isPast);
  return lastPast === -1 ? words.findLastIndex(isVerb) : lastPast;
}

/** What people hold: adding and removing these is granting and revoking, adding anything else creates it. */
const held = /^(?:members?|membership|moderators?|roles?|permissions?|privileges?|access|admins?|owners?|acls?|usergroup|allowlist|whitelist|credentials?)$/;

function classOf(verb: string, others: string[]): Operation | undefined {
  const isHeld = others.some((word) => held.test(word));
  if (/^add(?:ed)?$/.test(verb)) return isHeld ? "granted" : "created";
  if (/^removed?$/.test(verb)) return isHeld ? "revoked" : "deleted";
  const isAssignment = others.includes("assignment") || others.includes("assignments");
  if (isAssignment && /^created?$/.test(verb)) return "granted";
  if (isAssignment && /^deleted?$/.test(verb)) return "revoked";
  return operationOf(verb);
}
