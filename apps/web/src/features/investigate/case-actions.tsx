import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { focusFirst } from "../../ui/focus-first.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { StateChip } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";
import { toast } from "../../ui/toast.tsx";
import { useZone } from "../../ui/zone-context.ts";
import { inputText, instantOfInput } from "../../ui/zone-time.ts";
import { stateWords, type CaseView } from "./case-words.ts";
import { useCaseRefresh } from "./use-case.ts";

type Dialog = "edit" | "close" | null;

/** How a case stands, of which time, and what can be done with it. */
export function CaseActions({ found }: { found: CaseView }) {
  const trpc = useTRPC();
  const [dialog, setDialog] = useState<Dialog>(null);
  const reopen = useMutation(trpc.cases.reopen.mutationOptions({ ...useCaseRefresh(), onError: (error) => toast(readApiError(error).message) }));
  const close = () => setDialog(null);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <StateChip tone={found.state === "open" ? "progress" : "ok"}>{stateWords[found.state]}</StateChip>
      <span className="text-ink-2">
        <CaseTime found={found} />
      </span>
      {found.state === "open" ? (
        <>
          <Button onClick={() => setDialog("edit")}>Edit…</Button>
          <Button onClick={() => setDialog("close")}>Close case…</Button>
        </>
      ) : (
        <Button disabled={reopen.isPending} onClick={() => reopen.mutate({ caseId: found.id, revision: found.revision })}>
          Open again
        </Button>
      )}
      {dialog === "edit" && <EditDialog found={found} onClose={close} />}
      {dialog === "close" && <CloseDialog found={found} onClose={close} />}
    </div>
  );
}

function CaseTime({ found: { from, to } }: { found: CaseView }) {
  if (from === null && to === null) return <>All that is kept</>;
  return (
    <>
      {from === null ? "Until " : to === null ? "Since " : ""}
      {from !== null && <Time at={from} as="day" />}
      {from !== null && to !== null && " – "}
      {to !== null && <Time at={to} as="day" />}
    </>
  );
}

function EditDialog({ found, onClose }: { found: CaseView; onClose: () => void }) {
  const trpc = useTRPC();
  const zone = useZone();
  const shown = (at: string | null) => (at === null ? "" : inputText(Date.parse(at), zone));
  const [title, setTitle] = useState(found.title);
  const [from, setFrom] = useState(shown(found.from));
  const [to, setTo] = useState(shown(found.to));
  const update = useMutation(trpc.cases.update.mutationOptions({ ...useCaseRefresh(), onSuccess: onClose }));
  const momentOf = (typed: string, held: string | null): string | null => {
    if (typed === shown(held)) return held;
    const instant = instantOfInput(typed, zone);
    return instant === null ? null : new Date(instant).toISOString();
  };
  return (
    <FormDialog
      title={`Case ${found.number}`}
      submit="Save"
      error={update.error}
      isPending={update.isPending}
      onSubmit={() => update.mutate({ caseId: found.id, revision: found.revision, title, from: momentOf(from, found.from), to: momentOf(to, found.to) })}
      onClose={onClose}
    >
      <Field label="Title">
        {(control) => (
          <input {...control} required maxLength={200} className="control control-form" value={title} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Field>
      <Field label="From" hint={`In ${zone}. Empty: as far back as events are kept.`}>
        {(control) => <input {...control} type="datetime-local" className="control" value={from} onChange={(event) => setFrom(event.target.value)} />}
      </Field>
      <Field label="To" hint="Empty: until now, whenever somebody looks.">
        {(control) => <input {...control} type="datetime-local" className="control" value={to} onChange={(event) => setTo(event.target.value)} />}
      </Field>
    </FormDialog>
  );
}

function CloseDialog({ found, onClose }: { found: CaseView; onClose: () => void }) {
  const trpc = useTRPC();
  const [conclusion, setConclusion] = useState("");
  const close = useMutation(trpc.cases.close.mutationOptions({ ...useCaseRefresh(), onSuccess: onClose }));
  return (
    <FormDialog
      title={`Close case ${found.number}`}
      submit="Close case"
      error={close.error}
      isPending={close.isPending}
      onSubmit={() => close.mutate({ caseId: found.id, revision: found.revision, conclusion: conclusion.trim() })}
      onClose={onClose}
    >
      <Field label="Conclusion" hint="What it was, and what was done about it. It stands above the case and in the activity log.">
        {(control) => (
          <textarea
            {...control}
            ref={focusFirst}
            required
            rows={4}
            maxLength={4000}
            className="control"
            value={conclusion}
            onChange={(event) => setConclusion(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
