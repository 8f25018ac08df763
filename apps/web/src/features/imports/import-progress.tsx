import { uuidV7 } from "@daybook/event";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/field.tsx";
import { plural, wholeNumber } from "../../ui/numbers.ts";
import { Card, Fact } from "../../ui/page.tsx";
import { useNow } from "../../ui/use-now.ts";
import { fileSize } from "./file-size.ts";
import { ImportState } from "./import-state.tsx";
import type { ImportRun } from "./import-types.ts";
import { ProblemLines } from "./problem-lines.tsx";
import { reportText } from "./report-text.ts";
import { sendFile } from "./send-file.ts";
import { UndoButton } from "./undo-button.tsx";
import { searchFor } from "../logs/search-text.ts";

const pollMs = 700;

/** `crypto.randomUUID` is there on https only, and Daybook may run on plain http. */
const newImportId = () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

interface ProgressProps {
  file: File;
  vendor: string;
  onAnother: () => void;
}

/** Sends the file and tells how far it is, and at its end what came of it. */
export function ImportProgress({ file, vendor, onAnother }: ProgressProps) {
  const { id: organizationId, slug: org } = useOrganization();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [importId] = useState(newImportId);
  const begun = useRef(false);
  const send = useMutation({
    mutationFn: () => sendFile({ organizationId, importId, vendor, file }),
    onSettled: () => queryClient.invalidateQueries(trpc.imports.pathFilter()),
  });
  const { mutate } = send;
  // Once, whatever the page renders in between: a second request would be a second import.
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    mutate();
  }, [mutate]);
  const query = useQuery(
    trpc.imports.get.queryOptions(
      { importId },
      // Until the first line has arrived there is no such import.
      { retry: false, refetchInterval: ({ state }) => (send.isPending || state.data?.state === "running" || state.data?.state === "undoing" ? pollMs : false) },
    ),
  );
  const run = query.data;
  const over = !send.isPending && !send.isIdle;
  return (
    <Card className="flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-section min-w-0 flex-1 break-words">{file.name}</h2>
        {run && <ImportState state={run.state} />}
      </div>
      {!over && <Bar run={run} size={file.size} />}
      {send.isError && <FormError>{run?.error ?? send.error.message}</FormError>}
      {run && over && (
        <>
          {run.state === "failed" && !send.isError && <FormError>{run.error}</FormError>}
          <dl className="flex flex-wrap gap-x-10 gap-y-3" data-import={run.id}>
            <Fact label="Created">
              <span className="text-section">{wholeNumber(run.created)}</span>
            </Fact>
            <Fact label="There already">
              <span className="text-section">{wholeNumber(run.duplicates)}</span>
            </Fact>
            <Fact label="Same id, other content">
              <span className="text-section">{wholeNumber(run.conflictsTotal)}</span>
            </Fact>
            <Fact label="Did not come in">
              <span className="text-section">{wholeNumber(run.problemsTotal)}</span>
            </Fact>
          </dl>
          <ProblemLines title={`${plural(run.problemsTotal, "record")} did not come in`} lines={run.problems} total={run.problemsTotal} />
        </>
      )}
      {over && (
        <div className="flex flex-wrap items-center gap-2">
          <Button look="primary" onClick={onAnother}>
            Import another file
          </Button>
          {run && run.created > 0 && (
            <Link to="/o/$org/logs/$logType" params={{ org, logType: "activity" }} search={{ q: searchFor("import", run.id) }} className="link px-1">
              See in Logs
            </Link>
          )}
          {run && run.problemsTotal + run.conflictsTotal > 0 && <ReportLink run={run} />}
          {run && <UndoButton run={run} />}
        </div>
      )}
    </Card>
  );
}

function Bar({ run, size }: { run: ImportRun | undefined; size: number }) {
  const now = useNow();
  const read = run?.bytesRead ?? 0;
  const share = size === 0 ? 1 : Math.min(1, read / size);
  const seconds = run ? Math.max(1, (now - Date.parse(run.startedAt)) / 1_000) : 1;
  const done = run ? run.created + run.duplicates : 0;
  return (
    <div className="flex flex-col gap-1">
      <div
        role="progressbar"
        aria-label="Import"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className="h-2 overflow-hidden rounded-full bg-hover"
      >
        <div className="h-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
      <p role="status" className="text-ink-2">
        {run ? `${fileSize(read)} of ${fileSize(size)} · ${plural(done, "event")} · ${wholeNumber(Math.round(done / seconds))} a second` : "Sending…"}
      </p>
    </div>
  );
}

function ReportLink({ run }: { run: ImportRun }) {
  return (
    <Button
      onClick={() => {
        const url = URL.createObjectURL(new Blob([reportText(run)], { type: "text/plain" }));
        const link = Object.assign(document.createElement("a"), { href: url, download: `${run.fileName}.report.txt` });
        link.click();
        URL.revokeObjectURL(url);
      }}
    >
      Download the report
    </Button>
  );
}
