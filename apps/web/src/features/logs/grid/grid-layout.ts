import type { ChosenColumn, ColumnChoice } from "./column-choice.ts";
import { columnOf, type ColumnId } from "./columns/index.ts";
import type { Density } from "../logs-search.ts";

export interface GridLayout {
  columns: readonly ColumnId[];
  /** Columns that were chosen and have no room. */
  left: readonly ColumnId[];
  template: string;
  /** Under this width a word beside each mark would crowd out the sentence; the mark stays and keeps its name. */
  statusWord: boolean;
  lines: 1 | 2;
  rowHeight: number;
}

const rowHeights: Record<Density, number> = { compact: 28, cosy: 36, "two-line": 48 };
/** Under this width two lines read better than one. */
const roomyPx = 640;
/** And under this nothing else fits. */
const onePx = 520;
const gapPx = 12;
/** Padding of a row, and the box that selects it. */
const edgesPx = 24 + 20 + gapPx;
const statusMarkPx = 16;

/** The density in force: what was chosen, where there is room for it. */
export const densityFor = (width: number, chosen: Density | undefined): Density => {
  if (width > 0 && width < onePx) return "two-line";
  return chosen ?? (width > 0 && width < roomyPx ? "two-line" : "compact");
};

/** By the width of the list itself, not of the window: an open drawer takes columns away, never the sentence. */
export function layoutFor(width: number, choice: Pick<ColumnChoice, "columns">, chosen: Density | undefined): GridLayout {
  const density = densityFor(width, chosen);
  const rowHeight = rowHeights[density];
  if (density === "two-line") {
    const columns: ColumnId[] = ["event", "actor", "time"];
    return { columns, left: [], template: "20px minmax(0, 1fr) auto 24px", statusWord: width >= onePx, lines: 2, rowHeight };
  }
  let columns = [...choice.columns];
  let statusWord = true;
  const left: ColumnId[] = [];
  while (width > 0 && needed(columns, statusWord) > width && columns.length > 1) {
    const [leaving] = columns.filter(({ id }) => columnOf(id).leaves !== undefined).sort((a, b) => (columnOf(b.id).leaves ?? 0) - (columnOf(a.id).leaves ?? 0));
    if ((leaving === undefined || (columnOf(leaving.id).leaves ?? 0) < statusLeaves) && statusWord && columns.some(({ id }) => id === "status"))
      statusWord = false;
    else if (leaving) {
      left.push(leaving.id);
      columns = columns.filter((column) => column !== leaving);
    } else break;
  }
  return { columns: columns.map(({ id }) => id), left, template: templateOf(columns, statusWord), statusWord, lines: 1, rowHeight };
}

/** The word of the status goes before columns that leave later than this. */
const statusLeaves = 7;

function needed(columns: readonly ChosenColumn[], statusWord: boolean): number {
  // The rest that no column takes stands behind one more gap.
  const rest = columns.some(isGrowing) ? 0 : gapPx;
  return columns.reduce((sum, column) => sum + gapPx + narrowest(column, statusWord), edgesPx - gapPx + rest);
}

const narrowest = ({ id, width }: ChosenColumn, statusWord: boolean): number => (id === "status" && !statusWord ? statusMarkPx : (width ?? columnOf(id).min));

const isGrowing = ({ id, width }: ChosenColumn): boolean => columnOf(id).grows === true && width === undefined;

function templateOf(columns: readonly ChosenColumn[], statusWord: boolean): string {
  const tracks = columns.map((column) => {
    const { id, width } = column;
    if (id === "status" && !statusWord) return `${statusMarkPx}px`;
    if (width !== undefined) return `${width}px`;
    const { min, width: wish, grows: takesRest } = columnOf(id);
    return takesRest ? `minmax(${min}px, 1fr)` : min === wish ? `${min}px` : `minmax(${min}px, ${wish}px)`;
  });
  // Without a column that takes the rest, the rest stays empty at the end.
  return ["20px", ...tracks, ...(columns.some(isGrowing) ? [] : ["minmax(0, 1fr)"])].join(" ");
}
