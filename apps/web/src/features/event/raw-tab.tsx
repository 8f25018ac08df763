import type { AuditEvent } from "@daybook/event";
import { useState } from "react";
import { Segmented } from "../../ui/segmented.tsx";
import { JsonView } from "./json-view.tsx";

const documents = [
  { value: "kept", label: "As Daybook keeps it" },
  { value: "received", label: "As it was received" },
] as const;

export function RawTab({ event, raw }: { event: AuditEvent; raw: unknown }) {
  const [open, setOpen] = useState<(typeof documents)[number]["value"]>("kept");
  const hasRaw = raw !== null && raw !== undefined;
  const isRaw = hasRaw && open === "received";
  return (
    <div className="flex h-full min-h-[320px] flex-col gap-2 p-4">
      {hasRaw ? (
        <Segmented label="Which document" options={documents} value={open} onChange={setOpen} />
      ) : (
        <h2 className="font-semibold">As Daybook keeps it</h2>
      )}
      {isRaw && <p className="text-ink-2">The original record from {event.source.replace("import:", "")}, unchanged but for redaction.</p>}
      <JsonView
        key={open}
        value={isRaw ? raw : event}
        what={isRaw ? "the original record as JSON" : "the event as JSON"}
        fileName={`event-${event.id}${isRaw ? "-received" : ""}.json`}
      />
    </div>
  );
}
