const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const prefixes = ["dbk_live_ws", "dbk_live_mk"] as const;
const lengthAfterPrefix = 49;
const longest = 120;

/** Texts as somebody would guess at tokens: anything at all, and what has the right form but for its checksum. */
export function guessedToken(random: () => number): string {
  if (random() < 0.5) return letters(random, 1 + Math.floor(random() * longest), printable);
  return (prefixes[Math.floor(random() * prefixes.length)] ?? prefixes[0]) + letters(random, lengthAfterPrefix, alphabet);
}

const printable = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).join("");

function letters(random: () => number, length: number, from: string): string {
  let text = "";
  while (text.length < length) text += from[Math.floor(random() * from.length)] ?? "";
  return text;
}
