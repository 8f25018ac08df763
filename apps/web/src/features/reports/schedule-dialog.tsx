import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { parseRecipients } from "../../forms/recipients.ts";
import { RecipientsField } from "../../forms/recipients-field.tsx";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { Switch } from "../../ui/switch.tsx";
import { knownZones } from "../../ui/zone-time.ts";
import type { Schedule } from "./schedule-card.tsx";
import { hourText, scheduleWords, weekdays } from "./schedule-words.ts";

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const zones = knownZones();

export function ScheduleDialog({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  const { timeZone } = useOrganization();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [values, setValues] = useState({
    name: schedule?.name ?? "Weekly audit summary",
    recipients: schedule?.recipients.join(", ") ?? "",
    zone: schedule?.zone ?? timeZone,
    weekday: schedule?.weekday ?? 1,
    hour: schedule?.hour ?? 8,
    paused: schedule?.paused ?? false,
  });
  const set = (change: Partial<typeof values>) => setValues({ ...values, ...change });
  const done = async () => {
    await queryClient.invalidateQueries(trpc.reports.pathFilter());
    onClose();
  };
  const create = useMutation(trpc.reports.create.mutationOptions({ onSuccess: done }));
  const update = useMutation(trpc.reports.update.mutationOptions({ onSuccess: done }));
  const error = create.error ?? update.error;
  const save = () => {
    const input = { ...values, name: values.name.trim(), recipients: parseRecipients(values.recipients) };
    if (schedule) update.mutate({ ...input, scheduleId: schedule.id });
    else create.mutate(input);
  };
  return (
    <Dialog title={schedule ? "Edit report" : "New report"} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field label="Name">
          {(control) => <input {...control} required className="control" value={values.name} onChange={(event) => set({ name: event.target.value })} />}
        </Field>
        <RecipientsField value={values.recipients} onChange={(recipients) => set({ recipients })} />
        <div className="grid grid-cols-2 gap-3">
          <Field label="Weekday">
            {(control) => (
              <select {...control} className="control" value={values.weekday} onChange={(event) => set({ weekday: Number(event.target.value) })}>
                {weekdays.map((name, index) => (
                  <option key={name} value={index + 1}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Hour">
            {(control) => (
              <select {...control} className="control" value={values.hour} onChange={(event) => set({ hour: Number(event.target.value) })}>
                {hours.map((hour) => (
                  <option key={hour} value={hour}>
                    {hourText(hour)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <Field label="Time zone">{(control) => <Combobox {...control} value={values.zone} options={zones} onChange={(zone) => set({ zone })} />}</Field>
        <div className="flex items-center justify-between">
          <span className="font-medium">Sending</span>
          <Switch label="Sending" checked={!values.paused} onChange={(sending) => set({ paused: !sending })} />
        </div>
        <p className="text-ink-2">{values.paused ? "Nothing is sent while it is off." : `Sent ${scheduleWords(values)}, about the seven days before.`}</p>
        {error && <FormError>{readApiError(error).message}</FormError>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={create.isPending || update.isPending}>
            {schedule ? "Save report" : "Create report"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
