import { useMutation } from "@tanstack/react-query";
import { EyeOff, NotebookPen, Pencil, PinOff, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { CopyTextButton } from "../../ui/copy-button.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { Time } from "../../ui/time.tsx";
import { useZone } from "../../ui/zone-context.ts";
import type { CaseView, TimelineEntry } from "./case-words.ts";
import { EventLineLink } from "./event-lines.tsx";
import { NoteDialog } from "./note-dialog.tsx";
import { timelineMarkdown } from "./timeline-markdown.ts";
import { useCaseRefresh, usePinning } from "./use-case.ts";

type Note = Extract<TimelineEntry, { kind: "note" }>;
type Pinned = Extract<TimelineEntry, { kind: "event" }>;

interface CaseTimelineProps {
  found: CaseView;
  /** Left out for a closed case, which is only read. */
  onNote?: (() => void) | undefined;
}

/** What was pinned and noted, in the order in which it happened. */
export function CaseTimeline({ found, onNote }: CaseTimelineProps) {
  const zone = useZone();
  const { timeline, unseen } = found;
  const isOpen = found.state === "open";
  return (
    <section aria-label="Pins and notes" data-open-step="case" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-section">What is known, in its order</h2>
        <div className="flex flex-wrap gap-2">
          {onNote && (
            <Button size="dense" onClick={onNote}>
              <NotebookPen size={14} aria-hidden />
              Add a note
            </Button>
          )}
          <CopyTextButton text={timelineMarkdown(found, zone)} label="Copy as Markdown" />
        </div>
      </div>
      {timeline.length + unseen.length === 0 && (
        <EmptyPanel title="Nothing is pinned yet">
          Pin an event from the rows of a step, with its pin or with <kbd>p</kbd>. Write down what no event says with <kbd>N</kbd>.
        </EmptyPanel>
      )}
      {timeline.length > 0 && (
        <ol aria-label="Timeline" className="rounded-card border">
          {timeline.map((entry) => (
            <li key={entry.kind === "event" ? entry.event.id : entry.id} data-entry={entry.kind} className="border-b last:border-0">
              {entry.kind === "event" ? <PinnedEvent found={found} entry={entry} isOpen={isOpen} /> : <NoteLine found={found} note={entry} isOpen={isOpen} />}
            </li>
          ))}
        </ol>
      )}
      {unseen.length > 0 && (
        <ul aria-label="Pins without an event" className="rounded-card border border-dashed">
          {unseen.map(({ eventId, note, pinnedBy, pinnedAt }) => (
            <li key={eventId} data-entry="unseen" className="flex min-h-8 flex-wrap items-center gap-x-3 border-b py-1 pr-1 pl-2 last:border-0">
              <EyeOff size={14} aria-hidden className="text-ink-3" />
              <span className="min-w-0 flex-1 basis-[200px]">
                Not visible to you, or purged. <span className="text-ink-2">{note}</span>
              </span>
              <span className="text-meta text-ink-3">
                pinned by {pinnedBy}, <Time at={pinnedAt} />
              </span>
              {isOpen && <Unpin found={found} eventId={eventId} what="the event that is not visible" />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function PinnedEvent({ found, entry: { event, note, pinnedBy }, isOpen }: { found: CaseView; entry: Pinned; isOpen: boolean }) {
  const [noting, setNoting] = useState(false);
  return (
    <div data-event-id={event.id}>
      <div className="flex items-start gap-1 pr-1">
        <EventLineLink event={event} />
        {isOpen && (
          <span className="flex py-0.5">
            <IconButton label={`${note ? "Edit" : "Add"} the note on: ${event.description}`} onClick={() => setNoting(true)}>
              <Pencil size={14} aria-hidden />
            </IconButton>
            <Unpin found={found} eventId={event.id} what={event.description} />
          </span>
        )}
      </div>
      {note && (
        <p className="px-2 pb-1.5 whitespace-pre-wrap text-ink-2">
          {note} <span className="text-meta text-ink-3">· {pinnedBy}</span>
        </p>
      )}
      {noting && <NoteDialog caseId={found.id} pinned={{ eventId: event.id, note, description: event.description }} onClose={() => setNoting(false)} />}
    </div>
  );
}

function Unpin({ found, eventId, what }: { found: CaseView; eventId: string; what: string }) {
  const { unpin } = usePinning();
  return (
    <IconButton label={`Unpin: ${what}`} disabled={unpin.isPending} onClick={() => unpin.mutate({ caseId: found.id, eventId })}>
      <PinOff size={14} aria-hidden />
    </IconButton>
  );
}

function NoteLine({ found, note, isOpen }: { found: CaseView; note: Note; isOpen: boolean }) {
  const trpc = useTRPC();
  const [editing, setEditing] = useState(false);
  const remove = useMutation(trpc.cases.removeNote.mutationOptions({ ...useCaseRefresh(), onError: (error) => toast(readApiError(error).message) }));
  return (
    <div className="flex items-start gap-x-3 px-2 py-1.5 max-sm:flex-wrap">
      <span className="text-meta leading-6 text-ink-2">
        <Time at={note.at} />
      </span>
      <p className="min-w-0 flex-1 leading-6 break-words whitespace-pre-wrap max-sm:order-last max-sm:basis-full">
        <NotebookPen size={14} aria-label="Note" className="mr-1.5 inline-block align-[-2px] text-ink-3" />
        {note.text}{" "}
        <span className="text-meta text-ink-3">
          · {note.writtenBy}
          {note.editedBy && `, edited by ${note.editedBy}`}
        </span>
      </p>
      {isOpen && (
        <span className="flex max-sm:ml-auto">
          <IconButton label={`Edit note: ${note.text}`} onClick={() => setEditing(true)}>
            <Pencil size={14} aria-hidden />
          </IconButton>
          <IconButton label={`Remove note: ${note.text}`} disabled={remove.isPending} onClick={() => remove.mutate({ caseId: found.id, noteId: note.id })}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </span>
      )}
      {editing && <NoteDialog caseId={found.id} note={note} onClose={() => setEditing(false)} />}
    </div>
  );
}
