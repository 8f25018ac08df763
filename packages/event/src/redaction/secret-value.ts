/** What stands where a secret was. */
export const redactedMark = "[REDACTED]";

const wordsThatHideNothing = new Set(["true", "false", "yes", "no", "none", "null", "undefined", "nil", "n/a", "required", "optional", "enabled", "disabled"]);

/** What other products write in a secret's place; AWS has the first three. */
const masks = new Set([
  "HIDDEN_DUE_TO_SECURITY_REASONS",
  "Value hidden due to security reasons.",
  "<sensitiveDataRemoved>",
  "<redacted>",
  "[redacted]",
  "redacted",
]);

/** One sign again and again, as Snowflake and most forms show a password. A letter or digit could be a poor password. */
const oneSign = /^([^\p{L}\p{N}\s])\1*$/u;

/** Nothing to hide: empty, a word such as `true`, or a mask that somebody else has put in the secret's place already. */
export const hidesNothing = (value: string): boolean =>
  value === "" || value === redactedMark || wordsThatHideNothing.has(value.toLowerCase()) || masks.has(value) || oneSign.test(value);
