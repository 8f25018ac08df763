import { Field } from "../../ui/field.tsx";
import { expiries } from "./token-words.ts";

interface ScopeChoicesProps<S extends string> {
  words: Record<S, { label: string; hint: string }>;
  chosen: readonly S[];
  onChange: (scopes: readonly S[]) => void;
}

export function ScopeChoices<S extends string>({ words, chosen, onChange }: ScopeChoicesProps<S>) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium">It may</legend>
      {(Object.keys(words) as S[]).map((id) => (
        <label key={id} className="flex min-h-7 items-start gap-2 py-1">
          <input
            type="checkbox"
            className="mt-px size-4 shrink-0 accent-[var(--accent)]"
            checked={chosen.includes(id)}
            onChange={(event) => onChange(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))}
          />
          <span className="min-w-0">
            {words[id].label} <code className="text-ink-3">{id}</code>
            <span className="block text-meta text-ink-3">{words[id].hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface ExpiryFieldProps {
  days: number;
  onChange: (days: number) => void;
  /** Owners alone may choose that a token never ends. */
  mayNever: boolean;
}

export function ExpiryField({ days, onChange, mayNever }: ExpiryFieldProps) {
  return (
    <Field label="Expires" hint={mayNever && days === 0 ? "Then it works until somebody revokes it. Only owners can choose this." : undefined}>
      {(control) => (
        <select {...control} className="control" value={days} onChange={(event) => onChange(Number(event.target.value))}>
          {expiries
            .filter((each) => mayNever || each.days > 0)
            .map((each) => (
              <option key={each.days} value={each.days}>
                {each.label}
              </option>
            ))}
        </select>
      )}
    </Field>
  );
}

export function NetworksField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  return (
    <Field
      label="Networks"
      hint="Optional, one a line or parted by commas: it is refused from any other address. One address is its own network: 203.0.113.7/32."
    >
      {(control) => (
        <textarea
          {...control}
          rows={2}
          spellCheck={false}
          placeholder="203.0.113.0/24"
          className="control mono h-auto py-1.5"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
