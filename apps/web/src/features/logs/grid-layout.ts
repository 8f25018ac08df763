export interface GridLayout {
  columns: readonly ("Time" | "Actor" | "Event" | "Status" | "IP")[];
  template: string;
  /** Under this width a word beside each mark would crowd out the sentence; the mark stays and keeps its name. */
  statusWord: boolean;
  lines: 1 | 2;
  rowHeight: number;
}

const wide: GridLayout = {
  columns: ["Time", "Actor", "Event", "Status", "IP"],
  template: "142px minmax(120px, 184px) minmax(240px, 1fr) 92px 112px",
  statusWord: true,
  lines: 1,
  rowHeight: 28,
};
const medium: GridLayout = {
  columns: ["Time", "Actor", "Event", "Status"],
  template: "142px minmax(110px, 168px) minmax(240px, 1fr) 92px",
  statusWord: true,
  lines: 1,
  rowHeight: 28,
};
const narrow: GridLayout = {
  columns: ["Time", "Actor", "Event", "Status"],
  template: "142px minmax(84px, 112px) minmax(200px, 1fr) 16px",
  statusWord: false,
  lines: 1,
  rowHeight: 28,
};
const phone: GridLayout = { columns: ["Event", "Actor", "Time"], template: "minmax(0, 1fr) auto", statusWord: false, lines: 2, rowHeight: 52 };

/** By the width of the list itself, not of the window: an open drawer takes columns away, never the sentence. */
export function layoutFor(width: number): GridLayout {
  if (width === 0 || width >= 820) return wide;
  if (width >= 680) return medium;
  return width >= 540 ? narrow : phone;
}
