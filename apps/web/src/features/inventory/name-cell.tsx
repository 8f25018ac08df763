interface NameCellProps {
  id: string;
  name: string;
  detail: string;
  open: boolean;
  onOpen: () => void;
}

/** The name opens the row beside the list. */
export function NameCell({ id, name, detail, open, onOpen }: NameCellProps) {
  return (
    <td data-label="Name" className="min-w-[180px]">
      <div className="min-w-0">
        <button type="button" data-row={id} aria-expanded={open} onClick={onOpen} className="link text-left font-medium break-words">
          {name}
        </button>
        {detail && <div className="text-meta break-words text-ink-3">{detail}</div>}
      </div>
    </td>
  );
}

/** Closing leads back to the row that was open. */
export const focusRow = (id: string): void =>
  void requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }));
