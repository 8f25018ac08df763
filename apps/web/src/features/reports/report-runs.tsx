import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { unlessRefused } from "../../ui/api-error.ts";
import { wholeNumber } from "../../ui/numbers.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";

const triggers = { schedule: "Schedule", send_now: "Send now" };

export function ReportRuns({ scheduleId }: { scheduleId: string }) {
  const { slug: org } = useOrganization();
  const trpc = useTRPC();
  const runs = useQuery(trpc.reports.runs.queryOptions({ scheduleId }, { refetchInterval: ({ state: { error } }) => unlessRefused(error, 3000) }));
  return (
    <QueryPanel query={runs} what="The runs" isEmpty={(list) => list.length === 0} empty={<p className="text-ink-2">Never sent.</p>}>
      {(list) => (
        <Table label="Report runs" columns={["Period", "Trigger", "Sent", "Recipients", "Events", ""]}>
          {list.map((run) => (
            <tr key={run.id}>
              <td data-label="Period" className="whitespace-nowrap">
                <Time at={run.period.from} as="day" /> – <Time at={run.period.to} as="day" />
              </td>
              <td data-label="Trigger">{triggers[run.trigger]}</td>
              <td data-label="Sent">{run.sentAt ? <Time at={run.sentAt} /> : "Waiting"}</td>
              <td data-label="Recipients">{run.recipients.join(", ")}</td>
              <td data-label="Events" className="text-right">
                {wholeNumber(run.eventsTotal)}
              </td>
              <td className="text-right whitespace-nowrap">
                {run.mailIds[0] && (
                  <Link to="/o/$org/mailbox" params={{ org }} search={{ mail: run.mailIds[0] }} className="link">
                    View as sent
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </QueryPanel>
  );
}
