import { useRef, useState, type ReactNode } from "react";
import { useKeys } from "../../ui/use-keys.ts";
import { CatalogRowView } from "./catalog-row.tsx";
import type { RowGroup } from "./catalog-rows.ts";
import { columnsOf, headCell, templateOf } from "./catalog-columns.ts";

interface CatalogListProps {
  groups: readonly RowGroup[];
  /** Whether volumes may be told to this viewer. */
  told: boolean;
  openKey: string | undefined;
  onOpen: (key: string, how: "push" | "replace") => void;
}

/** Rows that are out of sight are laid out by the browser when they come into it, so that the whole vocabulary can stand in one list. */
export function CatalogList({ groups, told, openKey, onOpen }: CatalogListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string>();
  const rows = groups.flatMap((group) => group.rows);
  const active = rows.findIndex(({ key }) => key === (openKey ?? activeKey));
  const open = (key: string) => {
    setActiveKey(key);
    onOpen(key, openKey === undefined ? "push" : "replace");
  };
  const moveTo = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    setActiveKey(row.key);
    if (openKey !== undefined) onOpen(row.key, "replace");
    const element = list.current?.querySelector<HTMLElement>(`[data-action="${CSS.escape(row.key)}"]`);
    if (openKey === undefined) element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "nearest" });
  };
  useKeys("catalog", {
    j: () => moveTo(active + 1),
    k: () => moveTo(active - 1),
    ArrowDown: () => moveTo(active + 1),
    ArrowUp: () => moveTo(active - 1),
    Home: () => moveTo(0),
    End: () => moveTo(rows.length - 1),
    Enter: (event) => {
      const row = rows[active];
      if (!row || (event.target instanceof Element && event.target.closest("button, a, select"))) return false;
      open(row.key);
    },
  });
  const columns = columnsOf(told);
  return (
    <div ref={list} role="grid" aria-label="Actions" aria-rowcount={rows.length + 1} aria-colcount={columns.length} className="scroll-pt-16">
      <div role="rowgroup" className="sticky top-0 z-[3] hidden bg-bg @min-[640px]:block">
        <div role="row" aria-rowindex={1} className={`grid h-7 items-center gap-3 border-b px-3 text-meta text-ink-3 ${templateOf(told)}`}>
          {columns.map((column) => (
            <span key={column} role="columnheader" className={headCell[column]}>
              {column}
            </span>
          ))}
        </div>
      </div>
      {groups.map((group, at) => (
        <Group key={group.id} group={group} from={groups.slice(0, at).reduce((sum, { rows: { length } }) => sum + length, 0)}>
          {(row, index) => (
            <CatalogRowView
              key={row.key}
              row={row}
              index={index}
              told={told}
              isOpen={row.key === openKey}
              isActive={index === active || (active === -1 && index === 0)}
              onOpen={open}
            />
          )}
        </Group>
      ))}
    </div>
  );
}

interface GroupProps {
  group: RowGroup;
  /** Rows in the groups before. */
  from: number;
  children: (row: RowGroup["rows"][number], index: number) => ReactNode;
}

function Group({ group: { id, title, rows }, from, children }: GroupProps) {
  return (
    <div role="rowgroup" aria-label={title || "Actions"} data-group={id}>
      {title && (
        <div role="row" className="sticky top-0 z-[2] border-b bg-surface @min-[640px]:top-7">
          <div role="rowheader" className="flex h-7 items-center gap-2 px-3 text-meta font-semibold text-ink-2">
            {title} <span className="font-normal text-ink-3">{rows.length}</span>
          </div>
        </div>
      )}
      {rows.map((row, index) => children(row, from + index))}
    </div>
  );
}
