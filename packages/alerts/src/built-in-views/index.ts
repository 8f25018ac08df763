import { anonymous } from "./anonymous.ts";
import { apiTokens } from "./api-tokens.ts";
import type { BuiltInView } from "./define-built-in-view.ts";
import { failedOperations } from "./failed-operations.ts";
import { failedSyncs } from "./failed-syncs.ts";
import { largeExports } from "./large-exports.ts";
import { permissionChanges } from "./permission-changes.ts";
import { sensitiveAccess } from "./sensitive-access.ts";
import { weeklyReview } from "./weekly-review.ts";

export type { BuiltInView } from "./define-built-in-view.ts";

/** Every built-in view, as the menu lists them. A new one is a file beside this one and a line here. */
export const builtInViews: readonly BuiltInView[] = [
  permissionChanges,
  largeExports,
  sensitiveAccess,
  failedOperations,
  weeklyReview,
  failedSyncs,
  apiTokens,
  anonymous,
];

export const builtInViewOf = (id: string): BuiltInView | undefined => builtInViews.find((view) => view.id === id);
