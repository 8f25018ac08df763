import { useId, useState } from "react";

export interface Candidate {
  userId: string;
  name: string;
  email: string;
}

interface PersonComboboxProps {
  id?: string;
  typed: string;
  chosen: Candidate | null;
  /** What the server found for what is typed; undefined while it looks. */
  candidates: readonly Candidate[] | undefined;
  onType: (text: string) => void;
  onChoose: (candidate: Candidate | null) => void;
  "aria-describedby"?: string;
}

/** A search for one person: an input that owns a listbox, whose options come from the server. */
export function PersonCombobox({ typed, chosen, candidates, onType, onChoose, ...control }: PersonComboboxProps) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const listId = useId();
  const found = candidates ?? [];
  const pick = (candidate: Candidate | undefined) => {
    if (!candidate) return;
    onChoose(candidate);
    onType("");
    setOpen(false);
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
        placeholder="Name or address…"
        className="control control-form"
        value={open || !chosen ? typed : `${chosen.name} · ${chosen.email}`}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          onType(event.target.value);
          onChoose(null);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") {
            setOpen(true);
            setActive(open ? Math.min(active + 1, Math.max(found.length - 1, 0)) : 0);
          } else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
          else if (event.key === "Enter" && open) pick(found[active]);
          else if (event.key === "Escape" && open) setOpen(false);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {open && (
        <ul id={listId} role="listbox" aria-label="Members" className="scroll-thin mt-1 max-h-52 overflow-y-auto rounded-card border bg-bg p-1">
          {found.map((candidate, index) => (
            <li
              key={candidate.userId}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={candidate.userId === chosen?.userId}
              onPointerDown={(event) => {
                event.preventDefault();
                pick(candidate);
              }}
              className={`flex min-h-8 flex-wrap items-center gap-x-2 rounded-chip px-2 ${index === active ? "bg-selected" : "hover:bg-hover"}`}
            >
              <span className="font-medium">{candidate.name}</span>
              <span className="text-meta break-all text-ink-2">{candidate.email}</span>
            </li>
          ))}
          {found.length === 0 && (
            <li className="px-2 py-1 text-ink-3">
              {candidates === undefined ? "Looking…" : typed ? `Nobody matches “${typed}”.` : "Everybody is in the team already."}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
