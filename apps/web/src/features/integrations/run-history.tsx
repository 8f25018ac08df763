import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { duration, inWords, wholeNumber } from "../../ui/numbers.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { RunState } from "./run-state.tsx";
import { searchFor } from "../logs/search-text.ts";

export function RunHistory({ sourceId, busy }: { sourceId: string; busy: boolean }) {
  const { slug: org } = useOrganization();
  const trpc = useTRPC();
  const runs = useQuery(trpc.sources.runs.queryOptions({ sourceId }, { refetchInterval: busy ? 1000 : false }));
  return (
    <QueryPanel
      query={runs}
      what="The run history"
      isEmpty={(list) => list.length === 0}
      empty={<p className="text-ink-2">No run yet. Run now starts the first.</p>}
    >
      {(list) => (
        <Table label="Runs" columns={["State", "Started", "Duration", "Trigger", "Found", ""]}>
          {list.map((run) => (
            <tr key={run.id} data-run={run.id}>
              <td data-label="State">
                <RunState run={run} />
              </td>
              <td data-label="Started">
                <Time at={run.startedAt ?? run.requestedAt} />
              </td>
              <td data-label="Duration" className="whitespace-nowrap">
                {run.durationMs === null ? "–" : duration(run.durationMs)}
              </td>
              <td data-label="Trigger">{run.trigger.name}</td>
              <td data-label="Found" className="min-w-[180px]">
                {run.error ? <span className="break-words text-failed">{run.error}</span> : countWords(run.counts)}
              </td>
              <td className="text-right whitespace-nowrap">
                <Link
                  to="/o/$org/logs/$logType"
                  params={{ org, logType: "system" }}
                  search={{ q: searchFor("operation_id", run.operationId) }}
                  className="link"
                >
                  System log
                </Link>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </QueryPanel>
  );
}

function countWords(counts: Record<string, number>): string {
  const words = Object.entries(counts).map(([name, count]) => `${wholeNumber(count)} ${inWords(name.replaceAll(/([a-z])([A-Z])/g, "$1_$2")).toLowerCase()}`);
  return words.length === 0 ? "–" : words.join(" · ");
}
