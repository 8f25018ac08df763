import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/field.tsx";
import { plural } from "../../ui/numbers.ts";
import { Card, Fact } from "../../ui/page.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Time } from "../../ui/time.tsx";

export type Rule = inferOutput<Trpc["rules"]["list"]>[number];

export function RuleCard({ rule, onEdit }: { rule: Rule; onEdit: () => void }) {
  const { slug: org } = useOrganization();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const update = useMutation(trpc.rules.update.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.rules.pathFilter()) }));
  const enabled = update.isPending ? (update.variables.enabled ?? rule.enabled) : rule.enabled;
  return (
    <Card className="p-3">
      <article data-rule={rule.id} aria-label={rule.name} className="flex flex-col gap-3">
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <h2 className="text-form font-semibold">{rule.name}</h2>
            {rule.kindTitle !== rule.name && <p className="text-ink-2">{rule.kindTitle}</p>}
          </div>
          <Switch label={`${rule.name} enabled`} checked={enabled} onChange={(next) => update.mutate({ ruleId: rule.id, enabled: next })} />
          <Button size="dense" onClick={onEdit}>
            Edit
          </Button>
        </div>
        {update.isError && <FormError>{readApiError(update.error).message}</FormError>}
        <dl className="flex flex-wrap gap-x-8 gap-y-2">
          <Fact label="Recipients">{rule.recipients.length > 0 ? rule.recipients.join(", ") : <span className="text-pending">Nobody yet</span>}</Fact>
          <Fact label="Last fired">{rule.lastFiredAt ? <Time at={rule.lastFiredAt} as="relative" /> : "Never"}</Fact>
          <Fact label="Open incidents">
            {rule.incidentsOpen === 0 ? (
              "None"
            ) : (
              <Link to="/o/$org/incidents" params={{ org }} className="link">
                {plural(rule.incidentsOpen, "incident")}
              </Link>
            )}
          </Fact>
        </dl>
      </article>
    </Card>
  );
}
