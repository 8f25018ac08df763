import type { Json } from "@daybook/event";

/** One item of two lists: where it stands or what it is called, and what it was before and after. */
export interface MatchedItem {
  name: string;
  before?: Json;
  after?: Json;
}

/** Longer lists are shown whole: matching them would cost more than it tells. */
const itemsMax = 200;

/** The items that differ between two lists; null where the lists are too long to be matched. */
export function matchLists(before: readonly Json[], after: readonly Json[]): MatchedItem[] | null {
  if (before.length > itemsMax || after.length > itemsMax) return null;
  const name = ["id", "key"].find((each) => isNamedBy(before, each) && isNamedBy(after, each) && before.length + after.length > 0);
  return name === undefined ? byOrder(before, after) : byName(before, after, name);
}

const nameOf = (item: Json, name: string): string | null => {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return null;
  const value = item[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
};

function isNamedBy(items: readonly Json[], name: string): boolean {
  const names = items.map((item) => nameOf(item, name));
  return names.every((each) => each !== null) && new Set(names).size === names.length;
}

function byName(before: readonly Json[], after: readonly Json[], name: string): MatchedItem[] {
  const left = new Map(before.map((item) => [nameOf(item, name) ?? "", item]));
  const right = new Map(after.map((item) => [nameOf(item, name) ?? "", item]));
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((key): MatchedItem => item(`${name}=${key}`, left.get(key), right.get(key)))
    .filter(({ before: was, after: is }) => JSON.stringify(was) !== JSON.stringify(is));
}

/** The longest run that both have stays; what is left of it stands where it stood. One item put in at the front is one line, not all of them. */
function byOrder(before: readonly Json[], after: readonly Json[]): MatchedItem[] {
  const [left, right] = [before.map((each) => JSON.stringify(each)), after.map((each) => JSON.stringify(each))];
  const lengths = Array.from({ length: left.length + 1 }, () => Array.from({ length: right.length + 1 }, () => 0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row) row[j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const items: MatchedItem[] = [];
  for (let i = 0, j = 0; i < left.length || j < right.length;) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      i += 1;
      j += 1;
    } else if (i === j && i < left.length && j < right.length && at(i + 1, j) === at(i, j + 1)) {
      // Neither side goes on with the other's item: one took the other's place.
      items.push(item(String(i), before[i++], after[j++]));
    } else if (i < left.length && (j === right.length || at(i + 1, j) >= at(i, j + 1))) {
      items.push(item(String(i), before[i++], undefined));
    } else {
      items.push(item(String(j), undefined, after[j++]));
    }
  }
  return items;
}

const item = (name: string, before: Json | undefined, after: Json | undefined): MatchedItem => ({
  name,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});
