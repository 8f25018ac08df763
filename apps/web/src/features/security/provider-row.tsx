import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { plural } from "../../ui/numbers.ts";
import { StateChip } from "../../ui/status-mark.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Time } from "../../ui/time.tsx";
import { toast } from "../../ui/toast.tsx";
import type { Provider } from "./providers.tsx";

export function ProviderRow({ provider, mayChange, onEdit }: { provider: Provider; mayChange: boolean; onEdit: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const refresh = () => queryClient.invalidateQueries(trpc.signInProviders.pathFilter());
  const update = useMutation(trpc.signInProviders.update.mutationOptions({ onSuccess: refresh, onError: (error) => toast(readApiError(error).message) }));
  const remove = useMutation(
    trpc.signInProviders.remove.mutationOptions({
      onSuccess: async () => {
        await refresh();
        setAsking(false);
      },
    }),
  );
  return (
    <tr data-provider={provider.id}>
      <td data-label="Provider">
        <span className="font-medium">{provider.name}</span>
        <div className="mono text-meta break-all text-ink-3">{provider.issuer}</div>
      </td>
      <td data-label="Domains">
        {provider.emailDomains.join(", ")}
        {provider.autoJoinRole && <div className="text-meta text-ink-3">newcomers become members</div>}
      </td>
      <td data-label="People">{provider.people}</td>
      <td data-label="Last sign-in" className="whitespace-nowrap">
        {provider.lastUsedAt ? <Time at={provider.lastUsedAt} /> : "Never"}
      </td>
      <td data-label="State">
        {mayChange ? (
          <Switch
            label={`Sign-in with ${provider.name}`}
            checked={provider.enabled}
            disabled={update.isPending}
            onChange={(enabled) => update.mutate({ providerId: provider.id, enabled })}
          />
        ) : (
          <StateChip tone={provider.enabled ? "ok" : "neutral"}>{provider.enabled ? "On" : "Off"}</StateChip>
        )}
      </td>
      <td className="text-right whitespace-nowrap">
        {mayChange && (
          <span className="inline-flex gap-1">
            <Button size="dense" aria-label={`Edit ${provider.name}`} onClick={onEdit}>
              Edit…
            </Button>
            <Button size="dense" aria-label={`Remove ${provider.name}`} onClick={() => setAsking(true)}>
              Remove…
            </Button>
          </span>
        )}
        {asking && (
          <Confirm
            title={`Remove ${provider.name}?`}
            act="Remove provider"
            busy={remove.isPending}
            error={remove.error}
            onConfirm={() => remove.mutate({ providerId: provider.id })}
            onClose={() => setAsking(false)}
          >
            {provider.people === 0
              ? "Nobody signs in with it."
              : `${plural(provider.people, "person", "people")} sign in with it, and its sessions end at once.`}{" "}
            They stay members. The removal is recorded in the activity log.
          </Confirm>
        )}
      </td>
    </tr>
  );
}
