import { Check, Search } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { useModal } from "../../ui/dialog.tsx";
import { keyWords } from "../../ui/key-words.ts";
import { foundItems } from "./found-items.ts";
import { pageCommands } from "./page-commands.ts";
import type { PaletteItem } from "./palette-item.ts";
import { recentChoices, rememberChoice } from "./recent.ts";
import { searchItems } from "./search-items.ts";
import { useEventWays, usePaletteItems } from "./use-palette-items.ts";

const typedMax = 2_000;

/** Every page, view and act by its name, and every event by what is known of it. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const [recent] = useState(recentChoices);
  const [commands] = useState(pageCommands);
  const dialog = useModal();
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const items = usePaletteItems(commands);
  const ways = searchItems(typed, useEventWays());
  const groups = [{ title: "Look up", items: ways.first }, ...foundItems(items, { typed, recent }), { title: "In the log", items: ways.last }].filter(
    (group) => group.items.length > 0,
  );
  const all = groups.flatMap((group) => group.items);
  const optionId = (item: PaletteItem) => `${listId}-${item.id.replaceAll(/\W+/g, "-")}`;
  const current = all[Math.min(active, all.length - 1)];

  const run = (item: PaletteItem | undefined) => {
    if (!item) return;
    if (item.kind !== "Events") rememberChoice(item.remembered ?? item.id);
    onClose();
    // When the palette is gone and the page has its focus back, so that what runs can move it.
    setTimeout(item.run);
  };
  const moveTo = (index: number) => {
    const next = (index + all.length) % all.length;
    setActive(next);
    list.current?.querySelectorAll("[role=option]")[next]?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") moveTo(active + 1);
    else if (event.key === "ArrowUp") moveTo(active - 1);
    else if (event.key === "Enter") run(current);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") onClose();
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      aria-label="Search or jump"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => event.target === dialog.current && onClose()}
      className="appear mx-auto mt-[min(12vh,96px)] mb-4 w-[min(620px,calc(100vw-24px))] overflow-hidden rounded-card border bg-bg p-0 shadow-overlay"
    >
      <div className="flex max-h-[min(560px,calc(100dvh-48px))] flex-col">
        <div className="flex items-center gap-2 border-b px-3">
          <Search size={16} aria-hidden className="shrink-0 text-ink-3" />
          <input
            autoFocus
            role="combobox"
            aria-expanded
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={current && optionId(current)}
            aria-label="Search or jump"
            autoComplete="off"
            spellCheck={false}
            maxLength={typedMax}
            placeholder="Page, view, action, event id, e-mail or IP address"
            className="inset-focus h-11 min-w-0 flex-1 bg-transparent text-form outline-none"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setActive(0);
              list.current?.scrollTo(0, 0);
            }}
            onKeyDown={onKeyDown}
          />
          <kbd aria-hidden>Esc</kbd>
        </div>
        <div ref={list} id={listId} role="listbox" aria-label="Found" className="scroll-thin min-h-0 overflow-y-auto p-1.5">
          {groups.map((group) => (
            <div key={group.title} role="group" aria-label={group.title}>
              <p aria-hidden className="px-2 pt-2 pb-1 text-meta text-ink-3">
                {group.title}
              </p>
              {group.items.map((item) => (
                <Option
                  key={item.id}
                  id={optionId(item)}
                  item={item}
                  isActive={item === current}
                  hint={group.title === item.kind || item.kind === "Events" ? "" : item.kind}
                  onRun={() => run(item)}
                  onPoint={() => setActive(all.indexOf(item))}
                />
              ))}
            </div>
          ))}
        </div>
        <p role="status" className="sr-only">
          {typed && `${all.length} found`}
        </p>
      </div>
    </dialog>
  );
}

interface OptionProps {
  id: string;
  item: PaletteItem;
  isActive: boolean;
  hint: string;
  onRun: () => void;
  onPoint: () => void;
}

function Option({ id, item: { title, Icon, keys, isCurrent }, isActive, hint, onRun, onPoint }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      onClick={onRun}
      // By movement alone: a list that scrolls under a resting pointer must not take the choice away from the keys.
      onPointerMove={onPoint}
      className={`flex min-h-8 items-center gap-2.5 rounded-chip px-2 py-1 ${isActive ? "bg-selected outline-2 -outline-offset-2 outline-accent" : ""}`}
    >
      <Icon size={16} aria-hidden className="shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1 truncate">{title}</span>
      {isCurrent && (
        <span className="flex items-center gap-1 text-meta text-ink-2">
          <Check size={14} aria-hidden /> current
        </span>
      )}
      {hint && <span className="shrink-0 text-meta text-ink-3">{hint}</span>}
      {keys && (
        <span aria-hidden className="flex shrink-0 gap-1">
          {keyWords(keys).map((word) => (
            <kbd key={word}>{word}</kbd>
          ))}
        </span>
      )}
    </div>
  );
}
