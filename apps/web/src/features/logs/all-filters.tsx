import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { useOrganization } from "../../shell/organization.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorPanel } from "../../ui/state-panel.tsx";
import { facetsOf, type Facets, type FacetValue } from "./facets.ts";
import { FilterChoice } from "./filter-choice.tsx";
import { FilterPeriod } from "./filter-period.tsx";
import { withList, withRange, withoutFilters, type ListField, type LogsSearch, type Scope } from "./logs-search.ts";
import type { Go } from "./use-logs-navigation.ts";

interface AllFiltersProps {
  scope: Scope;
  search: LogsSearch;
  facets: Facets | undefined;
  onApply: Go;
  onClose: () => void;
}

/** What an event is chosen by, in the order that people ask for it. */
export const choices: readonly { name: ListField; label: string; all: string }[] = [
  { name: "action", label: "Action", all: "All actions" },
  { name: "actor", label: "Person", all: "Everybody" },
  { name: "operation", label: "Operation", all: "All operations" },
  { name: "resource_type", label: "Resource type", all: "All resource types" },
  { name: "status", label: "Status", all: "Any status" },
];

/** Every filter in one place; nothing changes in the list before Apply. */
export function AllFilters({ scope, search, facets, onApply, onClose }: AllFiltersProps) {
  const [draft, setDraft] = useState(search);
  const chosen = (name: ListField): readonly string[] => draft[name] ?? [];
  const listed = facetsOf(facets, chosen);
  return (
    <Dialog title="All filters" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onApply(draft);
          onClose();
        }}
      >
        {scope.teamId === undefined && <TeamChoice scope={scope} chosen={draft.team ?? []} onChange={(values) => setDraft(withList(draft, "team", values))} />}
        {choices.map(({ name, ...words }) => (
          <FilterChoice
            key={name}
            {...words}
            values={listed.find((each) => each.name === name)?.values ?? []}
            chosen={chosen(name)}
            approximate={facets?.approximate ?? false}
            onChange={(values) => setDraft(withList(draft, name, values))}
          />
        ))}
        <FilterPeriod choice={draft} onChange={(choice) => setDraft(withRange(draft, choice))} />
        <div className="sticky -bottom-4 -mx-4 -mb-4 flex flex-wrap justify-end gap-2 border-t bg-bg p-4">
          <Button look="plain" onClick={() => setDraft(withRange(withoutFilters(draft), {}))}>
            Clear all
          </Button>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Apply
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function TeamChoice({ scope, chosen, onChange }: { scope: Scope; chosen: readonly string[]; onChange: (values: string[]) => void }) {
  const trpc = useTRPC();
  const { grants } = useOrganization();
  const counted = useQuery(trpc.events.teams.queryOptions({ logType: scope.logType, filter: { ...scope.filter, team: undefined } }));
  const known = useQuery(trpc.teams.list.queryOptions({}, { enabled: grants.includes("teams:read") }));
  if (counted.isError) return <ErrorPanel dense error={counted.error} what="Teams" onRetry={() => void counted.refetch()} />;
  return (
    <FilterChoice
      label="Team"
      all="All teams"
      values={teamValues(counted.data?.teams ?? [], known.data?.teams ?? [], chosen)}
      chosen={chosen}
      approximate={counted.data?.complete === false}
      onChange={onChange}
    />
  );
}

/** Teams with events first, then the others that the reader knows of; what is chosen stays in the list. */
export function teamValues(counted: readonly FacetValue[], known: readonly { id: string; name: string }[], chosen: readonly string[]): FacetValue[] {
  const names = new Map(known.map(({ id, name }) => [id, name]));
  const withEvents = counted.map((each) => ({ ...each, label: names.get(each.value) ?? each.label }));
  const others = [...known.map(({ id, name }) => ({ value: id, label: name })), ...chosen.map((value) => ({ value, label: names.get(value) ?? value }))];
  const listed = new Set(withEvents.map(({ value }) => value));
  return [...withEvents, ...others.flatMap(({ value, label }) => (listed.has(value) || !listed.add(value) ? [] : [{ value, label, count: 0 }]))];
}
