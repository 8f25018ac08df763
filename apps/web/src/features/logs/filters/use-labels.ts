import { useOrganization } from "../../../shell/organization.tsx";
import { clausesOf, type LogsSearch, type Scope } from "../logs-search.ts";
import type { Labels } from "./filter-words.ts";
import { useFacets, type Facets } from "./use-facets.ts";

/** What the values of a search are called, as far as the counts and the reader's own teams tell. Teams are counted only where a search names one. */
export function useLabels(scope: Scope, search: LogsSearch, facets: Facets | undefined): Labels {
  const own = useOrganization().teams;
  const namesTeam = clausesOf(search).some((clause) => clause.is === "key" && clause.key === "team");
  const teams = useFacets(scope, ["team"], namesTeam && scope.teamId === undefined);
  const groups = [...(facets?.groups ?? []), ...(teams.data?.groups ?? [])];
  return (key, value) =>
    (key === "team" ? own.find(({ id }) => id === value)?.name : undefined) ??
    groups.find((group) => group.key === key)?.values.find((each) => each.value === value)?.label;
}
