import { parseSearch, withoutClause, type Clause } from "@daybook/query";
import { CircleHelp, Search, X } from "lucide-react";
import { lazy, Suspense, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { useOpen } from "../../../shell/organization.tsx";
import { IconButton } from "../../../ui/button.tsx";
import type { Labels } from "../filters/filter-words.ts";
import type { Scope } from "../logs-search.ts";
import { canonicalText, textOf } from "../search-text.ts";
import { Chips } from "./chips.tsx";
import { Notice } from "./notice.tsx";
import { addToHistory, historyKey } from "./search-history.ts";
import type { Offer } from "./offers.ts";
import type { SuggestionsHandle } from "./suggestions.tsx";
import { TypedText } from "./typed-text.tsx";
import { useDraft } from "./use-draft.ts";
import { useShowsNothing } from "../../views/view-context.ts";

const loadSuggestions = async () => ({ default: (await import("./suggestions.tsx")).Suggestions });
const Suggestions = lazy(loadSuggestions);
const SyntaxHelp = lazy(async () => ({ default: (await import("./syntax-help.tsx")).SyntaxHelp }));

export interface QueryBarHandle {
  focus: () => void;
}

interface QueryBarProps {
  ref: Ref<QueryBarHandle>;
  /** What the address says. */
  q: string;
  /** Where values are looked for. */
  scope: Scope;
  labels: Labels;
  onRun: (q: string, how: "push" | "replace") => void;
}

/** One search, as text while it is edited and as chips while it is not. */
export function QueryBar({ ref, q, scope, labels, onRun }: QueryBarProps) {
  const { organization, session } = useOpen();
  const ids = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<SuggestionsHandle>(null);
  const helpButton = useRef<HTMLButtonElement>(null);
  const [focused, setFocused] = useState(false);
  const [caret, setCaret] = useState(0);
  const [listOpen, setListOpen] = useState(false);
  const [activeId, setActiveId] = useState<string>();
  const [helping, setHelping] = useState(false);
  const kept = historyKey(organization.id, session.user.id);
  const showsNothing = useShowsNothing();
  const draft = useDraft(q, onRun);
  const { text, parsed } = draft;
  const chipped = !focused && text !== "" && !draft.isUnapplied;
  const problems = parsed.problems.filter(({ from, to }) => !focused || draft.blocked || caret < from || caret > to);

  const edit = (place: number) => {
    input.current?.focus();
    input.current?.setSelectionRange(place, place);
    setCaret(place);
  };
  useImperativeHandle(ref, () => ({ focus: () => edit(text.length) }));
  const run = (wanted = input.current?.value ?? text) => {
    setListOpen(false);
    if (draft.run(wanted)) addToHistory(kept, canonicalText(wanted));
  };
  /** Through the browser's own editing, so that undo takes it back like typing. */
  const insert = (offer: Offer) => {
    const field = input.current;
    if (!field) return;
    field.focus();
    field.setSelectionRange(offer.from, offer.to);
    if (!document.execCommand("insertText", false, offer.insert)) {
      field.setRangeText(offer.insert, offer.from, offer.to, "end");
      draft.type(field.value, field.selectionStart ?? field.value.length);
    }
    setCaret(field.selectionStart ?? 0);
  };
  const pick = (offer: Offer, stays: boolean) => {
    insert(offer);
    const understood = parseSearch(input.current?.value ?? "").problems.length === 0;
    if (offer.runs && !stays && understood) run();
    else setListOpen(true);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key } = event;
    // Keys that choose among the letters of an input method are not for the bar.
    if (event.nativeEvent.isComposing) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (listOpen) list.current?.move(key === "ArrowDown" ? 1 : -1);
      else setListOpen(true);
    } else if (key === "Enter") {
      const active = event.metaKey || event.ctrlKey || !listOpen ? undefined : list.current?.active();
      if (active) pick(active, false);
      else run();
    } else if (key === "Tab" && !event.shiftKey) {
      const offer = listOpen ? list.current?.completion() : undefined;
      if (!offer) return;
      pick(offer, true);
    } else if (key === "Escape") {
      event.stopPropagation();
      if (listOpen) setListOpen(false);
      else {
        draft.discard();
        input.current?.blur();
      }
    } else return;
    event.preventDefault();
  };
  const remove = (clause: Clause) => onRun(textOf(withoutClause(parsed.clauses, clause)), "push");
  const panelId = `${ids}-list`;
  const problemId = `${ids}-problem`;
  return (
    <div
      data-query-bar
      data-state={problems.length > 0 ? "error" : "ready"}
      className="relative min-w-0 flex-1"
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        setListOpen(false);
        draft.leave();
      }}
    >
      <div
        className={`control flex items-center gap-1 p-0! pr-1! pl-2! has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-1 has-[input:focus-visible]:outline-accent ${problems.length > 0 ? "border-danger!" : ""}`}
      >
        <Search size={14} aria-hidden className="shrink-0 text-ink-3" />
        <div className="relative h-full min-w-0 flex-1">
          {chipped && (
            <div className="absolute inset-0 z-[1] bg-bg">
              <div
                className="h-full overflow-x-auto pr-5 [mask-image:linear-gradient(to_right,black_calc(100%-20px),transparent)] [scrollbar-width:none]"
                onPointerDown={(event) => {
                  if (event.target instanceof Element && event.target.closest("button")) return;
                  event.preventDefault();
                  edit(text.length);
                }}
              >
                <Chips text={text} parsed={parsed} labels={labels} onEdit={edit} onRemove={remove} />
              </div>
            </div>
          )}
          {!chipped && problems.length > 0 && <TypedText text={text} problems={problems} input={input} />}
          <input
            ref={input}
            type="text"
            role="combobox"
            aria-label="Search events"
            aria-keyshortcuts="/"
            aria-autocomplete="list"
            aria-expanded={listOpen}
            aria-controls={panelId}
            aria-activedescendant={listOpen ? activeId : undefined}
            aria-invalid={problems.length > 0}
            aria-describedby={problems.length > 0 ? problemId : undefined}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="search"
            placeholder="Search actor, action, resource, IP, or key:value  /"
            className="relative h-full w-full bg-transparent px-1 outline-none!"
            value={text}
            onFocus={() => {
              setFocused(true);
              setListOpen(text === "");
              void loadSuggestions();
            }}
            onBlur={() => setFocused(false)}
            onClick={() => setListOpen(true)}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
            onChange={({ target }) => {
              const place = target.selectionStart ?? target.value.length;
              draft.type(target.value, place);
              setCaret(place);
              setListOpen(true);
            }}
            onKeyDown={press}
          />
        </div>
        {draft.isUnapplied && !focused && (
          <button type="button" onClick={() => run()} className="link h-6 shrink-0 px-1 text-meta">
            Search
          </button>
        )}
        {text !== "" && (
          <IconButton
            label="Clear search"
            className="size-6"
            onClick={() => {
              run("");
              input.current?.focus();
            }}
          >
            <X size={14} aria-hidden />
          </IconButton>
        )}
        <IconButton
          ref={helpButton}
          label="How to search"
          className="size-6"
          aria-expanded={helping}
          onPointerDown={(event) => helping && event.preventDefault()}
          onClick={() => setHelping(!helping)}
        >
          <CircleHelp size={14} aria-hidden />
        </IconButton>
      </div>
      {focused && (listOpen || problems.length > 0) && (
        <div
          onPointerDown={(event) => event.preventDefault()}
          className="appear absolute inset-x-0 top-full z-30 mt-1 overflow-hidden rounded-card border bg-bg shadow-overlay"
        >
          <Notice id={problemId} problems={problems} onFix={(fixed) => insert({ ...whole(text), insert: fixed })} />
          {listOpen && (
            <Suspense fallback={<p className="px-3 py-2 text-ink-3">Loading suggestions…</p>}>
              <Suggestions
                ref={list}
                id={panelId}
                text={text}
                caret={caret}
                scope={scope}
                historyKey={kept}
                onActive={setActiveId}
                onPick={(offer) => pick(offer, false)}
              />
            </Suspense>
          )}
        </div>
      )}
      {!focused && (
        <Notice
          id={problemId}
          problems={problems}
          {...(!showsNothing && { clauses: parsed.clauses })}
          isUnapplied={draft.isUnapplied}
          onFix={(fixed) => run(fixed)}
        />
      )}
      {helping && (
        <Suspense>
          <SyntaxHelp
            onClose={(how) => {
              setHelping(false);
              if (how === "key") helpButton.current?.focus();
            }}
            onTry={(example) => {
              setHelping(false);
              insert({ ...whole(text), from: text.length, insert: `${text === "" || text.endsWith(" ") ? "" : " "}${example}` });
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

const whole = (text: string): Offer => ({ id: "whole", group: "Fix", title: "", insert: "", from: 0, to: text.length, runs: false });
