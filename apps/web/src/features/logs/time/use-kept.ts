import { useQuery } from "@tanstack/react-query";
import { useOrganization } from "../../../shell/organization.tsx";
import { useTRPC, type inferOutput, type Trpc } from "../../../trpc.ts";

/** How far back the log reaches. */
export interface Kept {
  /** False while nothing is known: the answer is under way, or not for this reader. */
  isKnown: boolean;
  /** What the policy keeps; null: everything. */
  days: number | null;
  /** Nothing from before this instant is there any more, by the policy of that time; null: nothing was purged. */
  purged: { at: number; before: number; days: number } | null;
}

const policyStaleMs = 5 * 60_000;
const dayMs = 86_400_000;

/** What whoever may read the retention policy is told of it; to everybody else nothing is known. */
export function useKept(): Kept {
  const trpc = useTRPC();
  const { grants } = useOrganization();
  const policy = useQuery(trpc.retention.get.queryOptions(undefined, { staleTime: policyStaleMs, enabled: grants.includes("retention:read") })).data;
  return policy ? keptBy(policy) : { isKnown: false, days: null, purged: null };
}

/** The policy may have changed since a purge went by it: the purge itself says how many days it left. */
export function keptBy({ days, purges }: Pick<inferOutput<Trpc["retention"]["get"]>, "days" | "purges">): Kept {
  const done = purges.filter(({ finishedAt }) => finishedAt !== null).map(({ at, before }) => ({ at: Date.parse(at), before: Date.parse(before) }));
  const furthest = done.toSorted((a, b) => b.before - a.before)[0];
  const purged = furthest ? { at: furthest.at, before: furthest.before, days: Math.round((furthest.at - furthest.before) / dayMs) } : null;
  return { isKnown: true, days, purged };
}
