/** How well a text answers to what was typed: more is better, null is not at all. Words may stand in any order and may be cut short; "al" finds "Activity logs" by its initials. */
export function fuzzyScore(text: string, typed: string): number | null {
  const words = wordsOf(text);
  let score = 0;
  for (const each of wordsOf(typed)) {
    const best = Math.max(
      ...words.map((word, at) => wordScore(word, each) - at * laterWord),
      initialsScore(words, each),
      scatteredScore(words.join(" "), each),
    );
    if (best <= 0) return null;
    score += best;
  }
  // Of two that fit alike, the shorter says more of what was meant.
  return score - text.length * perLetter;
}

const scores = { whole: 92, begins: 90, within: 40, initials: 60, scattered: 15 } as const;
const laterWord = 2;
const perLetter = 0.05;
/** Fewer letters stand scattered in almost any text. */
const scatteredMin = 3;

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s_/:·-]+/)
    .filter(Boolean);

function wordScore(word: string, typed: string): number {
  if (word === typed) return scores.whole;
  if (word.startsWith(typed)) return scores.begins;
  return word.includes(typed) ? scores.within : 0;
}

const initialsScore = (words: readonly string[], typed: string): number =>
  typed.length > 1 &&
  words
    .map((word) => word.charAt(0))
    .join("")
    .startsWith(typed)
    ? scores.initials
    : 0;

/** The letters in their order, with gaps; the closer together, the better. */
function scatteredScore(text: string, typed: string): number {
  if (typed.length < scatteredMin) return 0;
  let [from, first] = [0, -1];
  for (const letter of typed) {
    const found = text.indexOf(letter, from);
    if (found === -1) return 0;
    if (first === -1) first = found;
    from = found + 1;
  }
  return Math.max(0, scores.scattered - (from - first - typed.length));
}
