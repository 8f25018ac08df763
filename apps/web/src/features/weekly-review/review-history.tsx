import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { StateChip } from "../../ui/status-mark.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { weekStates } from "./review-words.ts";

const shownFirst = 12;
const shownMax = 53;

/** Which weeks somebody signed off, and which nobody did. */
export function ReviewHistory({ org, chosen }: { org: string; chosen: string | undefined }) {
  const trpc = useTRPC();
  const [limit, setLimit] = useState(shownFirst);
  const history = useQuery(trpc.reviews.list.queryOptions({ limit }, { placeholderData: keepPreviousData }));
  return (
    <QueryPanel query={history} what="Past weeks">
      {({ weeks, more }) => (
        <div className="flex flex-col gap-3">
          <Table label="Past weeks" columns={["Week", "State", "Signed off by", "Statement"]}>
            {weeks.map(({ week, until, state, signature }) => (
              <tr key={week} data-history={state} className={week === chosen ? "bg-surface" : ""}>
                <td data-label="Week" className="whitespace-nowrap">
                  <Link to="/o/$org/review" params={{ org }} search={{ week }} className="link" aria-current={week === chosen ? "true" : undefined}>
                    {week} – {until}
                  </Link>
                </td>
                <td data-label="State">
                  <StateChip tone={weekStates[state].tone}>{weekStates[state].label}</StateChip>
                </td>
                <td data-label="Signed off by">
                  {signature ? (
                    <span>
                      {signature.by}, <Time at={signature.at} as="day" />
                    </span>
                  ) : (
                    <span className="text-ink-3">Nobody</span>
                  )}
                </td>
                <td data-label="Statement" className="text-ink-2">
                  {signature?.statement ?? ""}
                </td>
              </tr>
            ))}
          </Table>
          {more && limit < shownMax && (
            <Button className="self-center" onClick={() => setLimit(shownMax)}>
              Show older weeks
            </Button>
          )}
        </div>
      )}
    </QueryPanel>
  );
}
