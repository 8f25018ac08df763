import { fuzzyScore } from "./fuzzy.ts";
import type { PaletteItem } from "./palette-item.ts";

export interface PaletteGroup {
  title: string;
  items: readonly PaletteItem[];
}

const shownMax = 40;
const recentShownMax = 5;
/** What was chosen before comes before what fits a little better. */
const recentBonus = 10;

/** What the palette lists. Before anything is typed: what was chosen lately, then everything by its kind. After that: what fits, the best first. */
export function foundItems(items: readonly PaletteItem[], { typed, recent }: { typed: string; recent: readonly string[] }): PaletteGroup[] {
  const groups = typed.trim() === "" ? [recentGroup(items, recent), ...byKind(items)] : [{ title: "Found", items: fitting(items, typed, recent) }];
  return groups.filter((group) => group.items.length > 0);
}

const recentGroup = (items: readonly PaletteItem[], recent: readonly string[]): PaletteGroup => ({
  title: "Recent",
  items: recent
    .flatMap((id) => items.find((item) => item.id === id) ?? [])
    .slice(0, recentShownMax)
    .map((item) => ({ ...item, id: `recent.${item.id}`, remembered: item.id })),
});

function byKind(items: readonly PaletteItem[]): PaletteGroup[] {
  const kinds = [...new Set(items.map(({ kind }) => kind))];
  return kinds.map((kind) => ({ title: kind, items: items.filter((item) => item.kind === kind) }));
}

function fitting(items: readonly PaletteItem[], typed: string, recent: readonly string[]): PaletteItem[] {
  const scored = items.flatMap((item) => {
    const score = fuzzyScore(item.title, typed) ?? lessen(fuzzyScore(`${item.title} ${item.kind} ${item.words ?? ""}`, typed));
    return score === null ? [] : [{ item, score: score + (recent.includes(item.id) ? recentBonus : 0) }];
  });
  return scored
    .toSorted((a, b) => b.score - a.score)
    .slice(0, shownMax)
    .map(({ item }) => item);
}

/** By a word that is not on screen. */
const lessen = (score: number | null): number | null => score && score / 2;
