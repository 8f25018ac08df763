import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Pin, PinOff } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { filterOf } from "./case-steps.tsx";
import { isPinned, type CaseStep, type CaseView } from "./case-words.ts";
import { EventLines } from "./event-lines.tsx";
import { usePinning } from "./use-case.ts";

export const shownFirst = 20;
const shownMax = 200;

/** The events of a step, newest first, to be pinned from their rows. `j` and `k` walk through them, `p` pins the one with the focus. */
export function StepRows({ found, step }: { found: CaseView; step: CaseStep }) {
  const trpc = useTRPC();
  const [limit, setLimit] = useState(shownFirst);
  const rows = useQuery(
    trpc.events.list.queryOptions({ filter: { ...(step.q && { q: step.q }), ...filterOf(found) }, limit }, { placeholderData: keepPreviousData }),
  );
  const { pin, unpin } = usePinning();
  const isOpen = found.state === "open";
  const toggle = (eventId: string) =>
    isPinned(found, eventId) ? unpin.mutate({ caseId: found.id, eventId }) : pin.mutate({ caseId: found.id, eventIds: [eventId] });
  useKeys("cases", {
    j: () => walk(1),
    k: () => walk(-1),
    p: () => {
      const eventId = focusedRow()?.dataset["eventId"];
      if (!isOpen) return false;
      if (eventId) toggle(eventId);
      else toast("Go to an event with j first; p then pins it.");
      return true;
    },
  });
  return (
    <QueryPanel
      query={rows}
      what="Events of this step"
      isEmpty={({ events }) => events.length === 0}
      empty={<EmptyPanel title="Nothing found">{step.nothing ?? "No event of this time fits the search. Edit it above, or look further back."}</EmptyPanel>}
    >
      {({ events, nextCursor }) => (
        <div className="flex flex-col gap-2">
          <EventLines
            label={`Events of the step ${step.title}`}
            events={events}
            {...(isOpen && {
              action: (event) => <PinButton pinned={isPinned(found, event.id)} what={event.description} onToggle={() => toggle(event.id)} />,
            })}
          />
          {nextCursor !== null && limit < shownMax && (
            <Button className="self-center" disabled={rows.isFetching} onClick={() => setLimit(shownMax)}>
              Show up to {shownMax}
            </Button>
          )}
          {nextCursor !== null && limit >= shownMax && (
            <p className="text-center text-ink-2">These are the newest {shownMax}; the activity logs have them all.</p>
          )}
        </div>
      )}
    </QueryPanel>
  );
}

function PinButton({ pinned, what, onToggle }: { pinned: boolean; what: string; onToggle: () => void }) {
  const Icon = pinned ? PinOff : Pin;
  return (
    <IconButton label={`${pinned ? "Unpin" : "Pin"}: ${what}`} aria-pressed={pinned} onClick={onToggle} className={pinned ? "bg-selected text-accent" : ""}>
      <Icon size={14} aria-hidden />
    </IconButton>
  );
}

const rowsOnPage = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("main [data-event-id]")];
const focusedRow = (): HTMLElement | null | undefined => document.activeElement?.closest<HTMLElement>("[data-event-id]");

function walk(step: 1 | -1): void {
  const rows = rowsOnPage();
  const at = rows.findIndex((row) => row === focusedRow());
  const next = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)];
  next?.querySelector("a")?.focus();
}
