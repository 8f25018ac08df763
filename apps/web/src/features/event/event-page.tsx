import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { CopyTextButton } from "../../ui/copy-button.tsx";
import { useOrganization } from "../../shell/organization.tsx";
import { useTitle } from "../../ui/page.tsx";
import { usePreference } from "../../ui/preferences.ts";
import { ZoneContext } from "../../ui/zone-context.ts";
import { shownZone } from "../logs/time/shown-zone.ts";
import { filtered } from "./event-filter.ts";
import { EventView } from "./event-view.tsx";
import { useEvent } from "./use-event.ts";

/** The permalink: the same event whatever filter anyone has set. */
export function EventPage() {
  const { timeZone } = useOrganization();
  const times = usePreference("times");
  return (
    <ZoneContext value={shownZone(undefined, timeZone, times)}>
      <Permalink />
    </ZoneContext>
  );
}

function Permalink() {
  const { org, id } = useParams({ from: "/o/$org/events/$id" });
  const { tab = "details" } = useSearch({ from: "/o/$org/events/$id" });
  const navigate = useNavigate();
  const event = useEvent(id).data?.event;
  useTitle(event?.description ?? "Event");
  const logType = event?.log_type ?? "activity";
  const permalink = `${location.origin}/o/${org}/events/${id}`;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex min-h-full max-w-[880px] flex-col px-1 py-3 sm:px-4">
        <Link to="/o/$org/logs/$logType" params={{ org, logType }} className="link flex h-7 items-center gap-1 self-start px-3">
          <ChevronLeft size={14} aria-hidden />
          {logType === "activity" ? "Activity logs" : "System logs"}
        </Link>
        <EventView
          id={id}
          tab={tab}
          onTab={(chosen) =>
            void navigate({ to: "/o/$org/events/$id", params: { org, id }, search: chosen === "details" ? {} : { tab: chosen }, replace: true })
          }
          onFilter={(filter, how) => void navigate({ to: "/o/$org/logs/$logType", params: { org, logType }, search: { q: filtered(undefined, filter, how) } })}
          heading={(text) => <h1 className="text-page break-words">{text}</h1>}
          permalink={permalink}
          actions={<CopyTextButton text={permalink} label="Copy permalink" />}
        />
      </div>
    </div>
  );
}
