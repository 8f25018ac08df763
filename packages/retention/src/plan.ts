import { cutoff } from "./cutoff.ts";
import { addMonths, type Month, monthEnd, monthOf, monthStart } from "./month.ts";

export interface RetentionPolicy {
  organizationId: string;
  /** null keeps everything. */
  days: number | null;
}

/** One monthly partition and who has rows in it. */
export interface PartitionContent {
  month: Month;
  organizations: OrganizationRows[];
}

interface OrganizationRows {
  organizationId: string;
  count: number;
  /** When the oldest of these rows occurred, ISO 8601, where the caller knows it: it spares a delete that would find nothing. */
  oldest?: string;
}

export interface RetentionBounds {
  /** Rows that one delete statement may take. */
  rowsPerBatchMax: number;
  /** Drops and deletes in one plan; what is left over waits for the next run. */
  removalsMax: number;
  monthsAhead: number;
}

export const retentionBounds: RetentionBounds = { rowsPerBatchMax: 5_000, removalsMax: 1_000, monthsAhead: 3 };

export type RetentionStep =
  | { do: "create"; month: Month; from: string; to: string }
  /** Whole months go at once. `rows` names everybody who may have rows in it: drop only if, under the lock, nobody else has. */
  | { do: "drop"; month: Month; from: string; to: string; rows: OrganizationRows[] }
  /** Delete what occurred in [from, before), `rowsMax` rows at a time, until a batch comes back short. */
  | { do: "delete"; organizationId: string; month: Month; from: string; before: string; rowsMax: number };

export interface RetentionPlan {
  steps: RetentionStep[];
  /** Removals beyond the bound were left for the next run. */
  more: boolean;
}

export interface RetentionState {
  policies: RetentionPolicy[];
  partitions: PartitionContent[];
  /** Months that waiting events need, such as an import's, besides the ones ahead. */
  monthsNeeded?: Month[];
}

/** What to do now so that each organization keeps exactly what its policy says. New partitions first, then removals, oldest month first. */
export function planRetention(
  { policies, partitions, monthsNeeded = [] }: RetentionState,
  now: Date,
  bounds: RetentionBounds = retentionBounds,
): RetentionPlan {
  const cutoffs = new Map(policies.map(({ organizationId, days }) => [organizationId, cutoff(days, now)] as const));
  const wanted = monthsWanted(monthsNeeded, cutoffs, now, bounds.monthsAhead);
  const removals = partitions
    .toSorted((a, b) => compare(a.month, b.month))
    .flatMap((partition) => removalsOf(partition, { cutoffs, wanted, rowsMax: bounds.rowsPerBatchMax }));
  return {
    steps: [...creations(wanted, partitions), ...removals.slice(0, bounds.removalsMax)],
    more: removals.length > bounds.removalsMax,
  };
}

/** An organization without a policy among those handed in has none that allows anything: its rows stay. */
type Cutoffs = Map<string, Date | null>;

const isPast = (month: Month, cut: Date | null | undefined): boolean => !!cut && monthEnd(month) <= cut;

/** A month that every policy has left behind is not created for anybody, or this run would make what the next one drops. */
function monthsWanted(needed: Month[], cutoffs: Cutoffs, now: Date, monthsAhead: number): Set<Month> {
  const current = monthOf(now);
  const ahead = Array.from({ length: monthsAhead + 1 }, (_, index) => addMonths(current, index));
  return new Set([...ahead, ...needed.filter((month) => !pastForAll(month, cutoffs))]);
}

const pastForAll = (month: Month, cutoffs: Cutoffs): boolean => cutoffs.size > 0 && [...cutoffs.values()].every((cut) => isPast(month, cut));

function creations(wanted: Set<Month>, partitions: PartitionContent[]): RetentionStep[] {
  const existing = new Set(partitions.map(({ month }) => month));
  return [...wanted]
    .filter((month) => !existing.has(month))
    .toSorted(compare)
    .map((month) => ({ do: "create", month, ...rangeOf(month) }));
}

function removalsOf(partition: PartitionContent, { cutoffs, wanted, rowsMax }: { cutoffs: Cutoffs; wanted: Set<Month>; rowsMax: number }): RetentionStep[] {
  const { month } = partition;
  const rows = partition.organizations.filter(({ count }) => count > 0).toSorted((a, b) => compare(a.organizationId, b.organizationId));
  // An empty month goes only when nobody may write to it any more.
  const deserted = rows.length > 0 ? rows.every(({ organizationId }) => isPast(month, cutoffs.get(organizationId))) : pastForAll(month, cutoffs);
  if (deserted && !wanted.has(month)) return [{ do: "drop", month, ...rangeOf(month), rows }];
  return rows.flatMap((one) => deletionOf(month, one, cutoffs.get(one.organizationId) ?? null, rowsMax));
}

function deletionOf(month: Month, { organizationId, oldest }: OrganizationRows, cut: Date | null, rowsMax: number): RetentionStep[] {
  const { from, to } = rangeOf(month);
  if (!cut || cut <= monthStart(month) || (oldest !== undefined && new Date(oldest) >= cut)) return [];
  return [{ do: "delete", organizationId, month, from, before: cut < monthEnd(month) ? cut.toISOString() : to, rowsMax }];
}

const rangeOf = (month: Month): { from: string; to: string } => ({ from: monthStart(month).toISOString(), to: monthEnd(month).toISOString() });

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
