import { statuses, type Status } from "@daybook/event";
import { useId } from "react";
import { Disclosure } from "../../ui/disclosure.tsx";
import { Field } from "../../ui/field.tsx";
import { statusLooks } from "../../ui/status-mark.tsx";
import type { Mapping, MappingField, Preview } from "./import-types.ts";

const labels: Record<MappingField, string> = {
  action: "Action",
  occurred_at: "Time",
  "actor.id": "Actor’s id",
  "actor.name": "Actor’s name",
  "actor.email": "Actor’s e-mail",
  "actor.type": "Actor’s kind",
  "resource.type": "Resource’s kind",
  "resource.id": "Resource’s id",
  "resource.name": "Resource’s name",
  status: "Outcome",
  error: "Why it failed",
  ip: "IP address",
  user_agent: "User agent",
  session_id: "Session",
  request_id: "Request",
  reason: "Reason",
  description: "Sentence",
  id: "Id of the record",
};
const first: readonly MappingField[] = [
  "action",
  "occurred_at",
  "actor.name",
  "actor.email",
  "actor.id",
  "resource.name",
  "resource.type",
  "resource.id",
  "status",
  "ip",
  "id",
];
const others = (Object.keys(labels) as MappingField[]).filter((field) => !first.includes(field));

interface EditorProps {
  mapping: Mapping;
  paths: Preview["paths"];
  onChange: (mapping: Mapping) => void;
}

/** Where the parts of an event stand in a record: each field is a path, with the places that the file has to choose from. */
export function MappingEditor({ mapping, paths, onChange }: EditorProps) {
  const listId = useId();
  const setField = (field: MappingField, path: string) => {
    const { [field]: _, ...fields } = mapping.fields;
    onChange({
      ...mapping,
      fields: (path.trim() === "" && field !== "action" && field !== "occurred_at" ? fields : { ...fields, [field]: path }) as Mapping["fields"],
    });
  };
  const rows = (fields: readonly MappingField[]) => (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      {fields.map((field) => (
        <Field key={field} label={labels[field]} hint={sampleOf(mapping.fields[field], paths)}>
          {(control) => (
            <input
              {...control}
              list={listId}
              autoComplete="off"
              spellCheck={false}
              required={field === "action" || field === "occurred_at"}
              className="control mono"
              value={mapping.fields[field] ?? ""}
              onChange={(event) => setField(field, event.target.value)}
            />
          )}
        </Field>
      ))}
    </div>
  );
  return (
    <div className="flex flex-col gap-4">
      <datalist id={listId}>
        {paths.map(({ path, samples }) => (
          <option key={path} value={path}>
            {samples[0]}
          </option>
        ))}
      </datalist>
      <p className="max-w-[88ch] text-pretty text-ink-2">
        A path leads to a value: <code>actor.login</code>, <code>events[*].name</code>, <code>&quot;key.with.dots&quot;</code>. <code>a | b</code> takes the
        first that has one, <code>a + &apos;.&apos; + b</code> joins them, <code>&apos;text&apos;</code> is a constant. What no path names is kept in the
        event’s details.
      </p>
      {rows(first)}
      <Outcomes mapping={mapping} paths={paths} onChange={onChange} />
      <div className="rounded-card border">
        <Disclosure title="More fields">
          <div className="flex flex-col gap-3">
            {rows(others)}
            <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
              <Field label="Unit of the time" hint="Of numbers. By itself the size tells.">
                {(control) => (
                  <select
                    {...control}
                    className="control"
                    value={mapping.timeUnit ?? ""}
                    onChange={(event) => {
                      const { timeUnit: _, ...rest } = mapping;
                      onChange(event.target.value === "" ? rest : { ...rest, timeUnit: event.target.value as NonNullable<Mapping["timeUnit"]> });
                    }}
                  >
                    <option value="">By itself</option>
                    {(["seconds", "milliseconds", "microseconds", "nanoseconds"] as const).map((unit) => (
                      <option key={unit}>{unit}</option>
                    ))}
                  </select>
                )}
              </Field>
              <Field label="List inside a record" hint="When one record holds several events: the paths then begin at its items, and $ is the whole record.">
                {(control) => (
                  <input
                    {...control}
                    list={listId}
                    autoComplete="off"
                    spellCheck={false}
                    className="control mono"
                    value={mapping.split ?? ""}
                    onChange={(event) => {
                      const { split: _, ...rest } = mapping;
                      onChange(event.target.value.trim() === "" ? rest : { ...rest, split: event.target.value });
                    }}
                  />
                )}
              </Field>
            </div>
          </div>
        </Disclosure>
      </div>
    </div>
  );
}

/** What the words of the outcome mean, for those that do not say it by themselves. */
function Outcomes({ mapping, paths, onChange }: EditorProps) {
  const path = mapping.fields.status?.split("|")[0]?.trim();
  const words = [...new Set([...(paths.find((each) => each.path === path)?.samples ?? []), ...Object.keys(mapping.statuses ?? {})])];
  if (!path || words.length === 0) return null;
  const set = (word: string, status: Status | "") => {
    const { [word]: _, ...rest } = mapping.statuses ?? {};
    onChange({ ...mapping, statuses: status === "" ? rest : { ...rest, [word]: status } });
  };
  return (
    <fieldset className="flex flex-wrap gap-x-4 gap-y-2">
      <legend className="mb-1 font-medium">What the outcomes mean</legend>
      {words.map((word) => (
        <label key={word} className="flex items-center gap-2">
          <code className="max-w-[200px] truncate">{word}</code>
          <select className="control w-auto" value={mapping.statuses?.[word] ?? ""} onChange={(event) => set(word, event.target.value as Status | "")}>
            <option value="">As usual</option>
            {statuses.map((status) => (
              <option key={status} value={status}>
                {statusLooks[status].label}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  );
}

function sampleOf(field: string | undefined, paths: Preview["paths"]): string {
  const path = field?.split("|")[0]?.trim().replace(/^\$\./, "");
  const sample = paths.find((each) => each.path === path || each.path.endsWith(`[*].${path ?? ""}`))?.samples[0];
  return sample === undefined ? "" : `such as ${sample.length > 48 ? `${sample.slice(0, 48)}…` : sample}`;
}
