import type { LogType } from "@daybook/event";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { moved, presetsOf } from "./column-choice.ts";
import { columnIds, columnOf, type ColumnId } from "./columns/index.ts";
import type { Look } from "./use-look.ts";

/** Which columns, and in which order. The list behind follows each choice. */
export function ColumnsDialog({ logType, look, onClose }: { logType: LogType; look: Look; onClose: () => void }) {
  const { choice } = look;
  const shown = choice.columns.map(({ id }) => id);
  const rest = columnIds.filter((id) => !shown.includes(id));
  const toggle = (id: ColumnId) =>
    look.setColumns(shown.includes(id) ? choice.columns.filter((column) => column.id !== id) : [...choice.columns, { id }], "replace");
  return (
    <Dialog title="Columns" onClose={onClose}>
      <div role="group" aria-label="Ready-made choices" className="mb-4 flex flex-wrap gap-2">
        {presetsOf(logType).map(({ id, title, hint }) => (
          <Button
            key={id}
            size="dense"
            title={hint}
            aria-pressed={choice.preset?.id === id}
            onClick={() => look.setPreset(id)}
            className="aria-pressed:bg-selected"
          >
            {title}
          </Button>
        ))}
      </div>
      <h3 className="mb-1 text-meta text-ink-3">Shown, from left to right</h3>
      <ol className="mb-4">
        {choice.columns.map(({ id }, index) => (
          <li key={id} className="flex items-center gap-2 border-b py-0.5 last:border-0">
            <Tick id={id} title={choice.titleOf(id)} checked onChange={() => toggle(id)} disabled={shown.length === 1} />
            <IconButton
              label={`Move ${choice.titleOf(id)} to the left`}
              disabled={index === 0}
              onClick={() => look.setColumns(moved(choice.columns, id, -1), "replace")}
            >
              <ArrowUp size={14} aria-hidden />
            </IconButton>
            <IconButton
              label={`Move ${choice.titleOf(id)} to the right`}
              disabled={index === shown.length - 1}
              onClick={() => look.setColumns(moved(choice.columns, id, 1), "replace")}
            >
              <ArrowDown size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      <h3 className="mb-1 text-meta text-ink-3">Not shown</h3>
      <ul className="grid grid-cols-2 gap-x-4">
        {rest.map((id) => (
          <li key={id}>
            <Tick id={id} title={columnOf(id).title} checked={false} onChange={() => toggle(id)} />
          </li>
        ))}
      </ul>
      <p className="mt-4 text-meta text-ink-3">
        In the list, drag the title of a column to move it and its edge to set its width; two clicks on the edge make it as wide as it needs. Where room is
        short, columns leave by themselves, never the event.
      </p>
    </Dialog>
  );
}

function Tick({ id, title, checked, onChange, disabled = false }: { id: ColumnId; title: string; checked: boolean; onChange: () => void; disabled?: boolean }) {
  return (
    <label htmlFor={`column-${id}`} className="flex min-h-7 flex-1 items-center gap-2">
      <input id={`column-${id}`} type="checkbox" checked={checked} disabled={disabled} onChange={onChange} className="size-3.5 accent-[var(--accent)]" />
      {title}
    </label>
  );
}
