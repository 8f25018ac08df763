import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { plural } from "../../ui/numbers.ts";
import type { ImportRun } from "./import-types.ts";

const undoable = new Set<ImportRun["state"]>(["completed", "failed", "interrupted"]);

export function UndoButton({ run }: { run: ImportRun }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const undo = useMutation(
    trpc.imports.undo.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await queryClient.invalidateQueries(trpc.imports.pathFilter());
      },
    }),
  );
  if (!undoable.has(run.state) || run.created === 0) return null;
  const events = plural(run.created, "event");
  return (
    <>
      <Button size="dense" onClick={() => setAsking(true)}>
        Undo…
      </Button>
      {asking && (
        <Confirm
          title={`Undo the import of ${run.fileName}?`}
          act={`Remove ${events}`}
          busy={undo.isPending}
          error={undo.error}
          onConfirm={() => undo.mutate({ importId: run.id })}
          onClose={() => setAsking(false)}
        >
          The {events} that this import created leave the log, and the counts with them. Events of other imports stay, and the same file can be imported again.
          The undo is recorded with your name.
        </Confirm>
      )}
    </>
  );
}
