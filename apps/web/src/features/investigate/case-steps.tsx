import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.ts";
import { countText, timelineStep, type CaseView } from "./case-words.ts";

interface CaseStepsProps {
  found: CaseView;
  chosen: string;
  onChoose: (step: string) => void;
}

const line =
  "inset-focus flex min-h-10 w-full items-center gap-2 rounded-control px-2 py-1 text-left hover:bg-hover aria-[current=step]:bg-selected aria-[current=step]:font-medium";

/** The steps in their order, each with how many events it finds, and the case's own timeline below them. */
export function CaseSteps({ found, chosen, onChoose }: CaseStepsProps) {
  const { steps, timeline, unseen } = found;
  const trpc = useTRPC();
  const counts = useQuery(
    trpc.events.counts.queryOptions({ searches: steps.map(({ q }) => q), filter: filterOf(found) }, { placeholderData: keepPreviousData }),
  );
  return (
    <nav aria-label="Steps of the case" className="rounded-card border p-1">
      <ol>
        {steps.map(({ id, title, q, original }, at) => {
          const count = counts.data?.[at];
          return (
            <li key={id}>
              <button type="button" data-step={id} aria-current={id === chosen ? "step" : undefined} className={line} onClick={() => onChoose(id)}>
                <span className="w-4 shrink-0 text-right text-ink-3">{at + 1}</span>
                <span className="min-w-0 flex-1">
                  {title}
                  {q !== original && <span className="block text-meta font-normal text-ink-3">edited</span>}
                </span>
                <span className="shrink-0 text-meta text-ink-2">
                  {count ? countText(count) : counts.isError ? "?" : "…"}
                  <span className="sr-only"> events</span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      <button
        type="button"
        data-step={timelineStep}
        aria-current={chosen === timelineStep ? "step" : undefined}
        className={`${line} border-t`}
        onClick={() => onChoose(timelineStep)}
      >
        <span className="w-4" />
        <span className="min-w-0 flex-1">Pins and notes</span>
        <span className="shrink-0 text-meta text-ink-2">{timeline.length + unseen.length}</span>
      </button>
    </nav>
  );
}

/** The time that a case looks at. */
export const filterOf = ({ from, to }: Pick<CaseView, "from" | "to">) => ({ ...(from !== null && { from }), ...(to !== null && { to }) });
