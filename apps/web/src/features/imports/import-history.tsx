import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { unlessRefused } from "../../ui/api-error.ts";
import { plural } from "../../ui/numbers.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { ImportState } from "./import-state.tsx";
import type { ImportRun } from "./import-types.ts";
import { UndoButton } from "./undo-button.tsx";
import { searchFor } from "../logs/search-text.ts";

const busyPollMs = 1_000;
const pollMs = 15_000;

export function ImportHistory() {
  const { slug: org } = useOrganization();
  const trpc = useTRPC();
  const runs = useQuery(
    trpc.imports.list.queryOptions(undefined, {
      refetchInterval: ({ state: { data, error } }) =>
        unlessRefused(error, data?.some((run) => run.state === "running" || run.state === "undoing") ? busyPollMs : pollMs),
    }),
  );
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-section">History</h2>
      <QueryPanel query={runs} what="The history" isEmpty={(list) => list.length === 0} empty={<p className="text-ink-2">Nothing was imported yet.</p>}>
        {(list) => (
          <Table label="Imports" columns={["File", "State", "Started", "Result", ""]}>
            {list.map((run) => (
              <tr key={run.id} data-import={run.id}>
                <td data-label="File" className="break-words sm:max-w-[260px]">
                  {run.fileName} <span className="text-ink-3">{run.title}</span>
                </td>
                <td data-label="State">
                  <ImportState state={run.state} />
                </td>
                <td data-label="Started">
                  <span>
                    <Time at={run.startedAt} /> <span className="text-ink-3">{run.startedBy}</span>
                  </span>
                </td>
                <td data-label="Result" className="break-words sm:max-w-[300px]">
                  {resultOf(run)}
                </td>
                <td>
                  <span className="flex items-center justify-end gap-3">
                    {run.created > run.undoneEvents && (
                      <Link
                        to="/o/$org/logs/$logType"
                        params={{ org, logType: "activity" }}
                        search={{ q: searchFor("import", run.id) }}
                        className="link whitespace-nowrap"
                      >
                        See in Logs
                      </Link>
                    )}
                    <UndoButton run={run} />
                  </span>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </QueryPanel>
    </section>
  );
}

function resultOf(run: ImportRun): string {
  if (run.state === "undone") return `${plural(run.undoneEvents, "event")} removed${run.undoneBy ? ` for ${run.undoneBy}` : ""}`;
  if (run.state === "undoing") return `${plural(run.undoneEvents, "event")} of ${run.created} removed`;
  const words = [
    `${plural(run.created, "event")} created`,
    ...(run.duplicates > 0 ? [`${run.duplicates} there already`] : []),
    ...(run.conflictsTotal > 0 ? [`${run.conflictsTotal} with an id that was taken`] : []),
    ...(run.problemsTotal > 0 ? [`${run.problemsTotal} not read`] : []),
  ].join(" · ");
  if (run.state === "interrupted") return `${words}. Import the file again: what is there already is passed over.`;
  return run.error ? `${words}. ${run.error}` : words;
}
