/** A piece of a text, and whether it is the same on the other side. */
export interface Piece {
  text: string;
  same: boolean;
}

export interface WordDiff {
  before: Piece[];
  after: Piece[];
}

/** Texts shorter than this are read at a glance; marks inside them would be noise. */
const longMin = 24;
/** Beyond this many words a side, only what stands before and behind the change is told apart: the table would have a million places. */
const wordsMax = 600;

/** Which words of two long texts differ; null where the texts are short, or have nothing in common. */
export function wordDiff(before: string, after: string): WordDiff | null {
  if (Math.max(before.length, after.length) < longMin) return null;
  const [left, right] = [wordsOf(before), wordsOf(after)];
  let head = 0;
  while (head < Math.min(left.length, right.length) && left[head] === right[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(left.length, right.length) - head && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
  const [middleLeft, middleRight] = [left.slice(head, left.length - tail), right.slice(head, right.length - tail)];
  const kept = middleLeft.length > wordsMax || middleRight.length > wordsMax ? null : common(middleLeft, middleRight);
  const same = (words: string[]): Piece[] => words.map((text) => ({ text, same: true }));
  const side = (words: string[], middle: string[], isKept: (index: number) => boolean): Piece[] =>
    joined([...same(words.slice(0, head)), ...middle.map((text, index) => ({ text, same: isKept(index) })), ...same(words.slice(words.length - tail))]);
  const diff = {
    before: side(left, middleLeft, (index) => kept?.left.has(index) ?? false),
    after: side(right, middleRight, (index) => kept?.right.has(index) ?? false),
  };
  const words = (pieces: Piece[]) => pieces.some(({ text, same: isSame }) => isSame && /\w/.test(text));
  return words(diff.before) ? diff : null;
}

/** Words, and what stands between them; joined again they are the text. */
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];

/** The longest common run of words, in order, as places on both sides. */
function common(left: string[], right: string[]): { left: Set<number>; right: Set<number> } {
  const wide = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * wide);
  const at = (i: number, j: number): number => lengths[i * wide + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i * wide + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const kept = { left: new Set<number>(), right: new Set<number>() };
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) {
      kept.left.add(i++);
      kept.right.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return kept;
}

function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (last?.same === piece.same) last.text += piece.text;
    else out.push({ ...piece });
  }
  return out;
}
