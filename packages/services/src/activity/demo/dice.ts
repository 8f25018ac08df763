/** The same throws for the same seed, everywhere: the demo of one organization can be made again, event for event. */
export interface Dice {
  /** From `low` to `high`, both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** An item by its weight. */
  weigh<T extends { weight: number }>(items: readonly T[]): T;
  /** Around `middle`, rarely further than twice `spread`. */
  near(middle: number, spread: number): number;
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
}

export function throwDice(seed: number): Dice {
  let state = seed >>> 0;
  // mulberry32: 32 bits of state are plenty for eight thousand events.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    int,
    chance: (probability) => next() < probability,
    pick: (items) => given(items[int(0, items.length - 1)]),
    weigh(items) {
      let rest = next() * items.reduce((sum, { weight }) => sum + weight, 0);
      return given(items.find(({ weight }) => (rest -= weight) < 0) ?? items.at(-1));
    },
    near: (middle, spread) => middle + (next() + next() + next() + next() - 2) * spread,
    hex: (digits) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join(""),
  };
}

function given<T>(item: T | undefined): T {
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}
