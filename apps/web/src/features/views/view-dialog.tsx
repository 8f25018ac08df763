import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, type inferInput, type Trpc } from "../../trpc.ts";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { DescriptionField, NameField } from "../../ui/named-fields.tsx";
import { toast } from "../../ui/toast.tsx";
import { SharingField } from "./sharing-field.tsx";
import { useSavedState } from "./use-saved-state.ts";
import { useViewChanges } from "./use-view-changes.ts";
import { useOpenView, type ShownView } from "./view-context.ts";

type Sharing = NonNullable<inferInput<Trpc["views"]["create"]>["sharing"]>;

interface ViewDialogProps {
  /** Null saves what is looked at as a new view. */
  view: ShownView | null;
  onClose: () => void;
}

export function ViewDialog({ view, onClose }: ViewDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { again } = useViewChanges();
  const { logType, open } = useOpenView();
  const state = useSavedState();
  const [name, setName] = useState(view?.name ?? "");
  const [description, setDescription] = useState(view?.description ?? "");
  const [sharing, setSharing] = useState<Sharing>(sharingOf(view));
  const create = useMutation(
    trpc.views.create.mutationOptions({
      onSuccess: async ({ id }) => {
        const made = await queryClient.fetchQuery(trpc.views.get.queryOptions({ viewId: id }));
        onClose();
        open(made);
        toast(`“${made.name}” is saved.`);
        void again();
      },
    }),
  );
  const update = useMutation(trpc.views.update.mutationOptions({ onSuccess: () => void again().then(onClose) }));
  const asIs = sharingOf(view);
  return (
    <FormDialog
      title={view ? `Change ${view.name}` : "Save view"}
      submit={view ? "Save changes" : "Save view"}
      error={create.error ?? update.error}
      isPending={create.isPending || update.isPending}
      onClose={onClose}
      onSubmit={() => {
        const words = { name: name.trim(), description: description.trim() };
        if (!view?.saved) create.mutate({ ...words, logType, state, sharing });
        else update.mutate({ viewId: view.id, version: view.saved.version, ...words, ...(JSON.stringify(sharing) !== JSON.stringify(asIs) && { sharing }) });
      }}
    >
      <NameField value={name} onChange={setName} />
      <DescriptionField
        value={description}
        onChange={setDescription}
        hint={view ? "" : "It keeps the search, the time range, the columns and how the list looks."}
      />
      <SharingField value={sharing} onChange={setSharing} />
    </FormDialog>
  );
}

function sharingOf(view: ShownView | null): Sharing {
  const sharing = view?.saved?.sharing;
  return sharing?.with === "team" ? { with: "team", teamId: sharing.teamId } : { with: sharing?.with ?? "nobody" };
}
