import type { LogType } from "@daybook/event";
import { columnIds, columnOf, type ColumnId } from "./columns/index.ts";

export interface ChosenColumn {
  id: ColumnId;
  /** In pixels, where somebody set it. */
  width?: number;
}

export interface ColumnPreset {
  id: string;
  title: string;
  hint: string;
  columns: readonly ChosenColumn[];
  /** What a column is called in this choice, where it differs. */
  titles?: Partial<Record<ColumnId, string>>;
}

const of = (...ids: ColumnId[]): ChosenColumn[] => ids.map((id) => ({ id }));

const defaults: Record<LogType, ColumnPreset> = {
  activity: { id: "default", title: "Default", hint: "Time, actor, event, status and address", columns: of("time", "actor", "event", "status", "ip") },
  system: {
    id: "default",
    title: "Default",
    hint: "Time, source, event, run, duration, rows and status",
    columns: of("time", "source", "event", "run", "duration", "rows", "status"),
  },
};
const common: readonly ColumnPreset[] = [
  {
    id: "five-fields",
    title: "Five fields",
    hint: "Timestamp, namespace, action, detail and actor",
    columns: of("time", "namespace", "action", "event", "actor"),
    titles: { time: "Timestamp", event: "Detail" },
  },
  {
    id: "csv-order",
    title: "CSV order",
    hint: "As in the exported file: timestamp, user, action, resource, status, IP address",
    columns: of("time", "user", "operation", "resource", "status", "ip"),
    titles: { time: "Timestamp", operation: "Action", ip: "IP address" },
  },
];

export const presetsOf = (logType: LogType): readonly ColumnPreset[] => [defaults[logType], ...common];

export const widthMin = 48;
export const widthMax = 900;
const columnsMax = columnIds.length;

export const clampWidth = (width: number): number => Math.min(widthMax, Math.max(widthMin, Math.round(width)));

export interface ColumnChoice {
  /** Null for a choice of one's own. */
  preset: ColumnPreset | null;
  columns: readonly ChosenColumn[];
  titleOf: (id: ColumnId) => string;
}

/** `cols=five-fields`, or columns in their order with the widths that were set: `cols=time,actor,event:320`. What is unknown is left out. */
export function readColumns(text: string | undefined, logType: LogType): ColumnChoice {
  const presets = presetsOf(logType);
  const preset = presets.find(({ id }) => id === (text ?? "default"));
  if (preset) return choice(preset, preset.columns);
  const columns: ChosenColumn[] = [];
  for (const part of (text ?? "").split(",").slice(0, columnsMax)) {
    const [name, width] = part.split(":");
    const id = columnIds.find((each) => each === name);
    if (!id || columns.some((column) => column.id === id)) continue;
    columns.push(width && /^\d{1,4}$/.test(width) ? { id, width: clampWidth(Number(width)) } : { id });
  }
  return columns.length > 0 ? choice(null, columns) : choice(defaults[logType], defaults[logType].columns);
}

const choice = (preset: ColumnPreset | null, columns: readonly ChosenColumn[]): ColumnChoice => ({
  preset,
  columns,
  titleOf: (id) => preset?.titles?.[id] ?? columnOf(id).title,
});

/** The text that reads back as these columns: a preset's name where they are one. */
export function writeColumns(columns: readonly ChosenColumn[], logType: LogType): string {
  const text = columns.map(({ id, width }) => (width === undefined ? id : `${id}:${clampWidth(width)}`)).join(",");
  return presetsOf(logType).find((preset) => preset.columns.map(({ id }) => id).join(",") === text)?.id ?? text;
}

export const withWidth = (columns: readonly ChosenColumn[], id: ColumnId, width: number | undefined): ChosenColumn[] =>
  columns.map((column) => (column.id !== id ? column : width === undefined ? { id } : { id, width: clampWidth(width) }));

/** Puts a column one place nearer to the begin (-1) or the end (1). */
export function moved(columns: readonly ChosenColumn[], id: ColumnId, by: -1 | 1): ChosenColumn[] {
  const from = columns.findIndex((column) => column.id === id);
  const to = from + by;
  const [one, other] = [columns[from], columns[to]];
  if (!one || !other) return [...columns];
  return columns.with(from, other).with(to, one);
}

/** One column put down beside another. */
export interface ColumnDrop {
  id: ColumnId;
  target: ColumnId;
  side: "before" | "after";
}

export function placed(columns: readonly ChosenColumn[], { id, target, side }: ColumnDrop): ChosenColumn[] {
  const column = columns.find((each) => each.id === id);
  const rest = columns.filter((each) => each.id !== id);
  const at = rest.findIndex((each) => each.id === target);
  return column && at !== -1 ? rest.toSpliced(side === "before" ? at : at + 1, 0, column) : [...columns];
}

export const moves = (columns: readonly ChosenColumn[], drop: ColumnDrop): boolean => placed(columns, drop).some(({ id }, at) => id !== columns[at]?.id);
