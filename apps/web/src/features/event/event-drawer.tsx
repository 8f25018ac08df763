import { Link } from "@tanstack/react-router";
import type { EventRow } from "@daybook/event";
import { ChevronDown, ChevronUp, Link2, Maximize2, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { IconButton } from "../../ui/button.tsx";
import { copyText } from "../../ui/copy-text.ts";
import { toast } from "../../ui/toast.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { addValue, withEvent, type EventTab, type LogsSearch } from "../logs/logs-search.ts";
import type { Go } from "../logs/use-logs-navigation.ts";
import { DrawerFrame } from "./drawer-frame.tsx";
import { EventView } from "./event-view.tsx";

interface EventDrawerProps {
  id: string;
  /** The row in the list, when it is there: its facts show before the whole event has arrived. */
  row: EventRow | undefined;
  /** The team whose log it stands in. */
  teamId?: string | undefined;
  search: LogsSearch;
  onChange: Go;
  onStep: (step: number) => void;
  onClose: () => void;
}

/** Beside the list, not over it: the list stays alive, and another row switches the event in place. */
export function EventDrawer({ id, row, teamId, search, onChange, onStep, onClose }: EventDrawerProps) {
  const { slug } = useOrganization();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  useKeys({ Escape: onClose });
  const permalink = `/o/${slug}/events/${id}`;
  const setTab = (tab: EventTab) => {
    const { tab: _, ...rest } = search;
    onChange(tab === "details" ? rest : { ...rest, tab }, "replace");
  };
  return (
    <DrawerFrame ref={panel}>
      <EventView
        id={id}
        row={row}
        teamId={teamId}
        tab={search.tab ?? "details"}
        onTab={setTab}
        onFilter={(name, value) => onChange(addValue(withEvent(search, undefined), name, value))}
        heading={(text) => <h2 className="text-section break-words">{text}</h2>}
        actions={
          <div className="-mr-2 flex shrink-0">
            <IconButton label="Previous event" onClick={() => onStep(-1)}>
              <ChevronUp size={16} aria-hidden />
            </IconButton>
            <IconButton label="Next event" onClick={() => onStep(1)}>
              <ChevronDown size={16} aria-hidden />
            </IconButton>
            <IconButton label="Copy permalink" onClick={() => void copyText(location.origin + permalink).then(() => toast("Permalink copied."))}>
              <Link2 size={15} aria-hidden />
            </IconButton>
            <Link
              to="/o/$org/events/$id"
              params={{ org: slug, id }}
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
          </div>
        }
      />
    </DrawerFrame>
  );
}
