import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.ts";
import { CopyTextButton } from "../../ui/copy-button.tsx";
import { useTitle } from "../../ui/page.tsx";
import { EventView } from "./event-view.tsx";

/** The permalink: the same event whatever filter anyone has set. */
export function EventPage() {
  const { org, id } = useParams({ from: "/o/$org/events/$id" });
  const { tab = "details" } = useSearch({ from: "/o/$org/events/$id" });
  const navigate = useNavigate();
  const trpc = useTRPC();
  const event = useQuery(trpc.events.get.queryOptions({ id }, { staleTime: Infinity })).data?.event;
  useTitle(event?.description ?? "Event");
  const logType = event?.log_type ?? "activity";
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
          onFilter={(name, value) => void navigate({ to: "/o/$org/logs/$logType", params: { org, logType }, search: { [name]: [value] } })}
          heading={(text) => <h1 className="text-page break-words">{text}</h1>}
          actions={<CopyTextButton text={location.href} label="Copy permalink" />}
        />
      </div>
    </div>
  );
}
