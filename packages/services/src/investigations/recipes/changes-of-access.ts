import type { Clause } from "@daybook/query";
import { keyClause } from "./define-recipe.ts";

const globs = ["permission_*", "*_access_*", "*_role_*", "*_member_*", "*_group_*", "*_visibility_*", "*_published"];

/**
 * Who may do or see what, to be joined with a subject: short enough to be read and edited in a case, and wide, for what is too much on one subject is
 * soon seen. Alerts, which nobody reads before they fire, name the actions one by one.
 */
export const changesOfAccess: readonly Clause[] = [
  {
    negated: false,
    is: "key",
    key: "action",
    values: [...["granted", "revoked", "shared", "promoted"].map((text) => ({ text, glob: false })), ...globs.map((text) => ({ text, glob: true }))],
  },
  { ...keyClause("operation", "viewed", "exported"), negated: true },
];
