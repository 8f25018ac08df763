import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { focusFirst } from "../../ui/focus-first.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { plural } from "../../ui/numbers.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { useSettled } from "../../ui/use-settled.ts";
import type { ListedCase } from "./case-words.ts";
import { useCaseRefresh } from "./use-case.ts";

const settleMs = 150;
const offeredMax = 8;
const newCase = "new";

interface AddToCaseProps {
  eventIds: readonly string[];
  /** Also when nothing was added. */
  onDone: () => void;
}

/** Pins events to a case that is open, or to a new one. */
export function AddToCase({ eventIds, onDone }: AddToCaseProps) {
  const trpc = useTRPC();
  const { slug } = useOrganization();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [made, setMade] = useState<{ id: string; number: number } | null>(null);
  const containing = useSettled(typed.trim(), settleMs);
  const cases = useQuery(trpc.cases.list.queryOptions({ state: "open", containing, limit: offeredMax }));
  const refresh = useCaseRefresh();
  const create = useMutation(trpc.cases.create.mutationOptions());
  const pin = useMutation(trpc.cases.pin.mutationOptions(refresh));
  const choice = chosen ?? cases.data?.cases[0]?.id ?? newCase;
  const add = async () => {
    const known = cases.data?.cases.find(({ id }) => id === choice);
    // A second try after a failed pin goes to the case that was made, not to another one.
    const target = known ?? made ?? (await create.mutateAsync({ recipe: "blank", ...(typed.trim() && { title: typed.trim() }) }));
    if (!known) setMade(target);
    await pin.mutateAsync({ caseId: target.id, eventIds: [...eventIds] });
    toast(`${plural(eventIds.length, "event")} pinned to case ${target.number}.`, {
      label: "Open case",
      run: () => location.assign(`/o/${slug}/investigate/${target.number}?step=case`),
    });
    onDone();
  };
  return (
    <FormDialog
      title="Add to a case"
      submit={`Pin ${plural(eventIds.length, "event")}`}
      error={create.error ?? pin.error}
      isPending={create.isPending || pin.isPending || cases.data === undefined}
      // Why it was refused stands in the dialog.
      onSubmit={() => void add().catch(() => undefined)}
      onClose={onDone}
    >
      <Field label="Find a case, or name a new one" hint="By its title or its number.">
        {(control) => (
          <input
            {...control}
            ref={focusFirst}
            maxLength={200}
            className="control control-form"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setChosen(null);
            }}
          />
        )}
      </Field>
      <QueryPanel query={cases} what="Cases">
        {({ cases: found }) => (
          <fieldset className="min-w-0">
            <legend className="sr-only">Case</legend>
            {found.map((each) => (
              <Option key={each.id} id={each.id} chosen={choice} onChoose={setChosen} label={labelOf(each)} detail={plural(each.pins, "pin")} />
            ))}
            <Option
              id={newCase}
              chosen={found.some(({ id }) => id === choice) ? choice : newCase}
              onChoose={setChosen}
              label={typed.trim() ? `New case “${typed.trim()}”` : "New case"}
              detail=""
            />
          </fieldset>
        )}
      </QueryPanel>
    </FormDialog>
  );
}

const labelOf = ({ number, title }: ListedCase): string => `Case ${number}: ${title}`;

interface OptionProps {
  id: string;
  chosen: string;
  onChoose: (id: string) => void;
  label: string;
  detail: string;
}

const Option = ({ id, chosen, onChoose, label, detail }: OptionProps) => (
  <label className="flex min-h-9 items-center gap-2 rounded-control px-2 hover:bg-hover">
    <input type="radio" name="case" checked={id === chosen} onChange={() => onChoose(id)} />
    <span className="min-w-0 flex-1 break-words">{label}</span>
    <span className="shrink-0 text-meta text-ink-3">{detail}</span>
  </label>
);
