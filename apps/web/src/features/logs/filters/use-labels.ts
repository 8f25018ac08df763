import type { Facets } from "./use-facets.ts";
import { clausesOf, type LogsSearch, type Scope } from "../logs-search.ts";
import type { Labels } from "./filter-words.ts";
import { useTeamNames } from "./use-team-names.ts";

/** What the values of a search are called, as far as the counts and the teams tell. */
export function useLabels(scope: Scope, search: LogsSearch, facets: Facets | undefined): Labels {
  const teams = useTeamNames(
    scope,
    clausesOf(search).some((clause) => clause.is === "key" && clause.key === "team"),
  );
  return (key, value) =>
    key === "team" ? teams.get(value) : facets?.groups.find((group) => group.key === key)?.values.find((each) => each.value === value)?.label;
}
