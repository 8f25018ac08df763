import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { focusFirst } from "../../ui/focus-first.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useZone } from "../../ui/zone-context.ts";
import { startOfDay } from "../../ui/zone-time.ts";
import { subjectWords, type Recipe, type Subject, type SubjectKind } from "./case-words.ts";
import { SubjectField } from "./subject-field.tsx";
import { useCaseRefresh } from "./use-case.ts";

/** Days back, as whole local days; null is everything that is kept. */
const spans = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "all", label: "Everything" },
] as const;
type Span = (typeof spans)[number]["value"];

interface StartDialogProps {
  recipe: Recipe;
  /** Where a link already says what it is about. */
  begin?: { kind?: SubjectKind | undefined; value?: string | undefined };
  onClose: () => void;
}

/** Asks what a case is about and how far back to look, and opens it. */
export function StartDialog({ recipe, begin = {}, onClose }: StartDialogProps) {
  const kinds = recipe.asks.filter((kind): kind is SubjectKind => kind !== "nothing");
  const [kind, setKind] = useState<SubjectKind | undefined>(kinds.find((each) => each === begin.kind) ?? kinds[0]);
  const [subject, setSubject] = useState<Subject>({ value: begin.value ?? "" });
  const [title, setTitle] = useState("");
  const [span, setSpan] = useState<Span>("30");
  const trpc = useTRPC();
  const navigate = useNavigate();
  const { slug: org } = useOrganization();
  const zone = useZone();
  const now = useNow();
  const today = startOfDay(now, zone);
  const from = span === "all" ? undefined : new Date(startOfDay(today, zone, 1 - Number(span))).toISOString();
  const create = useMutation(
    trpc.cases.create.mutationOptions({
      ...useCaseRefresh(),
      onSuccess: ({ number }) => void navigate({ to: "/o/$org/investigate/$case", params: { org, case: String(number) } }),
    }),
  );
  return (
    <FormDialog
      title={recipe.title}
      submit="Start case"
      error={create.error}
      isPending={create.isPending}
      onSubmit={() =>
        create.mutate({
          recipe: recipe.id,
          ...(kind && { subject: { ...subject, kind, value: subject.value.trim() } }),
          ...(title.trim() && { title: title.trim() }),
          ...(from !== undefined && { from }),
        })
      }
      onClose={onClose}
    >
      <p className="text-ink-2">{recipe.about}</p>
      {kinds.length > 1 && kind && (
        <Segmented
          label="About"
          options={kinds.map((each) => ({ value: each, label: subjectWords[each].label }))}
          value={kind}
          onChange={(next) => {
            setKind(next);
            setSubject({ value: "" });
          }}
        />
      )}
      {kind ? (
        <SubjectField key={kind} kind={kind} subject={subject} from={from} onChange={setSubject} />
      ) : (
        <Field label="Title" hint="What you want to find out.">
          {(control) => (
            <input
              {...control}
              ref={focusFirst}
              maxLength={200}
              className="control control-form"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium">Look back</span>
        <Segmented label="Look back" options={spans} value={span} onChange={setSpan} />
      </div>
    </FormDialog>
  );
}
