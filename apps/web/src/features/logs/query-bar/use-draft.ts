import { completionAt, keyWords, parseSearch, type Parsed } from "@daybook/query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { canonicalText } from "../search-text.ts";

/** A pause in plain words that is worth a look at the log. */
const settleMs = 400;

export interface Draft {
  /** What stands in the bar: what is being typed, or what the address says. */
  text: string;
  parsed: Parsed;
  /** Typed, and not what the rows were chosen by. */
  isUnapplied: boolean;
  /** Somebody tried to run what cannot be run. */
  blocked: boolean;
  type: (text: string, caret: number) => void;
  /** False when a part is not understood: the rows stay as they are. */
  run: (text?: string) => boolean;
  discard: () => void;
  /** Typing is over; what was not run stays, so that nobody loses it. */
  leave: () => void;
}

/**
 * The text while it is edited. The address stays the one state: a draft lives until it is run, discarded, or the address changes from elsewhere. Plain
 * words are looked for while they are typed; the first time is a step that Back undoes, the rest of the same edit replaces it.
 */
export function useDraft(q: string, onRun: (q: string, how: "push" | "replace") => void): Draft {
  const [draft, setDraft] = useState<string | null>(null);
  const [blocked, setBlocked] = useState(false);
  const [known, setKnown] = useState({ q, sent: q });
  const pushed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (q !== known.q) {
    // What came back is what was typed, in its canonical form: the caret must not jump while typing goes on.
    if (q !== known.sent) setDraft(null);
    setKnown({ q, sent: q });
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  const text = draft ?? q;
  const parsed = parseSearch(text);
  const isUnapplied = draft !== null && (parsed.problems.length > 0 || canonicalText(draft) !== q);
  const apply = (next: string, how: "push" | "replace") => {
    setKnown({ q, sent: next });
    onRun(next, how);
  };
  const applySettled = useEffectEvent((typed: string) => {
    const next = canonicalText(typed);
    if (next === q) return;
    apply(next, pushed.current ? "replace" : "push");
    pushed.current = true;
  });
  return {
    text,
    parsed,
    isUnapplied,
    blocked,
    type(typed, caret) {
      clearTimeout(timer.current);
      setDraft(typed);
      setBlocked(false);
      if (isPlainWords(typed, caret, q)) timer.current = setTimeout(() => applySettled(typed), settleMs);
    },
    run(wanted = text) {
      clearTimeout(timer.current);
      if (parseSearch(wanted).problems.length > 0) {
        setDraft(wanted);
        setBlocked(true);
        return false;
      }
      const next = canonicalText(wanted);
      setBlocked(false);
      setDraft(next === q ? null : next);
      if (next !== q) apply(next, pushed.current ? "replace" : "push");
      pushed.current = false;
      return true;
    },
    leave() {
      pushed.current = false;
      if (!isUnapplied) setDraft(null);
    },
    discard() {
      clearTimeout(timer.current);
      pushed.current = false;
      setBlocked(false);
      setDraft(null);
    },
  };
}

/** Whether only words differ from what the rows were chosen by, so that half a key or half a value is never searched for. */
function isPlainWords(typed: string, caret: number, q: string): boolean {
  const now = parseSearch(typed);
  const { kind, typed: word } = completionAt(typed, caret);
  if (now.problems.length > 0 || kind === "value" || [...keyWords()].some((key) => key.startsWith(word.toLowerCase()))) return false;
  const named = (text: string) => JSON.stringify(parseSearch(text).clauses.filter((clause) => clause.is !== "text"));
  return named(typed) === named(q);
}
