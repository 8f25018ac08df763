import { useId, useRef, useState } from "react";

export interface Choice {
  id: string;
  name: string;
  /** Tells equal names apart. */
  detail?: string;
}

interface PickerProps {
  id?: string;
  "aria-describedby"?: string;
  /** Where no label stands beside it. */
  label?: string;
  placeholder: string;
  /** What stands in the field while the list is closed and something is chosen. */
  value?: string;
  chosen?: string | undefined;
  typed: string;
  /** What there is for what is typed; undefined while somebody looks. */
  choices: readonly Choice[] | undefined;
  /** Said where there is nothing to choose. */
  nothing?: string;
  /** A pick is being carried out: the field keeps the focus, and takes no other meanwhile. */
  busy?: boolean;
  /** A list in the flow of a dialog makes it higher instead of being cut by it. */
  shape?: "over" | "in-flow";
  className?: string;
  onType: (text: string) => void;
  onPick: (choice: Choice) => void;
}

const shapes = { over: "absolute z-20 w-full shadow-overlay", "in-flow": "" } as const;

/** Finds one of many while somebody types: an input that owns a listbox, moved through with the arrow keys. */
export function Picker({
  label,
  value = "",
  chosen,
  typed,
  choices,
  nothing = "There is nothing to choose.",
  busy = false,
  shape = "over",
  className = "control",
  onType,
  onPick,
  ...control
}: PickerProps) {
  const [open, setOpen] = useState(false);
  const [wanted, setActive] = useState(0);
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const found = choices ?? [];
  const active = Math.max(Math.min(wanted, found.length - 1), 0);
  const show = () => {
    if (open) return;
    if (value) onType("");
    setActive(0);
    setOpen(true);
  };
  const pick = (choice: Choice | undefined) => {
    if (!choice || busy) return;
    onPick(choice);
    onType("");
    setOpen(false);
  };
  const move = (step: number) => {
    const next = Math.max(Math.min(active + step, found.length - 1), 0);
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const act: Record<string, () => void> = {
    ArrowDown: open ? () => move(1) : show,
    ...(open && { ArrowUp: () => move(-1), Enter: () => pick(found[active]), Escape: () => setOpen(false) }),
  };
  return (
    <div className="relative">
      <input
        {...control}
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && found[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        readOnly={busy}
        className={className}
        value={open ? typed : value || typed}
        onFocus={(event) => event.target.select()}
        onClick={show}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          onType(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={(event) => {
          const step = event.nativeEvent.isComposing ? undefined : act[event.key];
          if (!step) return;
          step();
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {open && (
        <ul
          ref={list}
          id={listId}
          role="listbox"
          aria-label={label ?? "Choices"}
          className={`scroll-thin mt-1 max-h-64 overflow-y-auto rounded-card border bg-bg p-1 ${shapes[shape]}`}
        >
          {found.map((choice, index) => (
            <li
              key={choice.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={chosen === undefined ? index === active : choice.id === chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                pick(choice);
              }}
              className={`flex min-h-7 flex-wrap items-center gap-x-2 rounded-chip px-2 py-1 ${index === active ? "bg-selected" : "hover:bg-hover"}`}
            >
              <span className={`break-words ${choice.detail || choice.id === chosen ? "font-medium" : ""}`}>{choice.name}</span>
              {choice.detail && <span className="text-meta break-all text-ink-2">{choice.detail}</span>}
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

/** What was found before goes on only as far as it fits what is typed now, so that Enter never picks what somebody no longer means. */
export const fitting = (choices: readonly Choice[] | undefined, typed: string): readonly Choice[] | undefined =>
  choices?.filter(({ name, detail = "" }) => `${name} ${detail}`.toLowerCase().includes(typed.trim().toLowerCase()));
