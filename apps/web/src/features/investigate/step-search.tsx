import { useMutation } from "@tanstack/react-query";
import { parseSearch, searchLengthMax } from "@daybook/query";
import { useId, useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { FormError } from "../../ui/field.tsx";
import type { CaseStep, CaseView } from "./case-words.ts";
import { useCaseRefresh } from "./use-case.ts";

/** The search of a step: what is not understood is said while somebody types, and only what is understood is kept. */
export function StepSearch({ found, step }: { found: CaseView; step: CaseStep }) {
  const trpc = useTRPC();
  const id = useId();
  const [text, setText] = useState(step.q);
  const save = useMutation(trpc.cases.editStep.mutationOptions(useCaseRefresh()));
  const [problem] = parseSearch(text).problems;
  const isOpen = found.state === "open";
  const isChanged = text.trim() !== step.q;
  const keep = (q: string) => save.mutate({ caseId: found.id, step: step.id, q, was: step.q });
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!problem && isChanged) keep(text);
      }}
    >
      <label htmlFor={id} className="sr-only">
        Search of this step
      </label>
      <textarea
        id={id}
        rows={Math.min(4, Math.max(1, Math.ceil(text.length / 80)))}
        maxLength={searchLengthMax}
        spellCheck={false}
        readOnly={!isOpen}
        className="placeholder:truncate control mono"
        placeholder="Everything; type a search, such as actor:alice@company.com is:failed"
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        value={text}
        onChange={(event) => setText(event.target.value.replaceAll("\n", " "))}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.form?.requestSubmit();
          else if (event.key === "Escape" && isChanged) setText(step.q);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {problem && (
        <p id={`${id}-problem`} role="alert" className="flex flex-wrap items-center gap-2 text-failed">
          {problem.message}
          {problem.fix && (
            <Button size="dense" onClick={() => problem.fix && setText(problem.fix.text)}>
              {problem.fix.label}
            </Button>
          )}
        </p>
      )}
      {save.isError && <FormError>{readApiError(save.error).message}</FormError>}
      {isOpen && (isChanged || step.q !== step.original) && (
        <div className="flex flex-wrap gap-2">
          {isChanged && (
            <>
              <Button type="submit" look="primary" size="dense" disabled={problem !== undefined || save.isPending}>
                Keep this search
              </Button>
              <Button size="dense" onClick={() => setText(step.q)}>
                Cancel
              </Button>
            </>
          )}
          {!isChanged && step.q !== step.original && (
            <Button size="dense" look="plain" disabled={save.isPending} onClick={() => keep(step.original)}>
              Back to the recipe’s search
            </Button>
          )}
        </div>
      )}
    </form>
  );
}
