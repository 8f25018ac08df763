import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.ts";
import { Field } from "../../ui/field.tsx";
import { choices, TeamChoice } from "../logs/all-filters.tsx";
import { facetsOf } from "../logs/facets.ts";
import { FilterChoice } from "../logs/filter-choice.tsx";
import { withList, type ListField, type LogsSearch } from "../logs/logs-search.ts";

/** The filters of the log, as the scope of a grant. */
export function ScopeChoices({ search, onChange }: { search: LogsSearch; onChange: (search: LogsSearch) => void }) {
  const trpc = useTRPC();
  const facets = useQuery(trpc.events.facets.queryOptions({ logType: "activity", filter: {} }));
  const chosen = (name: ListField): readonly string[] => search[name] ?? [];
  const listed = facetsOf(facets.data, chosen);
  return (
    <fieldset className="flex flex-col gap-4 rounded-card border p-4">
      <legend className="px-1 font-medium">They see events with</legend>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {choices.map(({ name, ...words }) => (
          <FilterChoice
            key={name}
            {...words}
            values={listed.find((each) => each.name === name)?.values ?? []}
            chosen={chosen(name)}
            approximate={facets.data?.approximate ?? false}
            onChange={(values) => onChange(withList(search, name, values))}
          />
        ))}
        <TeamChoice scope={{ logType: "activity", filter: {} }} chosen={search.team ?? []} onChange={(values) => onChange(withList(search, "team", values))} />
      </div>
      <Field label="Words" hint="All of them stand somewhere in actor, action, resource or sentence.">
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            className="control control-form"
            value={search.q ?? ""}
            onChange={({ target: { value } }) => {
              const { q: _, ...rest } = search;
              onChange(value === "" ? rest : { ...rest, q: value });
            }}
          />
        )}
      </Field>
    </fieldset>
  );
}
