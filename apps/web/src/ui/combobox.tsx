import { useId, useRef, useState } from "react";

interface ComboboxProps {
  id?: string;
  value: string;
  options: readonly string[];
  onChange: (value: string) => void;
  "aria-describedby"?: string;
}

const shownMax = 60;

/** A select that can be searched: an input that owns a listbox, moved through with the arrow keys. */
export function Combobox({ value, options, onChange, ...control }: ComboboxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const open = typed !== null;
  const found = matching(options, typed ?? "").slice(0, shownMax);

  const close = () => setTyped(null);
  const pick = (option: string | undefined) => {
    if (option !== undefined) onChange(option);
    close();
  };
  const move = (step: number) => {
    const next = Math.min(Math.max(active + step, 0), found.length - 1);
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  return (
    <div className="relative">
      <input
        {...control}
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && found[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        className="control control-form"
        value={typed ?? value}
        placeholder="Search…"
        onFocus={(event) => event.target.select()}
        onClick={() => open || setTyped("")}
        onBlur={close}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" && !open) setTyped("");
          else if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else if (event.key === "Enter" && open) pick(found[active]);
          else if (event.key === "Escape" && open) close();
          else return;
          event.preventDefault();
        }}
      />
      {open && (
        <ul
          ref={list}
          id={listId}
          role="listbox"
          aria-label="Options"
          className="scroll-thin absolute z-20 mt-1 max-h-64 w-full overflow-y-auto rounded-card border bg-bg p-1 shadow-overlay"
        >
          {found.map((option, index) => (
            <li
              key={option}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={option === value}
              onPointerDown={(event) => {
                event.preventDefault();
                pick(option);
              }}
              className={`flex h-7 items-center rounded-chip px-2 ${index === active ? "bg-selected" : "hover:bg-hover"} ${option === value ? "font-medium" : ""}`}
            >
              {option}
            </li>
          ))}
          {found.length === 0 && <li className="px-2 py-1 text-ink-3">Nothing matches “{typed}”.</li>}
        </ul>
      )}
    </div>
  );
}

/** Words in any order, and "new york" finds New_York. */
export function matching(options: readonly string[], typed: string): string[] {
  const words = typed
    .toLowerCase()
    .split(/[\s_/]+/)
    .filter(Boolean);
  return options.filter((option) => {
    const text = option.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
