import type { AuditEvent } from "@daybook/event";
import { actorName } from "../../ui/actor-mark.tsx";
import { csvOf } from "../logs/grid/selection-text.ts";
import { printed, jsonLines } from "./json-lines.ts";

/** The event as JSON with sorted keys, as the raw tab shows it. */
export function jsonText(event: AuditEvent): string {
  const work = jsonLines(event);
  for (;;) {
    const { done, value } = work.next();
    if (done) return printed(value);
  }
}

/** One line, as the exported file has it: without the names of the columns. */
export const csvRow = (event: AuditEvent): string =>
  csvOf([{ ...event, ip: event.context.ip ?? null, changed_fields: [] }])
    .split("\n")
    .slice(1)
    .join("\n")
    .trimEnd();

/** A command that asks for this event again. */
export const curlText = (event: Pick<AuditEvent, "id">, origin: string): string =>
  [`curl -G ${origin}/v1/events \\`, `  -H "Authorization: Bearer $DAYBOOK_TOKEN" \\`, `  --data-urlencode "q=id:${event.id}"`].join("\n");

const changedMax = 6;

/** One sentence for a ticket: when, who, what, from where. */
export function ticketText(event: AuditEvent): string {
  const { actor, resource, operation, context, changes, error, status, on_behalf_of } = event;
  const paths = changes?.fields.map(({ path }) => path) ?? [];
  const fields = paths.length > changedMax ? [...paths.slice(0, changedMax), `${paths.length - changedMax} more`] : paths;
  return [
    `${event.occurred_at.slice(0, 19).replace("T", " ")}Z`,
    `${actor.email ?? actorName(actor)}${on_behalf_of.length > 0 ? ` for ${on_behalf_of.map((each) => each.email ?? actorName(each)).join(", ")}` : ""}`,
    status === "failed" ? `failed: ${operation}` : operation,
    resource?.name ?? resource?.id ?? event.action,
    fields.length > 0 ? `(${fields.join(", ")})` : "",
    context.ip ? `from ${context.ip}` : "",
    error?.message ? `· ${error.message}` : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}
