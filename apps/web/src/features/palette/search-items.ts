import { suggestKey } from "@daybook/query";
import { FileText, Search } from "lucide-react";
import type { PaletteItem } from "./palette-item.ts";

interface Ways {
  openEvent: (id: string) => void;
  searchEvents: (q: string) => void;
}

/** What can be looked up in the log by what was typed or pasted: an id leads to its event, an address to whoever had it, and anything can be searched for. */
export function searchItems(typed: string, { openEvent, searchEvents }: Ways): { first: PaletteItem[]; last: PaletteItem[] } {
  const text = typed.trim();
  if (text === "") return { first: [], last: [] };
  const known = suggestKey(text);
  const search: PaletteItem = { id: "search", kind: "Events", title: `Search events for “${text}”`, Icon: Search, run: () => searchEvents(text) };
  if (!known) return { first: [], last: [search] };
  const first: PaletteItem =
    known.key === "id"
      ? { id: "search.event", kind: "Events", title: `Open event ${known.value}`, Icon: FileText, run: () => openEvent(known.value.toLowerCase()) }
      : { id: "search.key", kind: "Events", title: `Events with ${known.text}`, Icon: Search, run: () => searchEvents(known.text) };
  return { first: [first, search], last: [] };
}
