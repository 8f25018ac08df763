import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { FormError } from "../../ui/field.tsx";
import { plural } from "../../ui/numbers.ts";
import { Card, Fact } from "../../ui/page.tsx";
import { StateChip } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";
import { PreviewDialog } from "./preview-dialog.tsx";
import { ReportRuns } from "./report-runs.tsx";
import { scheduleWords } from "./schedule-words.ts";

export type Schedule = inferOutput<Trpc["reports"]["list"]>[number];

export function ScheduleCard({ schedule, onEdit }: { schedule: Schedule; onEdit: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<"preview" | "remove" | null>(null);
  const [sent, setSent] = useState(0);
  const changed = () => queryClient.invalidateQueries(trpc.reports.pathFilter());
  const sendNow = useMutation(
    trpc.reports.sendNow.mutationOptions({
      onSuccess: () => {
        setSent(sent + 1);
        return changed();
      },
    }),
  );
  const remove = useMutation(trpc.reports.remove.mutationOptions({ onSuccess: changed }));
  const nobody = schedule.recipients.length === 0;
  return (
    <Card>
      <article data-schedule={schedule.id} aria-label={schedule.name} className="flex flex-col">
        <div className="flex flex-col gap-3 p-3">
          <div className="flex flex-wrap items-start gap-3">
            <div className="min-w-0 flex-1 basis-[220px]">
              <h2 className="flex items-center gap-2 text-form font-semibold">
                {schedule.name}
                {schedule.paused && <StateChip tone="neutral">Paused</StateChip>}
              </h2>
              <p className="text-ink-2">{scheduleWords(schedule)}</p>
            </div>
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => setOpen("preview")}>Preview</Button>
              <Button
                disabled={sendNow.isPending || nobody}
                title={nobody ? "It has no recipient." : undefined}
                onClick={() => sendNow.mutate({ scheduleId: schedule.id })}
              >
                Send now
              </Button>
              <Button onClick={onEdit}>Edit</Button>
              <Button look="plain" onClick={() => setOpen("remove")}>
                Remove…
              </Button>
            </div>
          </div>
          {sendNow.isError && <FormError>{readApiError(sendNow.error).message}</FormError>}
          <dl className="flex flex-wrap gap-x-8 gap-y-2">
            <Fact label="Recipients">{nobody ? <span className="text-pending">Nobody yet</span> : schedule.recipients.join(", ")}</Fact>
            <Fact label="Next">{schedule.paused || !schedule.nextRunAt ? "–" : <Time at={schedule.nextRunAt} as="relative" />}</Fact>
            <Fact label="Last sent">
              {schedule.lastRun?.sentAt ? (
                <>
                  <Time at={schedule.lastRun.sentAt} as="relative" /> · {plural(schedule.lastRun.eventsTotal, "event")}
                </>
              ) : (
                "Never"
              )}
            </Fact>
          </dl>
        </div>
        <Disclosure key={sent} title="Runs" open={sent > 0}>
          <ReportRuns scheduleId={schedule.id} />
        </Disclosure>
        {open === "preview" && <PreviewDialog schedule={schedule} onClose={() => setOpen(null)} />}
        {open === "remove" && (
          <Confirm
            title={`Remove ${schedule.name}?`}
            act="Remove report"
            busy={remove.isPending}
            error={remove.error}
            onConfirm={() => remove.mutate({ scheduleId: schedule.id })}
            onClose={() => setOpen(null)}
          >
            No more mails of it go out. Those already sent stay in the mailbox.
          </Confirm>
        )}
      </article>
    </Card>
  );
}
