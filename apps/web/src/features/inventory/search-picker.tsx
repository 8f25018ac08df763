import { useId, useState } from "react";

export interface Choice {
  id: string;
  name: string;
  /** Tells equal names apart. */
  detail: string;
}

interface SearchPickerProps {
  label: string;
  placeholder: string;
  typed: string;
  /** What the server found for what is typed; undefined while it looks. */
  choices: readonly Choice[] | undefined;
  /** Said where there is nothing to choose. */
  nothing: string;
  disabled?: boolean;
  onType: (text: string) => void;
  onPick: (choice: Choice) => void;
}

/** Finds one of many while somebody types: an input that owns a listbox, moved through with the arrow keys. */
export function SearchPicker({ label, placeholder, typed, choices, nothing, disabled = false, onType, onPick }: SearchPickerProps) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const listId = useId();
  const found = choices ?? [];
  const pick = (choice: Choice | undefined) => {
    if (!choice) return;
    onPick(choice);
    onType("");
    setActive(0);
    setOpen(false);
  };
  const act: Record<string, () => void> = {
    ArrowDown: () => {
      setActive(open ? Math.min(active + 1, Math.max(found.length - 1, 0)) : 0);
      setOpen(true);
    },
    ArrowUp: () => setActive(Math.max(active - 1, 0)),
    ...(open && { Enter: () => pick(found[active]), Escape: () => setOpen(false) }),
  };
  return (
    <div className="relative min-w-0 flex-1 basis-[200px]">
      <input
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && found[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        placeholder={placeholder}
        className="control"
        value={typed}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          onType(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={(event) => {
          const step = act[event.key];
          if (!step) return;
          step();
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {open && (
        <ul
          id={listId}
          role="listbox"
          aria-label={label}
          className="scroll-thin absolute z-20 mt-1 max-h-64 w-full overflow-y-auto rounded-card border bg-bg p-1 shadow-overlay"
        >
          {found.map((choice, index) => (
            <li
              key={choice.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => {
                event.preventDefault();
                pick(choice);
              }}
              className={`flex min-h-8 flex-wrap items-center gap-x-2 rounded-chip px-2 py-1 ${index === active ? "bg-selected" : "hover:bg-hover"}`}
            >
              <span className="font-medium break-words">{choice.name}</span>
              <span className="text-meta break-all text-ink-2">{choice.detail}</span>
            </li>
          ))}
          {found.length === 0 && (
            <li role="option" aria-selected={false} aria-disabled className="px-2 py-1 text-ink-3">
              {choices === undefined ? "Looking…" : typed ? `Nothing matches “${typed}”.` : nothing}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
