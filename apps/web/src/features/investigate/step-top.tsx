import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { parseSearch, printSearch, withValue, type FacetKey } from "@daybook/query";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { plural } from "../../ui/numbers.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { filterOf } from "./case-steps.tsx";
import type { CaseStep, CaseView } from "./case-words.ts";
import { shownFirst } from "./step-rows.tsx";

const shownMax = 10;
const words: Partial<Record<FacetKey, string>> = { actor: "actors", ip: "addresses", resource: "resources" };

/** Who, or what, is behind the events of a step, most often first. */
export function StepTop({ found, step, by }: { found: CaseView; step: CaseStep; by: FacetKey }) {
  const trpc = useTRPC();
  const { slug: org } = useOrganization();
  const facets = useQuery(
    trpc.events.facets.queryOptions({ filter: { ...(step.q && { q: step.q }), ...filterOf(found) }, keys: [by] }, { placeholderData: keepPreviousData }),
  );
  // The rows below ask the same, so it is asked once: where the newest of them stand, a value's others stand as well.
  const rows = useQuery(trpc.events.list.queryOptions({ filter: { ...(step.q && { q: step.q }), ...filterOf(found) }, limit: shownFirst }));
  const logType = rows.data?.events[0]?.log_type ?? "activity";
  const what = words[by] ?? "values";
  return (
    <QueryPanel query={facets} what={`Top ${what}`} isEmpty={({ groups }) => !groups[0]?.values.length} empty={null}>
      {({ groups: [group] }) => {
        const values = group?.values.slice(0, shownMax) ?? [];
        const most = Math.max(1, ...values.map(({ count }) => count));
        return (
          <div data-top={by}>
            <ol aria-label={`Top ${what}`} className="rounded-card border">
              {values.map(({ value, label, count }) => (
                <li key={value} className="border-b last:border-0">
                  <Link
                    to="/o/$org/logs/$logType"
                    params={{ org, logType }}
                    search={{ q: printSearch(withValue(parseSearch(step.q).clauses, by, value)), ...filterOf(found) }}
                    className="inset-focus relative flex min-h-8 items-center justify-between gap-3 px-3 hover:bg-hover"
                  >
                    <span aria-hidden className="absolute inset-y-1 left-0 rounded-r-chip bg-selected" style={{ width: `${(count / most) * 60}%` }} />
                    <span className="relative min-w-0 truncate">{label}</span>
                    <span className="relative shrink-0 text-ink-2">
                      {group?.exact === false && "≥ "}
                      {plural(count, "event")}
                    </span>
                  </Link>
                </li>
              ))}
            </ol>
            {(group?.more || (group?.values.length ?? 0) > shownMax) && (
              <p className="mt-1 text-meta text-ink-3">
                The {shownMax} most frequent {what}.
              </p>
            )}
          </div>
        );
      }}
    </QueryPanel>
  );
}
