import { parseSearch } from "@daybook/query";
import { Field } from "../../ui/field.tsx";
import { FilterChoices } from "../logs/filters/all-filters.tsx";
import { withText, type LogsSearch } from "../logs/logs-search.ts";

/** The filters of the log, as the scope of a grant. */
export function ScopeChoices({ search, onChange }: { search: LogsSearch; onChange: (search: LogsSearch) => void }) {
  const [problem] = parseSearch(search.q ?? "").problems;
  return (
    <fieldset className="flex flex-col gap-4 rounded-card border p-4">
      <legend className="px-1 font-medium">They see events with</legend>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <FilterChoices scope={{ logType: "activity", filter: {} }} search={search} onChange={onChange} />
      </div>
      <Field label="Search" hint="What is chosen above stands here as text; words and further keys can be added." error={problem?.message}>
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            spellCheck={false}
            className="control control-form"
            value={search.q ?? ""}
            onChange={({ target: { value } }) => onChange(withText(search, value))}
          />
        )}
      </Field>
    </fieldset>
  );
}
