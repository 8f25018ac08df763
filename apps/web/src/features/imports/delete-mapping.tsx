import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import type { SavedMapping } from "./import-types.ts";

export function DeleteMapping({ mapping }: { mapping: SavedMapping }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.mappings.delete.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await queryClient.invalidateQueries(trpc.mappings.pathFilter());
      },
    }),
  );
  return (
    <>
      <Button size="dense" aria-label={`Delete ${mapping.name}`} onClick={() => setAsking(true)}>
        Delete…
      </Button>
      {asking && (
        <Confirm
          title={`Delete the mapping ${mapping.name}?`}
          act="Delete mapping"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ mappingId: mapping.id })}
          onClose={() => setAsking(false)}
        >
          Files of this kind are no longer recognised. Events that came by it stay in the log. A mapping made again under the same name knows them as its own.
        </Confirm>
      )}
    </>
  );
}
