import { defineBuiltInView } from "./define-built-in-view.ts";

/** More rows than somebody reads: a copy, not a look. */
const largeExportRows = 10_000;

export const largeExports = defineBuiltInView({
  id: "large-exports",
  name: "Large exports",
  description: "More than 10,000 rows left for a file in one go.",
  logType: "activity",
  state: { q: `operation:exported rows:>${largeExportRows}` },
});
