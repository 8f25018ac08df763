import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { namingValue } from "../../ui/naming-value.ts";
import { NameField } from "../../ui/named-fields.tsx";
import { NetworksField } from "./token-fields.tsx";
import { networksIn, type Token } from "./token-words.ts";

/** Name and networks; what a token may do never changes. */
export function EditTokenDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(token.name);
  const [networks, setNetworks] = useState(token.allowedCidrs.join("\n"));
  const update = useMutation(
    trpc.tokens.update.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.tokens.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <FormDialog
      title={`Name and networks of ${token.name}`}
      submit="Save"
      error={namingValue(update.error, update.variables)}
      isPending={update.isPending}
      onClose={onClose}
      onSubmit={() => update.mutate({ tokenId: token.id, name: name.trim(), allowedCidrs: networksIn(networks) })}
    >
      <NameField value={name} onChange={setName} hint="The log shows the new name for what the token does from now on." />
      <NetworksField value={networks} onChange={setNetworks} />
    </FormDialog>
  );
}
