import { useQuery } from "@tanstack/react-query";
import { wallTime } from "@daybook/event";
import { useTRPC } from "../../trpc.ts";
import { useZone } from "../../ui/zone-context.ts";
import { clockText, dateText } from "../../ui/zone-time.ts";

/** What the newest event's time reads now, and what it would read. */
export function ZonePreview({ zone }: { zone: string }) {
  const trpc = useTRPC();
  const current = useZone();
  const newest = useQuery(trpc.events.list.queryOptions({ limit: 1 }));
  const event = newest.data?.events[0];
  if (!event || zone === current) return null;
  const instant = Date.parse(event.occurred_at);
  const reads = (where: string) => `${dateText(wallTime(instant, where))} ${clockText(wallTime(instant, where))}`;
  return (
    <p role="status" className="rounded-card border bg-surface px-3 py-2">
      <span className="block truncate font-medium">{event.description}</span>
      reads <time dateTime={event.occurred_at}>{reads(current)}</time> now and will read{" "}
      <time dateTime={event.occurred_at} className="font-medium">
        {reads(zone)}
      </time>
      .
    </p>
  );
}
