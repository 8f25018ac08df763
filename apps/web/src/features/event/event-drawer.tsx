import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronUp, Maximize2, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useOpen } from "../../shell/organization.tsx";
import { IconButton } from "../../ui/button.tsx";
import { toast } from "../../ui/toast.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { withEvent, type EventTab, type LogsSearch, type Scope } from "../logs/logs-search.ts";
import { absoluteLink } from "../logs/copy-link.ts";
import type { Events } from "../logs/grid/use-events.ts";
import type { Go } from "../logs/use-logs-navigation.ts";
import { DrawerFrame } from "./drawer-frame.tsx";
import { filtered } from "./event-filter.ts";
import { EventView } from "./event-view.tsx";
import type { FilterBy } from "./field-row.tsx";
import { isOutside } from "./is-outside.ts";
import { useEvent } from "./use-event.ts";

interface EventDrawerProps {
  id: string;
  /** The list beside it. */
  events: Events;
  /** What the list beside it shows. */
  scope: Scope;
  search: LogsSearch;
  onChange: Go;
  onStep: (step: number) => void;
  onClose: () => void;
}

/** A link may name an event that stands further down: so many rows are loaded to show it in its list. */
const soughtRowsMax = 1_000;

function seekOlder({ list, rows, state, isStale }: Events, occurredAt: string | undefined): void {
  if (occurredAt === undefined || isStale || state.isWhole || state.older.is !== "idle" || rows.length >= soughtRowsMax) return;
  const reached = rows.at(rows.length - 1)?.occurred_at ?? occurredAt;
  if (reached >= occurredAt) void list?.loadOlder();
}

/** Narrower, and the drawer covers the list: then a filter that is set here would change what nobody sees. */
const besideList = "(min-width: 1024px)";

/** Beside the list, not over it: the list stays alive, and another row switches the event in place. */
export function EventDrawer({ id, events, scope, search, onChange, onStep, onClose }: EventDrawerProps) {
  const { organization, session } = useOpen();
  const panel = useRef<HTMLElement>(null);
  // What the row knows shows before the whole event has arrived.
  const row = events.rows.at(events.rows.indexOf(id));
  const link = () => absoluteLink(`${location.origin}${location.pathname}`, search, organization.timeZone, Date.now());
  const event = useEvent(id, scope.teamId).data?.event;
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  useKeys("everywhere", { Escape: onClose });
  const setTab = (tab: EventTab) => {
    const { tab: _, ...rest } = search;
    onChange(tab === "details" ? rest : { ...rest, tab }, "replace");
  };
  const filterBy: FilterBy = (filter, how) => {
    const stays = matchMedia(besideList).matches;
    onChange({ ...(stays ? search : withEvent(search, undefined)), q: filtered(search.q, filter, how) });
    toast(`${how === "include" ? "Only" : "Without"} ${filter.value}.`);
  };
  const outside = row === undefined && event !== undefined && isOutside(event, scope, session.user.id);
  const soughtAt = row === undefined && event !== undefined && !outside ? event.occurred_at : undefined;
  useEffect(() => seekOlder(events, soughtAt), [events, soughtAt]);
  return (
    <DrawerFrame ref={panel}>
      <EventView
        id={id}
        row={row}
        teamId={scope.teamId}
        tab={search.tab ?? "details"}
        onTab={setTab}
        onFilter={filterBy}
        permalink={`${location.origin}/o/${organization.slug}/events/${id}`}
        link={link}
        heading={(text) => (
          // A name may have a thousand characters; whole it stands among the details.
          <h2 className="line-clamp-4 text-section break-words" title={text}>
            {text}
          </h2>
        )}
        note={
          outside && (
            <p role="note" data-outside className="border-y bg-surface px-4 py-1.5 text-meta text-ink-2">
              Not in this list: the filters or the range leave it out.
            </p>
          )
        }
        actions={
          <>
            <IconButton label="Previous event" onClick={() => onStep(-1)}>
              <ChevronUp size={16} aria-hidden />
            </IconButton>
            <IconButton label="Next event" onClick={() => onStep(1)}>
              <ChevronDown size={16} aria-hidden />
            </IconButton>
            <Link
              to="/o/$org/events/$id"
              params={{ org: organization.slug, id }}
              preload={false}
              aria-label="Open as a page"
              title="Open as a page"
              className="inline-grid size-7 place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink"
            >
              <Maximize2 size={14} aria-hidden />
            </Link>
            <IconButton label="Close" onClick={onClose}>
              <X size={16} aria-hidden />
            </IconButton>
          </>
        }
      />
    </DrawerFrame>
  );
}
