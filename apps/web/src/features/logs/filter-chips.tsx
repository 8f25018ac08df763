import { X } from "lucide-react";
import { chipsOf, withoutChip, withoutFilters, type LogsSearch } from "./logs-search.ts";
import { labelsOf, type Facets } from "./facets.ts";
import { fieldNames, valueWords } from "./filter-words.ts";
import type { Go } from "./use-logs-navigation.ts";

interface FilterChipsProps {
  search: LogsSearch;
  facets: Facets | undefined;
  teams: ReadonlyMap<string, string>;
  onChange: Go;
}

export function FilterChips({ search, facets, teams, onChange }: FilterChipsProps) {
  const chips = chipsOf(search);
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Active filters" className="flex flex-wrap items-center gap-1">
      {chips.map((chip) => {
        const words = valueWords(chip.name, chip.value, chip.name === "team" ? teams.get(chip.value) : labelsOf(facets, chip.name).get(chip.value));
        return (
          <li key={`${chip.name}=${chip.value}`} className="chip flex h-6 max-w-[280px] items-center rounded-chip bg-selected pl-2">
            <span className="truncate">
              <span className="text-ink-2">{fieldNames[chip.name]}: </span>
              {words}
            </span>
            <button
              type="button"
              aria-label={`Remove filter ${fieldNames[chip.name]}: ${words}`}
              onClick={() => onChange(withoutChip(search, chip))}
              className="inset-focus grid size-6 shrink-0 place-items-center rounded-chip text-ink-2 hover:text-ink"
            >
              <X size={12} aria-hidden />
            </button>
          </li>
        );
      })}
      {chips.length > 1 && (
        <li>
          <button type="button" onClick={() => onChange(withoutFilters(search))} className="link h-6 px-1">
            Clear all
          </button>
        </li>
      )}
    </ul>
  );
}
