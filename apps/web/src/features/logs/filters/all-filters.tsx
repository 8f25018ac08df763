import { useQuery } from "@tanstack/react-query";
import { valuesOf, type FacetKey } from "@daybook/query";
import { useState } from "react";
import { useTRPC } from "../../../trpc.ts";
import { useOrganization } from "../../../shell/organization.tsx";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { ErrorPanel } from "../../../ui/state-panel.tsx";
import { valuesOfGroup, type FacetValue } from "./facets.ts";
import { FilterChoice } from "./filter-choice.tsx";
import { FilterPeriod } from "./filter-period.tsx";
import { clausesOf, withList, withRange, withText, type LogsSearch, type Scope } from "../logs-search.ts";
import { useFacets } from "./use-facets.ts";
import type { Go } from "../use-logs-navigation.ts";

interface AllFiltersProps {
  scope: Scope;
  search: LogsSearch;
  onApply: Go;
  onClose: () => void;
}

/** What an event is chosen by, in the order that people ask for it. */
const choices: readonly { name: FacetKey; label: string; all: string }[] = [
  { name: "action", label: "Action", all: "All actions" },
  { name: "actor", label: "Person", all: "Everybody" },
  { name: "operation", label: "Operation", all: "All operations" },
  { name: "resource_type", label: "Resource type", all: "All resource types" },
  { name: "status", label: "Status", all: "Any status" },
];
const countedKeys = choices.map(({ name }) => name);

/** Every filter in one place, as another editor of the same search; nothing changes in the list before Apply. */
export function AllFilters({ scope, search, onApply, onClose }: AllFiltersProps) {
  const [draft, setDraft] = useState(search);
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
        <FilterChoices scope={scope} search={draft} onChange={setDraft} />
        <FilterPeriod choice={draft} onChange={(choice) => setDraft(withRange(draft, choice))} />
        <div className="sticky bottom-0 -mx-4 -mb-4 flex flex-wrap justify-end gap-2 border-t bg-bg p-4">
          <Button look="plain" onClick={() => setDraft(withRange(withText(draft, ""), {}))}>
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

interface FilterChoicesProps {
  /** What is counted. */
  scope: Scope;
  search: LogsSearch;
  onChange: (search: LogsSearch) => void;
}

/** A list to choose from for each thing that people choose events by. */
export function FilterChoices({ scope, search, onChange }: FilterChoicesProps) {
  const counted = useFacets(scope, countedKeys);
  const clauses = clausesOf(search);
  const chosen = (name: FacetKey): string[] => valuesOf(clauses, name).flatMap(({ text, glob }) => (glob ? [] : [text]));
  return (
    <>
      {scope.teamId === undefined && <TeamChoice scope={scope} chosen={chosen("team")} onChange={(values) => onChange(withList(search, "team", values))} />}
      {counted.isError && !counted.data && <ErrorPanel dense error={counted.error} what="Values" onRetry={() => void counted.refetch()} />}
      {choices.map(({ name, ...words }) => {
        const group = counted.data?.groups.find(({ key }) => key === name);
        return (
          <FilterChoice
            key={name}
            {...words}
            values={valuesOfGroup(name, group, { chosen: chosen(name), excluded: [] })}
            chosen={chosen(name)}
            approximate={group?.exact === false}
            onChange={(values) => onChange(withList(search, name, values))}
          />
        );
      })}
    </>
  );
}

function TeamChoice({ scope, chosen, onChange }: { scope: Scope; chosen: readonly string[]; onChange: (values: string[]) => void }) {
  const trpc = useTRPC();
  const { grants } = useOrganization();
  const counted = useFacets(scope, ["team"]);
  const known = useQuery(trpc.teams.list.queryOptions({}, { enabled: grants.includes("teams:read") }));
  const group = counted.data?.groups.find(({ key }) => key === "team");
  if (counted.isError) return <ErrorPanel dense error={counted.error} what="Teams" onRetry={() => void counted.refetch()} />;
  return (
    <FilterChoice
      label="Team"
      all="All teams"
      values={teamValues(group?.values ?? [], known.data?.teams ?? [], chosen)}
      chosen={chosen}
      approximate={group?.exact === false}
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
