import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { RuleCard, type Rule } from "./rule-card.tsx";
import { RuleDialog } from "./rule-dialog.tsx";

export function AlertsPage() {
  const trpc = useTRPC();
  const rules = useQuery(trpc.rules.list.queryOptions());
  const [editing, setEditing] = useState<Rule | null>(null);
  return (
    <Page title="Alerts" about="Each rule watches new events. When it matches, it opens an incident and sends a mail.">
      <QueryPanel
        query={rules}
        what="Alert rules"
        isEmpty={(list) => list.length === 0}
        empty={<EmptyPanel title="No alert rule">This organization was made without its standard rules.</EmptyPanel>}
      >
        {(list) => (
          <ul className="flex flex-col gap-3">
            {list.map((rule) => (
              <li key={rule.id}>
                <RuleCard rule={rule} onEdit={() => setEditing(rule)} />
              </li>
            ))}
          </ul>
        )}
      </QueryPanel>
      {editing && <RuleDialog rule={editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}
