import { Bookmark, ChevronDown } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { useOpenView } from "./view-context.ts";

const ViewsPanel = lazy(async () => ({ default: (await import("./views-panel.tsx")).ViewsPanel }));

/** Which view is open, whether it was changed, and behind it all the others. */
export function ViewsButton() {
  const { view, differing } = useOpenView();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useKeys("logs", { v: () => setOpen(true) });
  const isModified = differing.length > 0;
  return (
    <>
      <Button
        ref={button}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-keyshortcuts="v"
        aria-label={view ? `Saved views. Open: ${view.name}${isModified ? ", modified" : ""}` : "Saved views"}
        data-view={view?.id}
        onClick={() => setOpen(!open)}
        className="max-w-[220px] min-w-[34px] max-sm:px-2"
      >
        <Bookmark size={14} aria-hidden className={`shrink-0 ${view ? "fill-current text-accent" : ""}`} />
        <span className="truncate max-sm:sr-only">{view?.name ?? "Views"}</span>
        {isModified && <span aria-hidden>●</span>}
        <ChevronDown size={14} aria-hidden className="shrink-0 text-ink-3 max-sm:hidden" />
      </Button>
      {open && (
        <Suspense>
          <ViewsPanel anchor={button} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
