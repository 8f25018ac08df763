import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { BuiltInRules } from "./built-in-rules.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import { RuleRow } from "./rule-row.tsx";

export type OwnRule = inferOutput<Trpc["redaction"]["list"]>["own"][number];

export function RedactionPage() {
  const trpc = useTRPC();
  const rules = useQuery(trpc.redaction.list.queryOptions());
  const [editing, setEditing] = useState<OwnRule | "new" | null>(null);
  const create = (
    <Button look="primary" onClick={() => setEditing("new")}>
      <Plus size={14} aria-hidden />
      New rule
    </Button>
  );
  return (
    <Page
      title="Redaction"
      about="Secrets are taken out of an event before it is stored, and each hole says which rule made it. Rules hold for new events; what is stored already is never changed."
      action={create}
    >
      <QueryPanel query={rules} what="Redaction rules">
        {({ own, builtIn }) => (
          <div className="flex flex-col gap-6">
            <section aria-labelledby="own-rules" className="flex flex-col gap-2">
              <h2 id="own-rules" className="text-section">
                Rules of this organization
              </h2>
              {own.length === 0 ? (
                <EmptyPanel title="No rule of your own yet" action={create}>
                  Name a path, a key or a pattern, such as the salaries in your events, and see at once what it would take out of the newest ones.
                </EmptyPanel>
              ) : (
                <ol className="flex flex-col rounded-card border bg-bg">
                  {own.map((rule, at) => (
                    <RuleRow key={rule.id} rule={rule} at={at} count={own.length} onEdit={() => setEditing(rule)} />
                  ))}
                </ol>
              )}
            </section>
            <BuiltInRules rules={builtIn} />
          </div>
        )}
      </QueryPanel>
      {editing && <RuleDialog rule={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}
