import { useQuery } from "@tanstack/react-query";
import type { EventRow } from "@daybook/event";
import { useNavigate } from "@tanstack/react-router";
import { Clock3, Copy, FileSearch, Filter, FilterX, Link2, ListTree, Target } from "lucide-react";
import { useOrganization } from "../../../shell/organization.tsx";
import { useTRPC } from "../../../trpc.ts";
import { copyText } from "../../../ui/copy-text.ts";
import { MenuAt, MenuItem, MenuLabel, MenuLine } from "../../../ui/menu.tsx";
import { toast } from "../../../ui/toast.tsx";
import { around, caseOf, filteredBy, filterOf, filterText, sharing } from "./cell-filter.ts";
import type { CellFilter } from "./columns/column.ts";
import { columnOf, type ColumnId } from "./columns/index.ts";
import type { LogsSearch } from "../logs-search.ts";
import type { Go } from "../use-logs-navigation.ts";

export interface CellMenuPlace {
  row: EventRow;
  column: ColumnId;
  /** What is folded into the row. */
  inside: readonly EventRow[];
  isOpened: boolean;
  x: number;
  y: number;
}

interface CellMenuProps {
  at: CellMenuPlace;
  title: string;
  search: LogsSearch;
  teamId: string | undefined;
  onChange: Go;
  onCopyEvent: (row: EventRow) => void;
  onUnfold: (id: string) => void;
  onClose: () => void;
}

const shownMax = 32;
const short = (value: string) => (value.length > shownMax ? `${value.slice(0, shownMax)}…` : value);

/** What can be done with one cell: every choice is an edit of the search, and the search says it. */
export function CellMenu({ at, title, search, teamId, onChange, onCopyEvent, onUnfold, onClose }: CellMenuProps) {
  const { row, column, inside, isOpened, x, y } = at;
  const trpc = useTRPC();
  const { data } = useQuery(trpc.events.get.queryOptions({ id: row.id, ...(teamId && { teamId }) }, { staleTime: Infinity }));
  const filter = filterOf(row, column);
  const value = columnOf(column).text(row);
  const copy = (text: string, what: string) => void copyText(text).then(() => toast(`${what} copied.`));
  const { slug: org, grants } = useOrganization();
  const navigate = useNavigate();
  const asked = grants.includes("cases:work") ? caseOf(row, column) : null;
  const together: { title: string; filter: CellFilter }[] = [];
  const { session_id: session, request_id: request } = data?.event.context ?? {};
  if (session) together.push({ title: "Same session", filter: { key: "session", value: session } });
  if (request) together.push({ title: "Same request", filter: { key: "request", value: request } });
  if (row.operation_id) together.push({ title: "Same operation", filter: { key: "operation_id", value: row.operation_id } });
  return (
    <MenuAt label={`${title}: ${short(value)}`} x={x} y={y} onClose={onClose}>
      <MenuLabel>
        {title}
        {value && <span className="text-ink-2"> · {short(filter ? filterText(filter) : value)}</span>}
      </MenuLabel>
      {filter && (
        <>
          <MenuItem keys="+" onSelect={() => onChange(filteredBy(search, filter, "include"))}>
            <Filter size={14} aria-hidden /> Include
          </MenuItem>
          <MenuItem keys="-" onSelect={() => onChange(filteredBy(search, filter, "exclude"))}>
            <FilterX size={14} aria-hidden /> Exclude
          </MenuItem>
          <MenuItem onSelect={() => onChange(filteredBy(search, filter, "only"))}>
            <Target size={14} aria-hidden /> Only this
          </MenuItem>
          <MenuLine />
        </>
      )}
      {value && (
        <MenuItem onSelect={() => copy(value, "Value")}>
          <Copy size={14} aria-hidden /> Copy value
        </MenuItem>
      )}
      {filter && (
        <MenuItem onSelect={() => copy(filterText(filter), "Filter")}>
          <Copy size={14} aria-hidden /> Copy as filter
        </MenuItem>
      )}
      <MenuItem keys="y" onSelect={() => onCopyEvent(row)}>
        <Copy size={14} aria-hidden /> Copy event as JSON
      </MenuItem>
      <MenuLine />
      {inside.length > 0 && (
        <MenuItem onSelect={() => onUnfold(row.id)}>
          <ListTree size={14} aria-hidden /> {isOpened ? "Fold its events" : `Show its ${inside.length + 1} events`}
        </MenuItem>
      )}
      {together.map((each) => (
        <MenuItem key={each.title} onSelect={() => onChange(sharing(search, each.filter))}>
          <Link2 size={14} aria-hidden /> {each.title}
        </MenuItem>
      ))}
      {asked && (
        <MenuItem onSelect={() => void navigate({ to: "/o/$org/investigate", params: { org }, search: asked })}>
          <FileSearch size={14} aria-hidden /> {asked.kind === "actor" ? "Investigate" : "What changed with"} {short(asked.subject)}
        </MenuItem>
      )}
      <MenuItem onSelect={() => onChange(around(search, row))}>
        <Clock3 size={14} aria-hidden /> 5 minutes before and after
      </MenuItem>
    </MenuAt>
  );
}
