import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { useSavedState } from "./use-saved-state.ts";
import { useViewChanges } from "./use-view-changes.ts";
import { useOpenView } from "./view-context.ts";
import { ViewDialog } from "./view-dialog.tsx";

/** What there is to say of the view that is open: that it was changed, that a part of it is not understood, or that it is not there. */
export function ViewBar() {
  const { view, gone, broken, differing } = useOpenView();
  return (
    <>
      {gone && <GoneNote why={gone} />}
      {broken.length > 0 && <BrokenNote />}
      {view && differing.length > 0 && <Modified />}
    </>
  );
}

function Modified() {
  const trpc = useTRPC();
  const { view, search, differing, open } = useOpenView();
  const { again } = useViewChanges();
  const state = useSavedState();
  const [saving, setSaving] = useState(false);
  const queryClient = useQueryClient();
  /** As it is now, also where somebody else changed it meanwhile. */
  const openAnew = async (id: string) => {
    await again();
    open(await queryClient.fetchQuery(trpc.views.get.queryOptions({ viewId: id })));
  };
  const update = useMutation(trpc.views.update.mutationOptions({ onSuccess: ({ id }) => openAnew(id) }));
  if (!view) return null;
  const isOwnEyes = search.as === undefined;
  return (
    <div data-view-modified className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-surface px-3 py-1">
      <p className="min-w-0 flex-1 basis-[200px] text-meta">
        <span aria-hidden className="text-accent">
          ●
        </span>{" "}
        <strong className="font-semibold">{view.name}</strong> · modified: {differing.join(", ")}
        {update.error && (
          <span role="alert" className="block text-failed">
            {readApiError(update.error).message}
          </span>
        )}
      </p>
      <div className="flex flex-wrap gap-1.5">
        {isOwnEyes && view.saved?.mayChange && (
          <Button size="dense" disabled={update.isPending} onClick={() => view.saved && update.mutate({ viewId: view.id, version: view.saved.version, state })}>
            Update
          </Button>
        )}
        {isOwnEyes && (
          <Button size="dense" onClick={() => setSaving(true)}>
            Save as…
          </Button>
        )}
        <Button size="dense" look="plain" onClick={() => void openAnew(view.id)}>
          Reset
        </Button>
      </div>
      {saving && <ViewDialog view={null} onClose={() => setSaving(false)} />}
    </div>
  );
}

/** The search bar says why; this says what comes of it. */
function BrokenNote() {
  const { broken } = useOpenView();
  return (
    <Note>
      <p className="min-w-0 flex-1">
        {broken.map((text) => (
          <s key={text} className="mono mr-2">
            {text}
          </s>
        ))}
        is not understood any more, so no event matches it, and this view shows none. Take it out of the search to see the rest.
      </p>
    </Note>
  );
}

function GoneNote({ why }: { why: string }) {
  const { leave } = useOpenView();
  return (
    <Note>
      <p className="min-w-0 flex-1">
        <strong className="font-medium">This link names a view that does not open.</strong> {why} You see the log without it.
      </p>
      <Button size="dense" onClick={leave}>
        Dismiss
      </Button>
    </Note>
  );
}

const Note = ({ children }: { children: ReactNode }) => (
  <div role="note" data-view-note className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-surface px-3 py-1.5">
    <CircleAlert size={14} aria-hidden className="shrink-0 text-pending" />
    {children}
  </div>
);
