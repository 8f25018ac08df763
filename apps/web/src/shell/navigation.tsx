import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { Activity, Bell, BookOpen, CalendarClock, Cog, EyeOff, FileUp, Inbox, KeyRound, Plug, Siren, Timer, Workflow } from "lucide-react";
import { useTRPC } from "../trpc.ts";
import { useOrganization } from "./organization.tsx";

const places = [
  { to: "/o/$org/logs/$logType", logType: "activity", label: "Activity logs", Icon: Activity },
  { to: "/o/$org/logs/$logType", logType: "system", label: "System logs", Icon: Cog },
  { to: "/o/$org/operations", label: "Operations", Icon: Workflow },
  { to: "/o/$org/incidents", label: "Incidents", Icon: Siren },
  { to: "/o/$org/alerts", label: "Alerts", Icon: Bell },
  { to: "/o/$org/catalog", label: "Catalog", Icon: BookOpen },
  { to: "/o/$org/integrations", label: "Integrations", Icon: Plug },
  { to: "/o/$org/imports", label: "Import", Icon: FileUp },
  { to: "/o/$org/reports", label: "Reports", Icon: CalendarClock },
  { to: "/o/$org/mailbox", label: "Mailbox", Icon: Inbox },
  { to: "/o/$org/retention", label: "Retention", Icon: Timer },
  { to: "/o/$org/settings/redaction", label: "Redaction", Icon: EyeOff },
  { to: "/o/$org/settings/tokens", label: "API tokens", Icon: KeyRound },
] as const;

export function Navigation({ onGo }: { onGo?: () => void }) {
  const { slug } = useOrganization();
  const trpc = useTRPC();
  const open = useQuery(trpc.incidents.list.queryOptions({ state: "open" }, { refetchInterval: 30_000 }));
  return (
    <nav aria-label="Main" className="flex flex-col gap-px p-2">
      {places.map(({ to, label, Icon, ...place }) => (
        <Link
          key={label}
          to={to}
          params={{ org: slug, logType: "logType" in place ? place.logType : "activity" }}
          activeOptions={{ includeSearch: false }}
          onClick={onGo}
          className="touch inset-focus flex h-8 items-center gap-2 rounded-control px-2 text-ink-2 hover:bg-hover hover:text-ink data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-ink"
        >
          <Icon size={16} aria-hidden className="shrink-0" />
          <span className="flex-1">{label}</span>
          {label === "Incidents" && open.data && open.data.length > 0 && (
            <span className="rounded-chip bg-chip-failed px-1.5 text-meta font-medium text-failed">
              {open.data.length}
              <span className="sr-only"> open</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
