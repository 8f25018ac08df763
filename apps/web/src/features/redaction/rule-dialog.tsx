import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { useSettled } from "../../ui/use-settled.ts";
import { LiveTest } from "./live-test.tsx";
import type { OwnRule } from "./redaction-page.tsx";
import { kindOptions, kindWords, type RuleKind } from "./rule-words.ts";

/** Long enough for a word to be typed; each test reads a hundred events. */
const settleMs = 400;

export function RuleDialog({ rule, onClose }: { rule: OwnRule | null; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState(rule?.name ?? "");
  const [kind, setKind] = useState<RuleKind>(rule?.kind ?? "path");
  const [expression, setExpression] = useState(rule?.expression ?? "");
  const [within, setWithin] = useState(rule?.within ?? "");
  const done = {
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.redaction.pathFilter());
      onClose();
    },
  };
  const create = useMutation(trpc.redaction.create.mutationOptions(done));
  const update = useMutation(trpc.redaction.update.mutationOptions(done));
  const place = kind === "pattern" && within.trim() !== "" ? within.trim() : null;
  const tested = useSettled(JSON.stringify({ kind, expression, within: place }), settleMs);
  const words = kindWords[kind];
  const failed = create.error ?? update.error;
  return (
    <Dialog title={rule ? `Edit ${rule.name}` : "New redaction rule"} onClose={onClose} wide>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const draft = { name: name.trim(), kind, expression, within: place };
          if (rule) update.mutate({ ruleId: rule.id, ...draft });
          else create.mutate(draft);
        }}
      >
        <Field label="Name" hint="Each hole that the rule makes says it.">
          {(control) => (
            <input {...control} required maxLength={60} autoComplete="off" className="control" value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <div className="flex flex-col gap-1">
          <span className="font-medium">Looks at</span>
          <Segmented label="Looks at" options={kindOptions} value={kind} onChange={setKind} />
        </div>
        <Field label={words.label} hint={words.hint}>
          {(control) => (
            <input
              {...control}
              required
              maxLength={256}
              autoComplete="off"
              spellCheck={false}
              placeholder={words.example}
              className="control mono"
              value={expression}
              onChange={(event) => setExpression(event.target.value)}
            />
          )}
        </Field>
        {kind === "pattern" && (
          <Field label="Only within" hint="A path; empty means every text of an event.">
            {(control) => (
              <input
                {...control}
                maxLength={256}
                autoComplete="off"
                spellCheck={false}
                placeholder="metadata.note"
                className="control mono"
                value={within}
                onChange={(event) => setWithin(event.target.value)}
              />
            )}
          </Field>
        )}
        <LiveTest draft={tested} ruleId={rule?.id} />
        {failed && <FormError>{readApiError(failed).message}</FormError>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={create.isPending || update.isPending}>
            {rule ? "Save rule" : "Create rule"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
