import { accessTitles, defaultAccesses, type DefaultAccess } from "@daybook/policy";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Card } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { defaultConsequence } from "./access-words.ts";
import { useAfterChange } from "./use-after-change.ts";

type Default = inferOutput<Trpc["access"]["default"]>;
const options = defaultAccesses.map((value) => ({ value, label: accessTitles[value] }));

/** What members have on every collection without being named, and whom a change would touch. */
export function DefaultAccessCard() {
  const query = useQuery(useTRPC().access.default.queryOptions());
  return (
    <QueryPanel query={query} what="The default access">
      {(current) => <Choice key={current.access} current={current} />}
    </QueryPanel>
  );
}

function Choice({ current }: { current: Default }) {
  const trpc = useTRPC();
  const { grants } = useOrganization();
  const after = useAfterChange();
  const [wanted, setWanted] = useState<DefaultAccess>(current.access);
  const [asking, setAsking] = useState(false);
  const set = useMutation(trpc.access.setDefault.mutationOptions({ ...after, onSuccess: () => setAsking(false) }));
  const mayChange = grants.includes("collections:manage");
  const changed = wanted !== current.access;
  return (
    <Card className="flex flex-wrap items-center gap-x-6 gap-y-3 p-4">
      <div className="min-w-0 flex-1 basis-[280px]">
        <h2 className="font-semibold">Default access of the workspace</h2>
        <p className="text-ink-2" aria-live="polite">
          {changed
            ? defaultConsequence(wanted, current)
            : `What members have on every collection without being named: ${accessTitles[current.access].toLowerCase()}. Auditors have nothing by it.`}
        </p>
      </div>
      {mayChange ? (
        <div className="flex flex-wrap items-center gap-2">
          <Segmented label="Default access" options={options} value={wanted} onChange={setWanted} />
          {changed && (
            <Button look="primary" onClick={() => setAsking(true)}>
              Change…
            </Button>
          )}
        </div>
      ) : (
        <strong>{accessTitles[current.access]}</strong>
      )}
      {asking && (
        <Confirm
          title="Change the default access?"
          act={`Set to ${accessTitles[wanted]}`}
          danger={false}
          busy={set.isPending}
          error={set.error}
          onConfirm={() => set.mutate({ access: wanted })}
          onClose={() => setAsking(false)}
        >
          From {accessTitles[current.access]} to {accessTitles[wanted]}. {defaultConsequence(wanted, current)} It is recorded in the activity log.
        </Confirm>
      )}
    </Card>
  );
}
