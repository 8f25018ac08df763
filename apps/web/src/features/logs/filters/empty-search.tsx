import { isAuditorRole, seesAllButOwners } from "@daybook/policy";
import { valuesOf } from "@daybook/query";
import { useQuery } from "@tanstack/react-query";
import { useOpen } from "../../../shell/organization.tsx";
import { useTRPC, type inferOutput, type Trpc } from "../../../trpc.ts";
import { Button } from "../../../ui/button.tsx";
import { EmptyPanel } from "../../../ui/state-panel.tsx";
import type { LogPlace } from "../log-place.ts";
import { clausesOf, withClauses, withoutFilters } from "../logs-search.ts";
import { inOneSentence } from "../scope-banner.tsx";
import type { Go } from "../use-logs-navigation.ts";
import { beyondAccess, ownInstead, type Beyond, type ScopeOf } from "./beyond-access.ts";
import { EmptyByFilter } from "./empty-filter.tsx";

const auditorNote = "You see what your grant covers and no other event, whether there are any or not.";

interface EmptySearchProps {
  place: LogPlace;
  onChange: Go;
}

/** Nothing was found: because this reader's log does not reach so far, or because a part of the search leaves nothing. */
export function EmptySearch({ place, onChange }: EmptySearchProps) {
  const { search, team } = place;
  const trpc = useTRPC();
  const { organization, session } = useOpen();
  const clauses = clausesOf(search);
  const namesActions = valuesOf(clauses, "action").length + valuesOf(clauses, "namespace").length > 0;
  const isLimited = team !== undefined || seesAllButOwners(organization.role);
  const catalog = useQuery(trpc.catalog.list.queryOptions(undefined, { enabled: isLimited && namesActions, staleTime: Infinity }));
  const beyond =
    search.as === undefined
      ? beyondAccess(clauses, { person: session.user, organization, inTeam: team !== undefined }, scopesIn(catalog.data?.entries ?? []))
      : null;
  if (catalog.isLoading) return null;
  if (beyond === null) return <EmptyByFilter place={place} onChange={onChange} {...(isAuditorRole(organization.role) && { note: auditorNote })} />;
  return (
    <div data-empty="beyond" data-state="forbidden">
      <EmptyPanel
        title={titleOf(beyond)}
        action={
          <>
            {beyond.why === "others" && (
              <Button look="primary" onClick={() => onChange(withClauses(search, ownInstead(clauses)))}>
                Show my activity
              </Button>
            )}
            <Button onClick={() => onChange(withoutFilters(search))}>Clear the search</Button>
          </>
        }
      >
        {sentenceOf(beyond)}
      </EmptyPanel>
    </div>
  );
}

const titleOf = (beyond: Beyond): string => {
  switch (beyond.why) {
    case "others":
      return beyond.administered.length === 0
        ? "Your access covers only your own activity"
        : `Your access covers your own activity and that of ${inOneSentence(beyond.administered)}`;
    case "organization":
      return "The log of a team does not cover this";
    case "owners":
      return "Only owners see this";
  }
};

const sentenceOf = (beyond: Beyond): string => {
  switch (beyond.why) {
    case "others":
      return `Other events of this ${beyond.what} are not shown to you, whether there are any or not. Owners and admins of the organization see the whole log.`;
    case "organization":
      return "These events are about the organization itself. They stand in the log of the organization, which its owners and admins see.";
    case "owners":
      return "These events are for the owners of the organization, whether there are any or not.";
  }
};

type Entry = inferOutput<Trpc["catalog"]["list"]>["entries"][number];

/** A namespace stands as wide as the widest of its actions. */
const scopesIn =
  (entries: readonly Entry[]): ScopeOf =>
  (key, value) => {
    const scopes = entries.filter((entry) => (key === "action" ? entry.key === value : entry.namespace === value)).map(({ scope }) => scope);
    return scopes.includes("team") ? "team" : scopes.includes("organization") ? "organization" : scopes[0];
  };
