import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { MailView } from "../../ui/mail-view.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Time } from "../../ui/time.tsx";
import type { Schedule } from "./schedule-card.tsx";

export function PreviewDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const trpc = useTRPC();
  const preview = useQuery(trpc.reports.preview.queryOptions({ scheduleId: schedule.id }));
  return (
    <Dialog title={`Preview of ${schedule.name}`} wide onClose={onClose}>
      <QueryPanel query={preview} what="The preview">
        {(mail) => (
          <div className="flex flex-col gap-3">
            <p>
              <strong className="font-semibold">{mail.subject}</strong>{" "}
              <span className="text-ink-2">
                · <Time at={mail.period.from} as="day" /> – <Time at={mail.period.to} as="day" />
              </span>
            </p>
            <MailView html={mail.html} text={mail.text} title={mail.subject} />
          </div>
        )}
      </QueryPanel>
    </Dialog>
  );
}
