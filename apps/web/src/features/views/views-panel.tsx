import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { Popover } from "radix-ui";
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { DefaultNote } from "./default-note.tsx";
import { useViewChanges } from "./use-view-changes.ts";
import { useOpenView, type ShownView, type ViewList } from "./view-context.ts";
import { ViewDialog } from "./view-dialog.tsx";
import { ViewRow } from "./view-row.tsx";
import { groupsOf } from "./view-words.ts";

interface ViewsPanelProps {
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** Every view that the reader has, and what can be done with each. */
export function ViewsPanel({ anchor, onClose }: ViewsPanelProps) {
  const trpc = useTRPC();
  const list = useQuery(trpc.views.list.queryOptions());
  const [dialog, setDialog] = useState<ShownView | "new" | null>(null);
  if (dialog !== null) return <ViewDialog view={dialog === "new" ? null : dialog} onClose={onClose} />;
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          data-popover
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Saved views"
          onKeyDown={moveThrough}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => event.target instanceof Node && anchor.current?.contains(event.target) && event.preventDefault()}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            anchor.current?.focus();
          }}
          className="appear scroll-thin z-30 flex max-h-(--radix-popover-content-available-height) w-[min(380px,calc(100vw-16px))] flex-col overflow-y-auto rounded-card border bg-bg shadow-overlay"
        >
          <QueryPanel query={list} what="Saved views">
            {(views) => <Views list={views} onEdit={setDialog} onClose={onClose} />}
          </QueryPanel>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Views({ list, onEdit, onClose }: { list: ViewList; onEdit: (view: ShownView | "new") => void; onClose: () => void }) {
  const { view: opened, search, open } = useOpenView();
  const changes = useViewChanges();
  const isOwnEyes = search.as === undefined;
  const starred = new Set(list.starred);
  const top = useRef<HTMLDivElement>(null);
  // Enter opens the view that is marked: the one that is open, else the first.
  useEffect(() => {
    const all = top.current?.querySelectorAll<HTMLElement>("[data-open-view]") ?? [];
    ([...all].find((each) => each.ariaCurrent === "true") ?? all[0])?.focus();
  }, []);
  const go = (view: ShownView | null) => {
    onClose();
    open(view);
  };
  return (
    <div ref={top}>
      {groupsOf(list).map(({ title, views }) => (
        <section key={title} aria-label={title} className="border-b py-1">
          <h2 className="px-3 pt-1.5 pb-1 text-meta text-ink-3">
            {title} <span aria-hidden>({views.length})</span>
          </h2>
          <ul>
            {views.map((view) => (
              <ViewRow
                key={view.id}
                view={view}
                list={list}
                isOpen={opened?.id === view.id}
                isStarred={starred.has(view.id)}
                changes={isOwnEyes ? changes : null}
                onOpen={() => go(view)}
                onEdit={() => onEdit(view)}
              />
            ))}
          </ul>
        </section>
      ))}
      <DefaultNote list={list} onChoose={isOwnEyes ? changes.chooseDefault : null} />
      <div className="sticky bottom-0 flex gap-2 border-t bg-bg p-2">
        {isOwnEyes && (
          <Button size="dense" onClick={() => onEdit("new")}>
            <Plus size={14} aria-hidden />
            Save what you see
          </Button>
        )}
        {opened && (
          <Button size="dense" look="plain" onClick={() => go(null)}>
            Close the view
          </Button>
        )}
      </div>
    </div>
  );
}

/** The arrow keys go from view to view; Tab reaches what can be done with each. */
function moveThrough(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const views = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-open-view]")];
  const row = event.target instanceof Element ? event.target.closest("li") : null;
  const at = views.findIndex((each) => row?.contains(each));
  views[(at + step + views.length) % views.length]?.focus();
  event.preventDefault();
}
