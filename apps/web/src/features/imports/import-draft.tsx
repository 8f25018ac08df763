import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Field, FormError } from "../../ui/field.tsx";
import { Card } from "../../ui/page.tsx";
import { ErrorPanel, Skeleton } from "../../ui/state-panel.tsx";
import { useSettled } from "../../ui/use-settled.ts";
import type { ChosenFile } from "./chosen-file.ts";
import { fileSize } from "./file-size.ts";
import type { Mapping, Preview } from "./import-types.ts";
import { MappingEditor } from "./mapping-editor.tsx";
import { PreviewTable } from "./preview-table.tsx";

/** Choices of the list that are no importer. */
const guess = "";
const newMapping = "new-mapping";
const previewSettlesMs = 300;

interface DraftProps {
  chosen: ChosenFile;
  onStart: (vendor: string) => void;
  onCancel: () => void;
}

/** A file that was chosen and not yet imported: whose it is, how it reads, and what would come in. */
export function ImportDraft({ chosen, onStart, onCancel }: DraftProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [choice, setChoice] = useState<string>(guess);
  const [edited, setEdited] = useState<Mapping | null>(null);
  const [name, setName] = useState("");
  const [unknown, setUnknown] = useState(false);
  const importers = useQuery(trpc.imports.importers.queryOptions(undefined, { staleTime: Infinity }));
  const mappings = useQuery(trpc.mappings.list.queryOptions());
  const saved = mappings.data?.find(({ vendor }) => vendor === choice);

  const settled = useSettled(edited, previewSettlesMs);
  const preview = useQuery({
    queryKey: ["import preview", chosen.file.name, chosen.file.size, chosen.file.lastModified, choice, settled],
    queryFn: () =>
      client.imports.preview.mutate({
        head: chosen.head,
        whole: chosen.whole,
        vendor: choice === guess || choice === newMapping ? null : choice,
        mapping: settled,
      }),
    placeholderData: (previous) => previous,
    retry: false,
  });
  const { data } = preview;
  // Nobody's log as far as Daybook knows: a mapping it is then, and its preview at once.
  if (choice === guess && !preview.isPlaceholderData && data?.importer === null) {
    setChoice(newMapping);
    setEdited(data.suggestion);
    setUnknown(true);
  }
  const mapping = edited ?? saved?.mapping;
  const isNew = mapping !== undefined && saved === undefined;

  const save = useMutation({
    mutationFn: async (): Promise<string> => {
      if (!mapping) return choice === guess ? (data?.importer?.vendor ?? "") : choice;
      if (saved && !edited) return saved.vendor;
      const made = saved
        ? await client.mappings.update.mutate({ mappingId: saved.id, name: saved.name, mapping })
        : await client.mappings.create.mutate({ name: name.trim(), mapping });
      await queryClient.invalidateQueries(trpc.mappings.pathFilter());
      return made.vendor;
    },
    onSuccess: onStart,
  });
  const choose = (next: string) => {
    setChoice(next);
    setEdited(next === newMapping && data ? data.suggestion : null);
  };
  const ready = data !== undefined && (data.importer !== null || mapping !== undefined) && (!isNew || name.trim() !== "") && !preview.isError;
  return (
    <Card className="flex flex-col gap-4 p-4">
      <form
        className="flex flex-col gap-4"
        aria-label={`Import ${chosen.file.name}`}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <h2 className="text-section break-words">
          {chosen.file.name} <span className="font-normal text-ink-3">{fileSize(chosen.file.size)}</span>
        </h2>
        <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
          <Field
            label="Read as"
            hint={reasonOf(
              { preview: data, choice, unknown },
              importers.data?.find(({ vendor }) => vendor === (choice || data?.importer?.vendor))?.hint ?? null,
            )}
          >
            {(control) => (
              <select {...control} className="control" value={choice} onChange={(event) => choose(event.target.value)}>
                <option value={guess}>{data?.importer && choice === guess ? data.importer.title : "Guess from the records"}</option>
                {importers.data && (
                  <optgroup label="Products">
                    {importers.data.map(({ vendor, title }) => (
                      <option key={vendor} value={vendor}>
                        {title}
                      </option>
                    ))}
                  </optgroup>
                )}
                {mappings.data && mappings.data.length > 0 && (
                  <optgroup label="Your mappings">
                    {mappings.data.map(({ vendor, name: shown }) => (
                      <option key={vendor} value={vendor}>
                        {shown}
                      </option>
                    ))}
                  </optgroup>
                )}
                <option value={newMapping}>Make a mapping…</option>
              </select>
            )}
          </Field>
          {isNew && (
            <Field label="Name of the mapping" hint="It is kept, and reads the next file of this kind.">
              {(control) => <input {...control} required maxLength={100} className="control" value={name} onChange={(event) => setName(event.target.value)} />}
            </Field>
          )}
        </div>
        {mapping && data && <MappingEditor mapping={mapping} paths={data.paths} onChange={setEdited} />}
        {preview.isError && mapping ? (
          <FormError>{readApiError(preview.error).message}</FormError>
        ) : preview.isError ? (
          <ErrorPanel error={preview.error} what="The preview" onRetry={() => void preview.refetch()} />
        ) : data ? (
          <PreviewTable preview={data} stale={preview.isFetching} />
        ) : (
          <section data-state="loading">
            <Skeleton lines={4} />
          </section>
        )}
        {save.isError && <FormError>{readApiError(save.error).message}</FormError>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onCancel}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!ready || save.isPending}>
            {mapping && (edited || isNew) ? "Save mapping and import" : "Import"}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function reasonOf({ preview, choice, unknown }: { preview: Preview | undefined; choice: string; unknown: boolean }, hint: string | null): string {
  if (choice === newMapping)
    return unknown
      ? "No product’s log looks like this. The mapping below is a guess: look at the preview and change what is wrong."
      : "A guess to begin with: look at the preview and change what is wrong.";
  if (choice !== guess) return hint ?? "Your mapping.";
  if (!preview?.importer) return "Looking at the records…";
  return `Guessed: its importer reads ${preview.recognisedPercent ?? 100} % of the first records.`;
}
