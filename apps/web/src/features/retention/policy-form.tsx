import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Field } from "../../ui/field.tsx";
import { plural, wholeNumber } from "../../ui/numbers.ts";
import { Card } from "../../ui/page.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Time } from "../../ui/time.tsx";
import { useSettled } from "../../ui/use-settled.ts";

const daysMax = 36_500;
const modes = [
  { value: "all", label: "Keep everything" },
  { value: "days", label: "Keep for a number of days" },
] as const;

/** The consequence stands beside the choice before anything is saved. */
export function PolicyForm({ days }: { days: number | null }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [mode, setMode] = useState<"all" | "days">(days === null ? "all" : "days");
  const [typed, setTyped] = useState(String(days ?? 365));
  const [asking, setAsking] = useState(false);
  const count = Number(typed);
  const valid = mode === "all" || (Number.isInteger(count) && count >= 1 && count <= daysMax);
  const chosen = mode === "all" ? null : count;
  const settled = useSettled(count, 250);
  const preview = useQuery(trpc.retention.preview.queryOptions({ days: settled }, { enabled: mode === "days" && valid && settled === count }));
  const set = useMutation(
    trpc.retention.set.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await queryClient.invalidateQueries(trpc.retention.pathFilter());
      },
    }),
  );
  const going = mode === "days" ? (preview.data?.count ?? 0) : 0;
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="text-section">Policy</h2>
      <Segmented label="Policy" options={modes} value={mode} onChange={setMode} />
      {mode === "days" && (
        <div className="max-w-[220px]">
          <Field label="Days" error={valid ? null : `A whole number from 1 to ${wholeNumber(daysMax)}.`}>
            {(control) => (
              <input {...control} type="number" min={1} max={daysMax} className="control" value={typed} onChange={(event) => setTyped(event.target.value)} />
            )}
          </Field>
        </div>
      )}
      <p role="status" data-preview-count={preview.data?.count} className={going > 0 ? "text-failed" : "text-ink-2"}>
        {mode === "all" ? (
          "Nothing is deleted."
        ) : preview.data && valid ? (
          <>
            {going === 0 ? "No event" : plural(going, "event")} from before <Time at={preview.data.before} /> would be deleted at the next purge.
          </>
        ) : (
          " "
        )}
      </p>
      <div>
        <Button look="primary" disabled={!valid || chosen === days || (mode === "days" && !preview.data)} onClick={() => setAsking(true)}>
          Save policy…
        </Button>
      </div>
      {asking && (
        <Confirm
          title="Change the retention policy?"
          act={going > 0 ? `Delete ${plural(going, "event")}` : chosen === null ? "Keep everything" : `Keep ${plural(chosen, "day")}`}
          danger={going > 0}
          busy={set.isPending}
          error={set.error}
          onConfirm={() => set.mutate({ days: chosen })}
          onClose={() => setAsking(false)}
        >
          {going > 0 ? `${plural(going, "event")} will be deleted at the next purge and cannot be recovered. ` : "No event that is here now will be deleted. "}
          The change is recorded in the activity log.
        </Confirm>
      )}
    </Card>
  );
}
