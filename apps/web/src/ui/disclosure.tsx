import { ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";

interface DisclosureProps {
  title: string;
  open?: boolean;
  children: ReactNode;
}

/** The lower part of a card, folded until asked for: its content is not even requested before. */
export function Disclosure({ title, open: first = false, children }: DisclosureProps) {
  const [open, setOpen] = useState(first);
  return (
    <div className="border-t">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="inset-focus flex min-h-8 w-full items-center gap-1.5 rounded-b-card px-3 py-1 text-left text-ink-2 hover:bg-hover"
      >
        <ChevronRight size={13} aria-hidden className={open ? "rotate-90" : ""} />
        {title}
      </button>
      {open && <div className="p-3 pt-1">{children}</div>}
    </div>
  );
}
