import { Field } from "../../../ui/field.tsx";
import { useZone } from "../../../ui/zone-context.ts";
import { inputText, instantOfInput } from "../../../ui/zone-time.ts";
import { useNow } from "../../../ui/use-now.ts";
import { presets, rangeLabel, resolveRange, type RangeChoice } from "../time/time-range.ts";

/** The time range as a part of a form: a usual one, or two instants of one's own. */
export function FilterPeriod({ choice, onChange }: { choice: RangeChoice; onChange: (choice: RangeChoice) => void }) {
  const zone = useZone();
  const now = useNow();
  const isOwn = choice.from !== undefined || choice.to !== undefined;
  const isUsual = presets.some(({ range }) => range === choice.range);
  const edge = (name: "from" | "to", value: string) => {
    const instant = value === "" ? null : instantOfInput(value, zone);
    const { [name]: _, range: _range, ...rest } = choice;
    onChange(instant === null ? rest : { ...rest, [name]: new Date(instant).toISOString() });
  };
  return (
    <>
      <Field label="Period">
        {(control) => (
          <select
            {...control}
            className="control control-form"
            value={isOwn ? "own" : (choice.range ?? "")}
            onChange={({ target: { value } }) =>
              onChange(value === "own" ? { from: resolveRange({ range: "7d" }, zone, now).from ?? "" } : value === "" ? {} : { range: value })
            }
          >
            <option value="">All time</option>
            {presets.map(({ range, label }) => (
              <option key={range} value={range}>
                {label}
              </option>
            ))}
            {choice.range !== undefined && !isUsual && <option value={choice.range}>{rangeLabel(choice, String)}</option>}
            <option value="own">From … to …</option>
          </select>
        )}
      </Field>
      {isOwn && (
        <div className="grid gap-3 sm:grid-cols-2">
          {(["from", "to"] as const).map((name) => (
            <Field key={name} label={name === "from" ? "From" : "To"} {...(name === "to" && { hint: `Not included. ${zone}` })}>
              {(control) => (
                <input
                  {...control}
                  type="datetime-local"
                  className="control control-form"
                  value={choice[name] === undefined ? "" : inputText(Date.parse(choice[name]), zone)}
                  onChange={(event) => edge(name, event.target.value)}
                />
              )}
            </Field>
          ))}
        </div>
      )}
    </>
  );
}
