import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { CaseActions } from "./case-actions.tsx";
import { CaseSteps } from "./case-steps.tsx";
import { CaseTimeline } from "./case-timeline.tsx";
import { timelineStep, type CaseView } from "./case-words.ts";
import { NoteDialog } from "./note-dialog.tsx";
import { StepPanel } from "./step-panel.tsx";

/** One case: its steps at the left, what the chosen one finds at the right, and the timeline of what was pinned and noted. */
export function CasePage() {
  const { org, case: named } = useParams({ from: "/o/$org/investigate/$case" });
  const trpc = useTRPC();
  const number = Number(named);
  const found = useQuery(trpc.cases.get.queryOptions({ number }, { enabled: Number.isInteger(number) && number > 0 }));
  if (!(Number.isInteger(number) && number > 0))
    return (
      <Page title="Case">
        <EmptyPanel title="No case has this number" action={<AllCases org={org} />}>
          The link is cut, or somebody wrote it by hand.
        </EmptyPanel>
      </Page>
    );
  return (
    <Page
      title={found.data ? `Case ${found.data.number}: ${found.data.title}` : `Case ${number}`}
      about={<AllCases org={org} />}
      action={found.data && <CaseActions found={found.data} />}
    >
      <QueryPanel query={found} what={`Case ${number}`}>
        {(data) => <OpenCase org={org} found={data} />}
      </QueryPanel>
    </Page>
  );
}

const AllCases = ({ org }: { org: string }) => (
  <Link to="/o/$org/investigate" params={{ org }} className="link">
    All cases
  </Link>
);

function OpenCase({ org, found }: { org: string; found: CaseView }) {
  const { step } = useSearch({ from: "/o/$org/investigate/$case" });
  const navigate = useNavigate();
  const [noting, setNoting] = useState(false);
  const isOpen = found.state === "open";
  const first = isOpen ? found.steps[0] : undefined;
  const chosen = step === timelineStep ? undefined : (found.steps.find(({ id }) => id === step) ?? first);
  const choose = (id: string) =>
    void navigate({ to: "/o/$org/investigate/$case", params: { org, case: String(found.number) }, search: id === first?.id ? {} : { step: id } });
  const note = () => isOpen && setNoting(true);
  useKeys("cases", { n: note, N: note });
  return (
    <div className="flex flex-col gap-4">
      {found.conclusion !== null && (
        <p data-conclusion className="rounded-card border border-l-4 p-3">
          <strong className="font-medium">Concluded:</strong> {found.conclusion}
        </p>
      )}
      <div className="grid items-start gap-4 md:grid-cols-[240px_minmax(0,1fr)]">
        <CaseSteps found={found} chosen={chosen?.id ?? timelineStep} onChoose={choose} />
        {chosen ? <StepPanel key={chosen.id} found={found} step={chosen} /> : <CaseTimeline found={found} onNote={isOpen ? note : undefined} />}
      </div>
      {noting && <NoteDialog caseId={found.id} onClose={() => setNoting(false)} />}
    </div>
  );
}
