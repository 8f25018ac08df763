import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { unlessRefused } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { ScheduleCard, type Schedule } from "./schedule-card.tsx";
import { ScheduleDialog } from "./schedule-dialog.tsx";

export function ReportsPage() {
  const trpc = useTRPC();
  const schedules = useQuery(trpc.reports.list.queryOptions(undefined, { refetchInterval: ({ state: { error } }) => unlessRefused(error, 10_000) }));
  const [editing, setEditing] = useState<Schedule | "new" | null>(null);
  const add = (
    <Button look="primary" onClick={() => setEditing("new")}>
      <Plus size={14} aria-hidden />
      New report
    </Button>
  );
  return (
    <Page title="Reports" about="A weekly mail: totals against the week before, failures, top actors. Exactly one per period." action={add}>
      <QueryPanel
        query={schedules}
        what="Reports"
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyPanel title="No report yet" action={add}>
            Choose a weekday and who receives it.
          </EmptyPanel>
        }
      >
        {(list) => (
          <ul className="flex flex-col gap-3">
            {list.map((schedule) => (
              <li key={schedule.id}>
                <ScheduleCard schedule={schedule} onEdit={() => setEditing(schedule)} />
              </li>
            ))}
          </ul>
        )}
      </QueryPanel>
      {editing && <ScheduleDialog schedule={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}
