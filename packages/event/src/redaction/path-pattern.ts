/**
 * Where a rule of an organization looks: `metadata.customer.*.email`. A name stands for the key, without case; `*` for any one key, `**` for any
 * number of them. Positions in lists need not be written: `metadata.items.email` is the e-mail of every item. A dot inside a key is written `\.`.
 */
export interface PathPattern {
  /** The words in small letters. */
  words: readonly string[];
}

const pathLengthMax = 256;
const pathWordsMax = 16;

/** The fields of an event that a path can begin with: those that hold a producer's words. */
const pathRoots = ["description", "reason", "error", "actor", "on_behalf_of", "resource", "related_resources", "team", "context", "changes", "metadata", "raw"];

export function parsePath(text: string): PathPattern | { mistake: string } {
  const words = splitPath(text.trim()).map((word) => word.toLowerCase());
  if (text.length > pathLengthMax || words.length > pathWordsMax)
    return { mistake: `A path has at most ${pathWordsMax} words and ${pathLengthMax} characters.` };
  if (words.includes("")) return { mistake: "Between two dots stands a key, `*` or `**`." };
  const [root = ""] = words;
  if (!pathRoots.includes(root) && root !== "*" && root !== "**") return { mistake: `A path begins with one of: ${pathRoots.join(", ")}, \`*\` or \`**\`.` };
  if (words.every((word) => word === "*" || word === "**")) return { mistake: "A path names at least one key." };
  if (words.at(-1) === "**") return { mistake: "A path ends with a key or `*`; what is under it goes as well." };
  // Twice any number of keys is any number of keys, at a part of the work.
  return { words: words.filter((word, at) => word !== "**" || words[at - 1] !== "**") };
}

/** Splits at dots that no backslash stands before. */
function splitPath(text: string): string[] {
  const words: string[] = [];
  let word = "";
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "\\" && at + 1 < text.length) word += text[(at += 1)];
    else if (text[at] === ".") {
      words.push(word);
      word = "";
    } else word += text[at];
  }
  return [...words, word];
}

/** How far along each of several patterns a walk through a value has come: pairs of a pattern's index and a position in it. */
export type Trail = readonly (readonly [pattern: number, position: number])[];

export const beginningOf = (patterns: readonly PathPattern[]): Trail => patterns.flatMap((_, index) => alsoBehindAny(patterns, index, 0));

/** `**` may stand for nothing. */
function alsoBehindAny(patterns: readonly PathPattern[], index: number, position: number): [number, number][] {
  const here: [number, number][] = [[index, position]];
  return patterns[index]?.words[position] === "**" ? [...here, ...alsoBehindAny(patterns, index, position + 1)] : here;
}

export function step(patterns: readonly PathPattern[], trail: Trail, key: string, isPosition = false): Trail {
  if (trail.length === 0) return trail;
  const word = key.toLowerCase();
  const next: [number, number][] = [];
  const seen = new Set<number>();
  const add = (index: number, position: number) => {
    const id = index * (pathWordsMax + 1) + position;
    if (seen.has(id)) return;
    seen.add(id);
    next.push([index, position]);
  };
  for (const [index, position] of trail) {
    const words = patterns[index]?.words ?? [];
    // What lies under a place that was reached is reached as well.
    if (position === words.length || words[position] === "**" || isPosition) for (const each of alsoBehindAny(patterns, index, position)) add(...each);
    if (position < words.length && (words[position] === "*" || words[position] === word))
      for (const each of alsoBehindAny(patterns, index, position + 1)) add(...each);
  }
  return next;
}

/** The first pattern whose end was reached, by its index; -1 for none. */
export const reached = (patterns: readonly PathPattern[], trail: Trail): number =>
  trail.reduce((first, [index, position]) => (position === patterns[index]?.words.length && (first === -1 || index < first) ? index : first), -1);

export const hasReached = (patterns: readonly PathPattern[], trail: Trail, index: number): boolean =>
  trail.some(([each, position]) => each === index && position === patterns[index]?.words.length);
