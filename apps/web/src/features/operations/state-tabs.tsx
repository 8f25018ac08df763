import { operationStates, type OperationState } from "@daybook/event";
import type { inferOutput, Trpc } from "../../trpc.ts";
import { wholeNumber } from "../../ui/numbers.ts";
import { stateWords } from "./operation-words.ts";

interface StateTabsProps {
  counted: inferOutput<Trpc["operations"]["counts"]> | undefined;
  value: OperationState;
  onChange: (state: OperationState) => void;
}

/** Which operations are shown, with how many there are; two rows on a phone. */
export function StateTabs({ counted, value, onChange }: StateTabsProps) {
  return (
    <div role="group" aria-label="State" className="grid grid-cols-2 gap-px rounded-control border border-control p-px sm:inline-flex sm:self-start">
      {operationStates.map((state) => (
        <button
          key={state}
          type="button"
          aria-pressed={state === value}
          onClick={() => onChange(state)}
          className={`inset-focus flex h-8 items-center justify-center gap-1.5 rounded-chip px-2.5 sm:h-7 ${state === value ? "bg-selected font-medium" : "text-ink-2 hover:bg-hover"}`}
        >
          {state === "waiting" ? "Waiting for approval" : stateWords[state]}
          {counted && <Count value={counted.counts[state]} max={counted.countedMax} />}
        </button>
      ))}
    </div>
  );
}

const Count = ({ value, max }: { value: number; max: number }) => (
  <span className="text-meta font-normal text-ink-2">
    {wholeNumber(value)}
    {value >= max && "+"}
  </span>
);
