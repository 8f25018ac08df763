import { sharedKinds } from "@daybook/policy";
import type { SharedArea, SharedKind } from "@daybook/policy";
import { sharedChanges } from "./shared-changes.ts";
import { sharedReads } from "./shared-reads.ts";

export type SharedVerbs = ReturnType<typeof verbsOf>;

const verbsOf = (kind: SharedKind) => ({ ...sharedReads(kind), ...sharedChanges(kind) });

/** The verbs of every kind, by its area: `sharedVerbs.collections.addMember`. */
export const sharedVerbs = Object.fromEntries(sharedKinds.map((kind) => [kind.area, verbsOf(kind)])) as Record<SharedArea, SharedVerbs>;
