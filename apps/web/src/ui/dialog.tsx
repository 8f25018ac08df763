import { X } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode, type RefObject } from "react";
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

/** A modal on the browser's own `<dialog>`: focus trap, inert page and Escape come with it. Render it only while it is open. */
export function Dialog({ title, onClose, children, wide = false, shape = "card" }: DialogProps) {
  const dialog = useModal();
  const titleId = useId();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => event.target === dialog.current && onClose()}
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

/** Opens a `<dialog>` over the page for as long as it is there; what had the focus gets it back. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return dialog;
}
