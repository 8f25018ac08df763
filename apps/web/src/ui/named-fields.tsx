import { Field } from "./field.tsx";

interface TextProps {
  value: string;
  onChange: (value: string) => void;
  hint?: string;
}

const nameLengthMax = 100;
const descriptionLengthMax = 500;

/** What people call a thing. */
export function NameField({ value, onChange, hint }: TextProps) {
  return (
    <Field label="Name" hint={hint}>
      {(control) => (
        <input
          {...control}
          required
          maxLength={nameLengthMax}
          autoComplete="off"
          className="control control-form"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** What a thing is for, in a few words that may stay empty. */
export function DescriptionField({ value, onChange, hint }: TextProps) {
  return (
    <Field label="Description" hint={hint}>
      {(control) => (
        <textarea
          {...control}
          rows={3}
          maxLength={descriptionLengthMax}
          className="control control-form"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
