import { logTypes } from "@daybook/event";
import { Link } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import type { CaseStep, CaseView } from "./case-words.ts";
import { filterOf } from "./case-steps.tsx";
import { StepBars } from "./step-bars.tsx";
import { StepRows } from "./step-rows.tsx";
import { StepSearch } from "./step-search.tsx";
import { StepTop } from "./step-top.tsx";

/** One step: its question, its search to be edited in place, and what it finds. */
export function StepPanel({ found, step }: { found: CaseView; step: CaseStep }) {
  const { slug: org } = useOrganization();
  const { question, show, q } = step;
  return (
    <section aria-label={step.title} data-open-step={step.id} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="text-section">{question || step.title}</h2>
        <p className="flex flex-wrap gap-x-3 text-ink-2">
          Open in the
          {logTypes.map((logType) => (
            <Link key={logType} to="/o/$org/logs/$logType" params={{ org, logType }} search={{ ...(q && { q }), ...filterOf(found) }} className="link">
              {logType} logs
            </Link>
          ))}
        </p>
      </div>
      <StepSearch key={q} found={found} step={step} />
      {show.as === "top" && <StepTop found={found} step={step} by={show.by} />}
      {show.as === "timeline" && <StepBars found={found} step={step} />}
      {show.as !== "count" && <StepRows found={found} step={step} />}
    </section>
  );
}
