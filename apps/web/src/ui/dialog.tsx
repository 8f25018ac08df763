import { X } from "lucide-react";
import { useEffect, useId, useRef, type MouseEvent, type ReactNode, type RefObject } from "react";
import { IconButton } from "./button.tsx";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
  /** A sheet stands at the left edge and is as high as the window. */
  shape?: "card" | "sheet";
}

const shapes = {
  card: "m-auto max-h-[min(720px,calc(100dvh-32px))] w-[calc(100vw-32px)] rounded-card border",
  sheet: "m-0 h-dvh max-h-dvh w-[min(340px,100vw)] border-r",
} as const;

/** What a form in a dialog begins with. Of radios that is the chosen one. */
const firstField = "form :is(input:not([type=radio]), input:checked, select, textarea):enabled";

/** A modal on the browser's own `<dialog>`: focus trap, inert page and Escape come with it. Render it only while it is open. */
export function Dialog({ title, onClose, children, wide = false, shape = "card" }: DialogProps) {
  const dialog = useModal();
  const titleId = useId();
  const typed = useRef(false);
  useEffect(() => {
    // The browser gives the focus to what comes first, and that is the cross; a sheet is read before anything is typed.
    if (shape === "card" && document.activeElement?.closest("header")) dialog.current?.querySelector<HTMLElement>(firstField)?.focus();
  }, [dialog, shape]);
  // A press beside a dialog closes it, but takes nothing away that somebody typed. Of a double click the second press does not count: it was
  // meant for a button, which the answer to the first may have moved.
  const closeFromBeside = (event: MouseEvent<HTMLDialogElement>) => {
    if (event.detail < 2 && !typed.current && isBeside(event)) onClose();
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onInput={() => {
        typed.current = shape === "card";
      }}
      onMouseDown={closeFromBeside}
      className={`appear overflow-y-auto bg-bg p-0 shadow-overlay ${shapes[shape]} ${wide ? "max-w-[880px]" : "max-w-[480px]"}`}
    >
      <header className="sticky top-0 z-10 flex items-center justify-between border-b bg-bg py-2 pr-2 pl-4">
        <h2 id={titleId} className="text-section">
          {title}
        </h2>
        <IconButton label="Close" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div className="p-4">{children}</div>
    </dialog>
  );
}

/** The backdrop and the dialog's scrollbar are both the dialog itself to the browser. */
function isBeside({ target, currentTarget, clientX, clientY }: MouseEvent<HTMLDialogElement>): boolean {
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
  return target === currentTarget && (clientX < left || clientX > right || clientY < top || clientY > bottom);
}

/** Opens a `<dialog>` over the page for as long as it is there; what had the focus gets it back. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const opener = openerOf(document.activeElement);
    element?.showModal();
    return () => {
      element?.close();
      // What opened it may be gone with what it changed, as the row of a token that was revoked.
      (opener?.isConnected && opener !== document.body ? opener : document.querySelector<HTMLElement>("main"))?.focus();
    };
  }, []);
  return dialog;
}

/** A menu is gone when the dialog that it opened closes; the button it hung on is there. */
function openerOf(element: Element | null): HTMLElement | null {
  const menu = element?.closest("[role=menu]");
  const opener = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : element;
  return opener instanceof HTMLElement ? opener : null;
}
