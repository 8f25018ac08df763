import { EmptyPanel } from "../../ui/state-panel.tsx";
import { Time } from "../../ui/time.tsx";
import { plural } from "../../ui/numbers.ts";
import { useKept } from "../logs/time/use-kept.ts";

/** What can be said of an event that is not there, or not for this reader: the two are told alike. */
export function GonePanel({ id }: { id: string }) {
  const { purged } = useKept();
  const received = receivedAt(id);
  // The id itself says when it was given, whether or not there ever was such an event: so nothing is given away.
  const isPurged = received !== null && purged !== null && received < purged.before;
  return (
    <div data-gone={isPurged ? "purged" : "unknown"}>
      <EmptyPanel title={isPurged ? "This event is past the retention policy" : "There is no such event here"}>
        {isPurged ? (
          <>
            An event with this id was received on <Time at={new Date(received).toISOString()} as="day" />. If it was in this log, it was purged on{" "}
            <Time at={new Date(purged.at).toISOString()} as="day" /> by the policy of {plural(purged.days, "day")}, with everything from before{" "}
            <Time at={new Date(purged.before).toISOString()} as="day" />.
          </>
        ) : (
          "It was purged by the retention policy, it belongs to another organization, or you may not see it."
        )}
      </EmptyPanel>
    </div>
  );
}

/** A time-ordered id begins with its milliseconds since 1970; null for any other. */
export function receivedAt(id: string): number | null {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7/i.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
}
