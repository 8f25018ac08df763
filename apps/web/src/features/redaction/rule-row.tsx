import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { FormError } from "../../ui/field.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Time } from "../../ui/time.tsx";
import type { OwnRule } from "./redaction-page.tsx";
import { ruleSentence } from "./rule-words.ts";

export function RuleRow({ rule, at, count, onEdit }: { rule: OwnRule; at: number; count: number; onEdit: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const refresh = { onSettled: () => queryClient.invalidateQueries(trpc.redaction.pathFilter()) };
  const update = useMutation(trpc.redaction.update.mutationOptions(refresh));
  const move = useMutation(trpc.redaction.move.mutationOptions(refresh));
  const remove = useMutation(
    trpc.redaction.delete.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await queryClient.invalidateQueries(trpc.redaction.pathFilter());
      },
    }),
  );
  const enabled = update.isPending ? (update.variables.enabled ?? rule.enabled) : rule.enabled;
  const failed = update.error ?? move.error;
  return (
    <li data-rule={rule.id} className="flex flex-col gap-2 border-b p-3 last:border-0">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-[240px]">
          <h3 className="font-semibold">{rule.name}</h3>
          <p className="text-ink-2">
            {ruleSentence(rule)} <code className="mono break-all text-ink">{rule.expression}</code>
          </p>
          <p className="text-meta text-ink-3">
            by {rule.createdBy}, <Time at={rule.createdAt} as="day" />
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-1">
          <Switch label={`${rule.name} enabled`} checked={enabled} onChange={(next) => update.mutate({ ruleId: rule.id, enabled: next })} />
          <IconButton label={`Move ${rule.name} up`} disabled={at === 0 || move.isPending} onClick={() => move.mutate({ ruleId: rule.id, to: at - 1 })}>
            <ArrowUp size={14} aria-hidden />
          </IconButton>
          <IconButton
            label={`Move ${rule.name} down`}
            disabled={at === count - 1 || move.isPending}
            onClick={() => move.mutate({ ruleId: rule.id, to: at + 1 })}
          >
            <ArrowDown size={14} aria-hidden />
          </IconButton>
          <Button size="dense" aria-label={`Edit ${rule.name}`} onClick={onEdit}>
            Edit
          </Button>
          <Button size="dense" aria-label={`Delete ${rule.name}`} onClick={() => setAsking(true)}>
            Delete…
          </Button>
        </div>
      </div>
      {failed && <FormError>{readApiError(failed).message}</FormError>}
      {asking && (
        <Confirm
          title={`Delete ${rule.name}?`}
          act="Delete rule"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ ruleId: rule.id })}
          onClose={() => setAsking(false)}
        >
          New events keep from now on what this rule takes out. The holes that it has made stay, and so does its name in them. To pause it, switch it off
          instead.
        </Confirm>
      )}
    </li>
  );
}
