import type { ReactNode } from "react";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { plural } from "../../../ui/numbers.ts";

interface FilterSheetProps {
  /** How many events the search finds, once it is counted. */
  total: number | undefined;
  onClose: () => void;
  onAll: () => void;
  children: ReactNode;
}

/** The rail where there is no room beside the list: what is pressed holds at once, and the button says what it comes to. */
export function FilterSheet({ total, onClose, onAll, children }: FilterSheetProps) {
  return (
    <Dialog title="Filters" shape="sheet" onClose={onClose}>
      <div className="-m-4 flex h-[calc(100dvh-45px)] flex-col">
        <div className="scroll-thin min-h-0 flex-1 overflow-y-auto">{children}</div>
        <div className="flex gap-2 border-t p-3">
          <Button onClick={onAll}>All filters…</Button>
          <Button look="primary" className="min-w-0 flex-1" onClick={onClose}>
            {total === undefined ? "Show the events" : `Show ${plural(total, "event")}`}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
