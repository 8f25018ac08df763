import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { parseRecipients } from "../../forms/recipients.ts";
import { RecipientsField } from "../../forms/recipients-field.tsx";
import { SettingsForm } from "../../forms/settings-form.tsx";
import { startingSettings } from "../../forms/settings-schema.ts";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import type { Rule } from "./rule-card.tsx";

export function RuleDialog({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(rule.name);
  const [recipients, setRecipients] = useState(rule.recipients.join(", "));
  const [settings, setSettings] = useState(startingSettings(rule.settingsSchema, rule.settings));
  const update = useMutation(
    trpc.rules.update.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.rules.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <Dialog title={`Edit ${rule.kindTitle.toLowerCase()}`} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          update.mutate({ ruleId: rule.id, name: name.trim(), recipients: parseRecipients(recipients), settings });
        }}
      >
        <Field label="Name">
          {(control) => <input {...control} required className="control" value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <RecipientsField value={recipients} onChange={setRecipients} />
        <SettingsForm schema={rule.settingsSchema} value={settings} onChange={setSettings} />
        {update.isError && <FormError>{readApiError(update.error).message}</FormError>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={update.isPending}>
            Save rule
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
