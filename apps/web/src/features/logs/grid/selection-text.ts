import type { EventRow } from "@daybook/event";
import { actorName } from "../../../ui/actor-mark.tsx";

const header = ["timestamp", "user", "action", "resource", "status", "ip_address"];

/** Rows as the exported file has them. */
export function csvOf(rows: readonly EventRow[]): string {
  const lines = rows.map((row) => [
    row.occurred_at.slice(0, 19).replace("T", " "),
    row.actor.email ?? actorName(row.actor),
    row.operation,
    row.resource?.name ?? row.resource?.id ?? "",
    row.status,
    row.ip ?? "",
  ]);
  return `${[header, ...lines].map((line) => line.map(csvCell).join(",")).join("\n")}\n`;
}

/** A spreadsheet takes a text that begins like this for a formula, and runs it: an apostrophe in front makes it a text again. */
const startsFormula = /^[=+\-@\t\r]/;

export function csvCell(value: string): string {
  const inert = startsFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
