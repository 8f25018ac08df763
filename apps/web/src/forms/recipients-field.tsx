import { Field } from "../ui/field.tsx";
import { parseRecipients, wrongRecipients } from "./recipients.ts";

export function RecipientsField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const wrong = wrongRecipients(parseRecipients(value));
  return (
    <Field
      label="Recipients"
      hint="E-mail addresses, separated by commas or spaces."
      error={wrong.length > 0 && value.endsWith(" ") ? `Not an e-mail address: ${wrong.join(", ")}` : null}
    >
      {(control) => <input {...control} type="text" className="control" value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
