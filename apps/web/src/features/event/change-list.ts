import { diff, redactedMark, type AuditEvent, type FieldChange, type Json } from "@daybook/event";
import { matchLists } from "./match-lists.ts";
import { printValue } from "./print-value.ts";

export type ChangeKind = "changed" | "added" | "removed";

export interface ChangeLine {
  kind: ChangeKind;
  /** As it is read: `tags[2]`, `owners[id=7].name`. */
  path: string;
  /** As it is searched for: the field that the event names. */
  field: string;
  before: Json | undefined;
  after: Json | undefined;
  /** The rule that took the value, or a part of it, out; the fact that it changed stays. */
  rule: string | null;
  /** Nothing of the value is left to show. */
  isRedacted: boolean;
}

export const glyphs: Record<ChangeKind, string> = { changed: "~", added: "+", removed: "−" };

/** What the log lists as changed, with lists opened into their items. */
export function changeLines(event: Pick<AuditEvent, "changes" | "redactions">): ChangeLine[] {
  return (event.changes?.fields ?? []).flatMap((field, index) => {
    const own = `changes.fields.${index}.`;
    const rule = event.redactions.find(({ path }) => path.startsWith(own))?.rule ?? null;
    return openedLists(field).map((change) => lineOf(change, field.path, rule));
  });
}

function lineOf(change: FieldChange, field: string, rule: string | null): ChangeLine {
  const { path, before, after } = change;
  const isHole = (value: Json | undefined) => value === undefined || value === redactedMark;
  return {
    kind: before === undefined ? "added" : after === undefined ? "removed" : "changed",
    path,
    field,
    before,
    after,
    rule: rule !== null && (holdsMark(before) || holdsMark(after)) ? rule : null,
    isRedacted: rule !== null && isHole(before) && isHole(after),
  };
}

const holdsMark = (value: Json | undefined): boolean => value !== undefined && printValue(value, markSearchedMax).includes(redactedMark);
/** How much of a value is looked through for the mark of a hole. */
const markSearchedMax = 20_000;

/** A list on both sides is told by its items: by their id or key where they have one, else by their order. */
function openedLists(field: FieldChange): FieldChange[] {
  const { before, after, path } = field;
  if (!Array.isArray(before) || !Array.isArray(after)) return [field];
  const items = matchLists(before, after);
  if (items === null) return [field];
  const lines = items.flatMap(({ name, before: left, after: right }): FieldChange[] => {
    const at = `${path}[${name}]`;
    if (left === undefined || right === undefined || !isRecord(left) || !isRecord(right)) {
      return [{ path: at, ...(left === undefined ? {} : { before: left }), ...(right === undefined ? {} : { after: right }) }];
    }
    return diff(left, right).map((inner) => ({ ...inner, path: `${at}.${inner.path}` }));
  });
  return lines.length === 0 ? [field] : lines;
}

const isRecord = (value: Json): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

/** One line of plain text, as it goes into a ticket. */
export function changeText({ kind, path, before, after }: ChangeLine): string {
  const [left, right] = [before, after].map((value) => (value === undefined ? "" : printValue(value)));
  switch (kind) {
    case "changed":
      return `~ ${path} ${left} → ${right}`;
    case "added":
      return `+ ${path} ${right}`;
    case "removed":
      return `− ${path} ${left}`;
  }
}

export interface ChangeGroup {
  /** The first part of the paths; empty for lines that share theirs with no other, and where there is only one group. */
  key: string;
  lines: ChangeLine[];
}

/** More lines than this are told by the top of their paths: nobody reads a hundred of them in a row. */
const ungroupedMax = 50;

export function changeGroups(lines: readonly ChangeLine[]): ChangeGroup[] {
  if (lines.length <= ungroupedMax) return lines.length === 0 ? [] : [{ key: "", lines: [...lines] }];
  const groups = new Map<string, ChangeLine[]>();
  for (const line of lines) {
    const key = /^[^.[]+/.exec(line.path)?.[0] ?? line.path;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const alone = [...groups.values()].flatMap((own) => (own.length === 1 ? own : []));
  const shared = [...groups].flatMap(([key, own]) => (own.length === 1 ? [] : [{ key, lines: own }]));
  return [...(alone.length > 0 ? [{ key: "", lines: alone }] : []), ...shared];
}
