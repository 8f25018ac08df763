import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { plural } from "../../ui/numbers.ts";
import { toast } from "../../ui/toast.tsx";

export function PurgeButton({ days }: { days: number | null }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button disabled={days === null} title={days === null ? "The policy keeps everything." : undefined} onClick={() => setAsking(true)}>
        Purge now…
      </Button>
      {asking && days !== null && <PurgeConfirm days={days} onClose={() => setAsking(false)} />}
    </>
  );
}

function PurgeConfirm({ days, onClose }: { days: number; onClose: () => void }) {
  const trpc = useTRPC();
  const preview = useQuery(trpc.retention.preview.queryOptions({ days }, { staleTime: 0 }));
  const purge = useMutation(
    trpc.retention.purgeNow.mutationOptions({
      onSuccess: () => {
        toast("The purge is under way. It appears in the purge log when it is done.");
        onClose();
      },
    }),
  );
  const count = preview.data ? plural(preview.data.count, "event") : "events";
  return (
    <Confirm
      title="Purge now?"
      act={`Delete ${count}`}
      busy={purge.isPending || !preview.data}
      error={purge.error ?? preview.error}
      onConfirm={() => purge.mutate()}
      onClose={onClose}
    >
      {preview.data ? `${count} older than ${plural(days, "day")} will be deleted for good.` : "Counting…"} The purge is recorded in the system log.
    </Confirm>
  );
}
