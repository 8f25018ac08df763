import type { AuditEvent } from "@daybook/event";
import { JsonView } from "./json-view.tsx";

export function RawTab({ event, raw }: { event: AuditEvent; raw: unknown }) {
  return (
    <div className="flex flex-col gap-4 p-4">
      <section>
        <h2 className="mb-2 font-semibold">As Daybook keeps it</h2>
        <JsonView value={event} what="the event as JSON" />
      </section>
      {raw !== null && raw !== undefined && (
        <section>
          <h2 className="font-semibold">As it was received</h2>
          <p className="mb-2 text-ink-2">The original record from {event.source.replace("import:", "")}, unchanged but for redaction.</p>
          <JsonView value={raw} what="the original record as JSON" />
        </section>
      )}
    </div>
  );
}
