import { X } from "lucide-react";
import { useSyncExternalStore } from "react";

interface Toast {
  id: number;
  text: string;
  act?: ToastAct | undefined;
}

/** The one thing that a toast may offer, such as to undo what it tells of. */
interface ToastAct {
  label: string;
  run: () => void;
}

const shownMs = 6000;
const shownMax = 3;
/** Long enough to read, change one's mind and reach the button. */
const shownWithActMs = 15_000;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** What stays beside the news. Only the last thing can be taken back: an older offer would undo what no longer stands. */
export const shownWith = (shown: readonly Toast[], news: Toast): readonly Toast[] =>
  [...shown.filter(({ text, act }) => text !== news.text && !(act && news.act)), news].slice(-shownMax);

/** For small news that needs no answer. Anything that matters is a sentence on the page itself. */
export function toast(text: string, act?: ToastAct): void {
  const id = ++lastId;
  change(shownWith(toasts, { id, text, act }));
  setTimeout(() => dismiss(id), act ? shownWithActMs : shownMs);
}

const dismiss = (id: number): void => change(toasts.filter((shown) => shown.id !== id));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed bottom-4 left-1/2 z-50 [body:has([data-selected])_&]:bottom-16 flex w-max max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col gap-2"
    >
      {shown.map(({ id, text, act }) => (
        <div key={id} className="appear pointer-events-auto flex items-center gap-3 rounded-card bg-ink py-2 pr-2 pl-3 text-bg shadow-overlay">
          <span>{text}</span>
          {act && (
            <button
              type="button"
              onClick={() => {
                dismiss(id);
                act.run();
              }}
              className="rounded-chip px-1.5 py-0.5 font-medium underline underline-offset-2"
            >
              {act.label}
            </button>
          )}
          <button type="button" aria-label="Dismiss" onClick={() => dismiss(id)} className="grid size-6 place-items-center rounded-chip">
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
