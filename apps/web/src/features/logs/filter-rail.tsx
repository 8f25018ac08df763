import type { UseQueryResult } from "@tanstack/react-query";
import { ErrorPanel } from "../../ui/state-panel.tsx";
import { FacetGroup } from "./facet-group.tsx";
import { facetsOf, type Facets } from "./facets.ts";
import { addValue, removeValue, withList, type ListField, type LogsSearch } from "./logs-search.ts";
import type { Go } from "./use-logs-navigation.ts";

interface FilterRailProps {
  facets: UseQueryResult<Facets, unknown>;
  search: LogsSearch;
  onChange: Go;
}

export function FilterRail({ facets, search, onChange }: FilterRailProps) {
  const chosen = (name: ListField): readonly string[] => search[name] ?? [];
  return (
    <div className={`flex flex-col py-2 ${facets.isPlaceholderData ? "stale" : ""}`}>
      {facets.isError && !facets.data && <ErrorPanel dense error={facets.error} what="Counts" onRetry={() => void facets.refetch()} />}
      {facetsOf(facets.data, chosen).map(({ name, values }) => (
        <FacetGroup
          key={name}
          name={name}
          values={values}
          chosen={chosen(name)}
          approximate={facets.data?.approximate ?? false}
          onToggle={(value) => onChange(chosen(name).includes(value) ? removeValue(search, name, value) : addValue(search, name, value))}
          onOnly={(value) => onChange(withList(search, name, chosen(name).length === 1 && chosen(name)[0] === value ? [] : [value]))}
          onClear={() => onChange(withList(search, name, []))}
        />
      ))}
    </div>
  );
}
