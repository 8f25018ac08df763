import { withoutClause, type Clause } from "@daybook/query";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../trpc.ts";
import { Button } from "../../../ui/button.tsx";
import { plural } from "../../../ui/numbers.ts";
import { EmptyPanel } from "../../../ui/state-panel.tsx";
import { useZone } from "../../../ui/zone-context.ts";
import { useNow } from "../../../ui/use-now.ts";
import type { LogPlace } from "../log-place.ts";
import { clausesOf, hasRange, toFilter, withClauses, withoutFilters, withRange, type Scope } from "../logs-search.ts";
import { textOf } from "../search-text.ts";
import type { Go } from "../use-logs-navigation.ts";

/** As many searches as the server counts at once. */
const countedMax = 10;
const offeredMax = 3;

interface EmptyByFilterProps {
  place: LogPlace;
  onChange: Go;
  /** What else is to be known of an empty list. */
  note?: string;
}

/** Everything asked for must hold at once: which part of it would have to go, by how much that would show. */
export function EmptyByFilter({ place, onChange, note }: EmptyByFilterProps) {
  const { search, logType, team } = place;
  const trpc = useTRPC();
  const zone = useZone();
  const now = useNow();
  const clauses = clausesOf(search);
  const q = textOf(clauses);
  const scope = (filter: Scope["filter"]): Scope => ({ logType, filter, ...(team && { teamId: team.id }) });
  const without = clauses.slice(0, countedMax).map((gone) => ({ gone, rest: withoutClause(clauses, gone) }));
  const counted = useQuery(
    trpc.events.counts.queryOptions(
      { ...scope(toFilter(search, zone, now)), searches: without.map(({ rest }) => textOf(rest)) },
      { enabled: without.length > 0 },
    ),
  );
  const ranged = hasRange(search);
  const ever = useQuery(trpc.events.counts.queryOptions({ ...scope({}), searches: [q] }, { enabled: ranged }));
  const offers = without
    .map((each, index) => ({ ...each, found: counted.data?.[index] }))
    .filter(({ found }) => (found?.count ?? 0) > 0)
    .sort((a, b) => (b.found?.count ?? 0) - (a.found?.count ?? 0))
    .slice(0, offeredMax);
  const inAllTime = ever.data?.[0];
  return (
    <div data-empty="filter" data-state={counted.isPending && without.length > 0 ? "loading" : "ready"}>
      <EmptyPanel title="No event matches this search">
        <p>All parts of it must hold at once.{offers.length > 0 && " With one part less there are events:"}</p>
        {note && <p>{note}</p>}
        <ul className="mt-3 flex flex-col items-center gap-2">
          {offers.map(({ gone, rest, found }, index) => (
            <li key={textOf([gone])} className="max-w-full">
              <Button look={index === 0 ? "primary" : "quiet"} className="max-w-full" onClick={() => onChange(withClauses(search, rest))}>
                <span className="truncate">
                  Without <code>{clauseText(gone)}</code>: {amount(found)}
                </span>
              </Button>
            </li>
          ))}
          {inAllTime && inAllTime.count > 0 && (
            <li>
              <Button look={offers.length === 0 ? "primary" : "quiet"} onClick={() => onChange(withRange(search, {}))}>
                In all time: {amount(inAllTime)}
              </Button>
            </li>
          )}
          <li>
            <Button
              look={offers.length === 0 && !inAllTime?.count && !counted.isPending ? "primary" : "quiet"}
              onClick={() => onChange(withoutFilters(search))}
            >
              {clauses.length > 1 ? "Clear the whole search" : "Clear the search"}
            </Button>
          </li>
        </ul>
      </EmptyPanel>
    </div>
  );
}

/** Longer clauses are cut, so that the number stays in sight. */
const clauseLengthMax = 60;
const clauseText = (clause: Clause): string => {
  const text = textOf([clause]);
  return text.length > clauseLengthMax ? `${text.slice(0, clauseLengthMax)}…` : text;
};
const amount = (found: { count: number; capped: boolean } | undefined): string =>
  found === undefined ? "" : found.capped ? `more than ${plural(found.count, "event")}` : plural(found.count, "event");
