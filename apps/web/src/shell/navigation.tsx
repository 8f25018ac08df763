import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useTRPC } from "../trpc.ts";
import { unlessRefused } from "../ui/api-error.ts";
import { useOrganization } from "./organization.tsx";
import { linkTo, mainPlaces, openPlaces } from "./places.ts";

const item =
  "touch inset-focus flex h-8 items-center gap-2 rounded-control px-2 text-ink-2 hover:bg-hover hover:text-ink data-[status=active]:bg-selected data-[status=active]:font-medium data-[status=active]:text-ink";

export function Navigation({ onGo }: { onGo?: () => void }) {
  const { slug, grants, teams, without } = useOrganization();
  const trpc = useTRPC();
  const open = useQuery(
    trpc.incidents.list.queryOptions(
      { state: "open" },
      { refetchInterval: ({ state: { error } }) => unlessRefused(error, 30_000), enabled: grants.includes("alerts:read") && !without.includes("alerts") },
    ),
  );
  return (
    <nav aria-label="Main" className="flex flex-col gap-px p-2">
      {openPlaces(mainPlaces, grants).map((place) => {
        const { label, Icon } = place;
        return (
          <Link key={label} {...linkTo(place, slug)} activeOptions={{ includeSearch: false }} onClick={onGo} className={item}>
            <Icon size={16} aria-hidden className="shrink-0" />
            <span className="flex-1">{label}</span>
            {label === "Incidents" && open.data && open.data.length > 0 && (
              <span className="rounded-chip bg-chip-failed px-1.5 text-meta font-medium text-failed">
                {open.data.length}
                <span className="sr-only"> open</span>
              </span>
            )}
          </Link>
        );
      })}
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
