import { logTypes } from "@daybook/event";
import { Search } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { Segmented } from "../../ui/segmented.tsx";
import { wholeNumber } from "../../ui/numbers.ts";
import type { Catalog, StateCounts } from "./catalog-rows.ts";
import { orders, seenStates, withChoice, type CatalogSearch } from "./catalog-search.ts";

interface CatalogToolbarProps {
  catalog: Catalog | undefined;
  search: CatalogSearch;
  onChange: (search: CatalogSearch, how?: "push" | "replace") => void;
  searchBox: RefObject<HTMLInputElement | null>;
}

export function CatalogToolbar({ catalog, search, onChange, searchBox }: CatalogToolbarProps) {
  const choose = (choice: Parameters<typeof withChoice>[1]) => onChange(withChoice(search, choice));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="relative min-w-[160px] flex-1 basis-full sm:basis-[180px]">
        <Search size={14} aria-hidden className="absolute top-[9px] left-2.5 text-ink-3" />
        <input
          ref={searchBox}
          type="search"
          aria-label="Search actions"
          aria-keyshortcuts="/"
          placeholder="Search key, title, sentence, namespace…  /"
          className="control pl-8"
          value={search.q ?? ""}
          onChange={(event) => onChange(withChoice(search, { q: event.target.value }), "replace")}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        />
      </div>
      <PresetSelect presets={catalog?.presets ?? []} search={search} onChoose={choose} />
      <Select label="Namespace" all="Any namespace" value={search.namespace} onChoose={(namespace) => choose({ namespace })}>
        {catalog?.namespaces.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </Select>
      <Select label="Log" all="Both logs" value={search.log} onChoose={(log) => choose({ log: logTypes.find((each) => each === log) })}>
        <option value="activity">User activity</option>
        <option value="system">System</option>
      </Select>
    </div>
  );
}

interface OrderSelectProps {
  search: CatalogSearch;
  onChoose: (order: CatalogSearch["order"]) => void;
}

export const OrderSelect = ({ search, onChoose }: OrderSelectProps) => (
  <Select label="Order" all="By namespace" value={search.order} onChoose={(order) => onChoose(orders.find((each) => each === order))}>
    <option value="volume">Most events first</option>
    <option value="latest">Last seen first</option>
  </Select>
);

interface StateFilterProps {
  counts: StateCounts;
  search: CatalogSearch;
  onChoose: (state: CatalogSearch["state"]) => void;
}

/** Seen, never seen, unknown to the catalog: with how many of each there are. */
export function StateFilter({ counts, search, onChoose }: StateFilterProps) {
  const more = counts.capped ? "+" : "";
  return (
    <Segmented
      label="Seen"
      options={[
        { value: "all", label: `All ${wholeNumber(counts.all)}${more}` },
        { value: "seen", label: `Seen ${wholeNumber(counts.seen)}${more}` },
        { value: "never", label: `Never ${wholeNumber(counts.never)}` },
        { value: "custom", label: `Custom ${wholeNumber(counts.custom)}${more}` },
      ]}
      value={search.state ?? "all"}
      onChange={(state) => onChoose(seenStates.find((each) => each === state))}
    />
  );
}

interface PresetSelectProps {
  presets: Catalog["presets"];
  search: CatalogSearch;
  onChoose: (choice: { preset: string | undefined; group: string | undefined }) => void;
}

/** A preset as a whole, or one of its groups: `automation` or `automation/Webhooks`. */
function PresetSelect({ presets, search: { preset, group }, onChoose }: PresetSelectProps) {
  const choose = (value: string | undefined) => {
    const cut = value?.indexOf("/") ?? -1;
    onChoose({ preset: cut < 0 ? value : value?.slice(0, cut), group: cut < 0 ? undefined : value?.slice(cut + 1) });
  };
  return (
    <Select label="Preset" all="Any preset" value={preset && group ? `${preset}/${group}` : preset} onChoose={choose}>
      {presets.map(({ id, title, groups }) => (
        <optgroup key={id} label={title}>
          <option value={id}>{title}: all</option>
          {groups.map((each) => (
            <option key={each.title} value={`${id}/${each.title}`}>
              {each.title}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}

interface SelectProps {
  label: string;
  all: string;
  value: string | undefined;
  onChoose: (value: string | undefined) => void;
  children: ReactNode;
}

const Select = ({ label, all, value = "", onChoose, children }: SelectProps) => (
  <select
    aria-label={label}
    value={value}
    onChange={(event) => onChoose(event.target.value || undefined)}
    className={`control w-auto max-w-[148px] min-w-0 max-sm:max-w-none max-sm:flex-auto ${value === "" ? "text-ink-2" : "bg-selected font-medium"}`}
  >
    <option value="">{all}</option>
    {children}
  </select>
);
