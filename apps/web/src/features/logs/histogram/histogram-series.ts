import { actorTypes } from "@daybook/event";
import { actorKind } from "../../../ui/actor-mark.tsx";
import { inWords } from "../../../ui/numbers.ts";
import { statusLooks } from "../../../ui/status-mark.tsx";
import type { Stacking } from "../logs-search.ts";
import type { Bar } from "./histogram-scale.ts";

/** What the bars are stacked of, lowest first. */
export interface Series {
  label: string;
  /** Values of the counts that are drawn as one. */
  values: readonly string[];
  className: string;
  /** Striped as well, so that it can be told from its neighbours without colour. */
  striped: boolean;
}

export const stackingWords: Record<Stacking, string> = { status: "Status", actor_type: "Actor type", operation: "Operation" };

// Failed is the topmost and the only one that shouts; pending is striped.
const statusSeries: readonly Series[] = [
  { label: statusLooks.success.label, values: ["success"], className: "bar-ok", striped: false },
  { label: statusLooks.in_progress.label, values: ["in_progress"], className: "bar-progress", striped: false },
  { label: statusLooks.pending_approval.label, values: ["pending_approval"], className: "bar-pending", striped: true },
  { label: statusLooks.failed.label, values: ["failed"], className: "bar-failed", striped: false },
];

const looks = [
  { className: "bar-ok", striped: false },
  { className: "bar-progress", striped: false },
  { className: "bar-pending", striped: true },
  { className: "bar-sensitive", striped: false },
] as const;

/** Status by its own colours; of anything else the most frequent values, and all others as one: five can be told apart. */
export function seriesOf(by: Stacking, bars: readonly Bar[]): readonly Series[] {
  if (by === "status") return statusSeries;
  const totals = new Map<string, number>();
  for (const { counts } of bars) for (const [value, count] of Object.entries(counts)) totals.set(value, (totals.get(value) ?? 0) + count);
  const values = [...totals.entries()].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)).map(([value]) => value);
  const named = values.slice(0, looks.length).map((value, index): Series => {
    const look = looks[index] ?? looks[0];
    return { label: by === "actor_type" ? actorWords(value) : inWords(value), values: [value], ...look };
  });
  const others = values.slice(looks.length);
  return others.length === 0 ? named : [...named, { label: "Others", values: others, className: "bar-other", striped: true }];
}

function actorWords(value: string): string {
  const type = actorTypes.find((each) => each === value);
  return type ? actorKind(type) : inWords(value);
}

export const countOf = ({ values }: Series, { counts }: Pick<Bar, "counts">): number => values.reduce((sum, value) => sum + (counts[value] ?? 0), 0);
