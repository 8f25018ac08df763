import type { Clause, Parsed } from "@daybook/query";
import { X } from "lucide-react";
import { clauseWords, type Labels } from "../filters/filter-words.ts";
import { piecesOf } from "./text-pieces.ts";

interface ChipsProps {
  text: string;
  parsed: Parsed;
  labels: Labels;
  /** Goes on with the text, the caret at this place. */
  onEdit: (caret: number) => void;
  onRemove: (clause: Clause) => void;
}

/** The search while nobody types in it: a chip for each clause, and as text what was not understood. */
export function Chips({ text, parsed, labels, onEdit, onRemove }: ChipsProps) {
  const pieces = piecesOf(text, parsed);
  const remove = (clause: Clause, button: HTMLElement) => {
    const item = button.closest("li");
    const beside = (item?.nextElementSibling ?? item?.previousElementSibling)?.querySelector<HTMLElement>("[data-remove]");
    // Focus must not fall to the page with the chip that goes.
    if (beside) beside.focus();
    else onEdit(0);
    onRemove(clause);
  };
  return (
    <ul aria-label="Active filters" className="flex h-full items-center gap-1">
      {pieces.map((piece, index) => {
        // By its text: a chip that stays is the same chip, wherever it stands now.
        const key = `${piece.text} ${pieces.slice(0, index).filter((each) => each.text === piece.text).length}`;
        if (piece.is === "gap") return null;
        if (piece.is === "problem")
          return (
            <li key={key} className="shrink-0">
              <button
                type="button"
                tabIndex={-1}
                onClick={() => onEdit(piece.to)}
                className="h-6 px-1 text-failed underline decoration-wavy decoration-1 underline-offset-4"
              >
                {piece.text}
              </button>
            </li>
          );
        const { field, words } = clauseWords(piece.clause, labels);
        return (
          <li key={key} className="chip flex h-6 max-w-[320px] shrink-0 items-center rounded-chip bg-selected pl-2">
            <button type="button" tabIndex={-1} title={piece.text} onClick={() => onEdit(piece.to)} className="min-w-0 truncate">
              <span className="text-ink-2">{field}: </span>
              {words}
            </button>
            <button
              type="button"
              aria-label={`Remove filter ${field}: ${words}`}
              data-remove
              onClick={(event) => remove(piece.clause, event.currentTarget)}
              onKeyDown={(event) => {
                if (event.key !== "Delete" && event.key !== "Backspace") return;
                event.preventDefault();
                remove(piece.clause, event.currentTarget);
              }}
              className="inset-focus grid size-6 shrink-0 place-items-center rounded-chip text-ink-2 hover:text-ink"
            >
              <X size={12} aria-hidden />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
