import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient, type inferInput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { toast } from "../../ui/toast.tsx";
import { useOpenView, type ShownView } from "./view-context.ts";

export interface ViewChanges {
  /** Everything that was heard of views is asked anew. */
  again: () => Promise<void>;
  isBusy: boolean;
  toggleStar: (view: ShownView, isStarred: boolean) => void;
  chooseDefault: (choice: inferInput<Trpc["views"]["setDefault"]>) => void;
  /** Whoever looks at the view goes on looking at the same. */
  remove: (view: ShownView) => void;
}

/**
 * What can be done to views from the menu. What fails is told; what is shown is then asked anew. The requests belong to no component: a deletion is
 * undone when the menu is long gone.
 */
export function useViewChanges(): ViewChanges {
  const trpc = useTRPC();
  const { views } = useTRPCClient();
  const queryClient = useQueryClient();
  const opened = useOpenView();
  const [isBusy, setBusy] = useState(false);
  const again = () => queryClient.invalidateQueries({ queryKey: trpc.views.pathKey() });
  const act = async (change: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await change();
    } catch (error) {
      toast(readApiError(error).message);
    }
    await again();
    setBusy(false);
  };
  const undo = (view: ShownView, wasOpen: boolean) =>
    act(async () => {
      await views.restore.mutate({ viewId: view.id });
      if (wasOpen) opened.open(view);
      else toast(`“${view.name}” is back.`);
    });
  return {
    again,
    isBusy,
    toggleStar: (view, isStarred) => void act(() => (isStarred ? views.unstar : views.star).mutate({ viewId: view.id })),
    chooseDefault: (choice) => {
      opened.stay();
      void act(() => views.setDefault.mutate(choice));
    },
    remove: (view) =>
      void act(async () => {
        const wasOpen = opened.view?.id === view.id;
        await views.delete.mutate({ viewId: view.id });
        if (wasOpen) opened.leave();
        toast(`“${view.name}” was deleted.`, { label: "Undo", run: () => void undo(view, wasOpen) });
      }),
  };
}
