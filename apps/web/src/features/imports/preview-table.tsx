import { ActorChip } from "../../ui/actor-mark.tsx";
import { inWords, plural } from "../../ui/numbers.ts";
import { StatusMark } from "../../ui/status-mark.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import type { Preview } from "./import-types.ts";
import { ProblemLines } from "./problem-lines.tsx";

const shownMax = 12;

/** The first events as the log would show them. */
export function PreviewTable({ preview, stale }: { preview: Preview; stale: boolean }) {
  const { events, problems, problemsTotal } = preview;
  return (
    <section aria-label="Preview" data-panel="preview" data-state={stale ? "stale" : "ready"} className={`flex flex-col gap-3 ${stale ? "stale" : ""}`}>
      <h3 className="font-semibold">
        Preview{" "}
        <span className="font-normal text-ink-3">{events.length === 0 ? "No event yet" : `${plural(events.length, "event")} of the first records`}</span>
      </h3>
      {events.length > 0 && (
        <Table label="First events" columns={["Time", "Actor", "Action", "Resource", "Status", "IP"]}>
          {events.slice(0, shownMax).map((event, index) => (
            <tr key={index}>
              <td data-label="Time">
                <Time at={event.occurred_at} />
              </td>
              <td data-label="Actor" className="sm:max-w-[220px]">
                <ActorChip actor={event.actor} />
              </td>
              <td data-label="Action" title={event.description} className="break-words">
                {inWords(event.action)}
              </td>
              <td data-label="Resource" className="break-words sm:max-w-[240px]">
                {event.resource ? (event.resource.name ?? event.resource.id ?? event.resource.type) : "–"}
              </td>
              <td data-label="Status">
                <StatusMark status={event.status} />
              </td>
              <td data-label="IP" className="mono">
                {event.ip ?? "–"}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <ProblemLines title={`${plural(problemsTotal, "record")} would not come in`} lines={problems} total={problemsTotal} />
    </section>
  );
}
