import type { EventRow } from "@daybook/event";
import { inWords, wholeNumber } from "../../../../ui/numbers.ts";
import type { CellFilter, Column } from "./column.ts";

/** Columns that show one text of the event. */
function textColumn(
  title: string,
  text: (row: EventRow) => string | null | undefined,
  more: Pick<Column, "width"> & Partial<Pick<Column, "leaves" | "filter" | "alignsEnd">> & { words?: (value: string) => string; mono?: true },
): Column {
  const { words = (value) => value, mono, ...rest } = more;
  return {
    title,
    min: Math.min(rest.width, 80),
    ...rest,
    text: (row) => text(row) ?? "",
    plain: ({ row }) => {
      const value = text(row) ?? "";
      return {
        text: value === "" ? "–" : words(value),
        className: `truncate text-meta ${value === "" ? "text-ink-3" : "text-ink-2"} ${mono ? "mono" : ""}`,
        title: value,
      };
    },
  };
}

const by = (key: CellFilter["key"], value: (row: EventRow) => string | null | undefined) => ({
  filter: (row: EventRow): CellFilter | null => {
    const found = value(row);
    return found === null || found === undefined || found === "" ? null : { key, value: found };
  },
});

const resourceName = ({ resource: of }: EventRow) => of?.name ?? of?.id;

export const ip = textColumn("IP", (row) => row.ip, { width: 112, leaves: 9, ...by("ip", (row) => row.ip) });
export const namespace = textColumn("Namespace", (row) => row.namespace, { width: 120, leaves: 4, words: inWords, ...by("namespace", (row) => row.namespace) });
export const action = textColumn("Action", (row) => row.action, { width: 220, leaves: 4, mono: true, ...by("action", (row) => row.action) });
export const operation = textColumn("Operation", (row) => row.operation, { width: 96, leaves: 4, words: inWords, ...by("operation", (row) => row.operation) });
export const resource = textColumn("Resource", resourceName, { width: 180, leaves: 8, ...by("resource", resourceName) });
export const resourceType = textColumn("Resource type", (row) => row.resource?.type, {
  width: 112,
  leaves: 7,
  words: inWords,
  ...by("resource_type", (row) => row.resource?.type),
});
export const team = textColumn("Team", (row) => row.team?.name ?? row.team?.id, { width: 120, leaves: 7, ...by("team", (row) => row.team?.id) });
export const source = textColumn("Source", (row) => row.source, { width: 96, leaves: 3, ...by("source", (row) => row.source) });
export const run = textColumn("Run", (row) => row.operation_id, { width: 104, leaves: 6, mono: true, ...by("operation_id", (row) => row.operation_id) });
export const error = textColumn("Error", (row) => row.error?.code ?? row.error?.message, { width: 160, leaves: 5, ...by("error", (row) => row.error?.code) });
export const rows = textColumn("Rows", (row) => (row.rows_returned ?? row.rows_affected)?.toString(), {
  width: 80,
  leaves: 5,
  alignsEnd: true,
  words: (value) => wholeNumber(Number(value)),
});
export const seq = textColumn("Number", (row) => String(row.seq), { width: 88, leaves: 6, alignsEnd: true, words: (value) => wholeNumber(Number(value)) });
