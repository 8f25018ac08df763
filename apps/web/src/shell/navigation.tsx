import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { Activity, Bell, BookOpen, Building2, CalendarClock, Cog, FileUp, Inbox, Plug, Settings, Siren, Timer, Users, Workflow } from "lucide-react";
import { useTRPC } from "../trpc.ts";
import { useOrganization } from "./organization.tsx";

const places = [
  { to: "/o/$org/logs/$logType", logType: "activity", label: "Activity logs", Icon: Activity, needs: "events:read" },
  { to: "/o/$org/logs/$logType", logType: "system", label: "System logs", Icon: Cog, needs: "events:read" },
  { to: "/o/$org/operations", label: "Operations", Icon: Workflow, needs: "events:read" },
  { to: "/o/$org/incidents", label: "Incidents", Icon: Siren, needs: "alerts:read" },
  { to: "/o/$org/alerts", label: "Alerts", Icon: Bell, needs: "alerts:read" },
  { to: "/o/$org/catalog", label: "Catalog", Icon: BookOpen, needs: "events:read" },
  { to: "/o/$org/integrations", label: "Integrations", Icon: Plug, needs: "sources:read" },
  { to: "/o/$org/imports", label: "Import", Icon: FileUp, needs: "imports:read" },
  { to: "/o/$org/reports", label: "Reports", Icon: CalendarClock, needs: "reports:read" },
  { to: "/o/$org/mailbox", label: "Mailbox", Icon: Inbox, needs: "mailbox:read" },
  { to: "/o/$org/retention", label: "Retention", Icon: Timer, needs: "retention:read" },
  { to: "/o/$org/organization", label: "Organization", Icon: Building2, needs: "teams:read" },
  { to: "/o/$org/settings/general", label: "Settings", Icon: Settings, needs: "organization:manage" },
] as const;

const item =
  "touch inset-focus flex h-8 items-center gap-2 rounded-control px-2 text-ink-2 hover:bg-hover hover:text-ink data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-ink";

export function Navigation({ onGo }: { onGo?: () => void }) {
  const { slug, grants, teams } = useOrganization();
  const trpc = useTRPC();
  const open = useQuery(trpc.incidents.list.queryOptions({ state: "open" }, { refetchInterval: 30_000, enabled: grants.includes("alerts:read") }));
  return (
    <nav aria-label="Main" className="flex flex-col gap-px p-2">
      {places
        .filter(({ needs }) => grants.includes(needs))
        .map(({ to, label, Icon, ...place }) => (
          <Link
            key={label}
            to={to}
            params={{ org: slug, logType: "logType" in place ? place.logType : "activity" }}
            activeOptions={{ includeSearch: false }}
            onClick={onGo}
            className={item}
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
      {teams.length > 0 && <h2 className="px-2 pt-3 pb-1 text-meta text-ink-3">{teams.length === 1 ? "Team" : "Teams"}</h2>}
      {teams.map((team) => (
        <Link key={team.id} to="/o/$org/teams/$team" params={{ org: slug, team: team.id }} onClick={onGo} className={item}>
          <Users size={16} aria-hidden className="shrink-0" />
          <span className="flex-1 truncate">{team.name}</span>
        </Link>
      ))}
    </nav>
  );
}
