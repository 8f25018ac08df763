import type { AuditEvent, FieldChange, Json } from "@daybook/event";

export type ChangeKind = "changed" | "added" | "removed";

export interface ChangeLine {
  kind: ChangeKind;
  path: string;
  before: string | null;
  after: string | null;
  /** The rule that took the value out; the fact that it changed stays. */
  redacted: string | null;
}

export const glyphs: Record<ChangeKind, string> = { changed: "~", added: "+", removed: "−" };

export function changeLines(event: Pick<AuditEvent, "changes" | "redactions">): ChangeLine[] {
  return (event.changes?.fields ?? []).map((field, index) => ({
    kind: kindOf(field),
    path: field.path,
    before: field.before === undefined ? null : printValue(field.before),
    after: field.after === undefined ? null : printValue(field.after),
    redacted: event.redactions.find(({ path }) => path.startsWith(`changes.fields.${index}.`))?.rule ?? null,
  }));
}

function kindOf({ before, after }: FieldChange): ChangeKind {
  if (before === undefined) return "added";
  return after === undefined ? "removed" : "changed";
}

export const printValue = (value: Json): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, " ") : JSON.stringify(value);

/** One line of plain text, as it goes into a ticket. */
export function changeText({ kind, path, before, after }: ChangeLine): string {
  switch (kind) {
    case "changed":
      return `~ ${path} ${before} → ${after}`;
    case "added":
      return `+ ${path} ${after}`;
    case "removed":
      return `− ${path} ${before}`;
  }
}
