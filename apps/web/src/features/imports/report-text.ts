import type { ImportRun } from "./import-types.ts";

/** What did not come in, line by line, as a text to keep or to hand on. The server keeps the first hundred of each. */
export function reportText(
  run: Pick<ImportRun, "id" | "fileName" | "title" | "records" | "created" | "duplicates" | "conflictsTotal" | "conflicts" | "problemsTotal" | "problems">,
): string {
  return [
    `${run.fileName}, read as ${run.title} (import ${run.id})`,
    `${run.records} records: ${run.created} events created, ${run.duplicates} there already, ${run.problemsTotal} not read.`,
    ...(run.problemsTotal > 0
      ? ["", `Did not come in (${run.problems.length} of ${run.problemsTotal}):`, ...run.problems.map(({ line, message }) => `line ${line}: ${message}`)]
      : []),
    ...(run.conflictsTotal > 0
      ? [
          "",
          `Kept beside another record of the same id (${run.conflicts.length} of ${run.conflictsTotal}):`,
          ...run.conflicts.map(({ line, vendorId }) => `line ${line}: ${vendorId}`),
        ]
      : []),
    "",
  ].join("\n");
}
