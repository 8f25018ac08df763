import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { focusFirst } from "../../ui/focus-first.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useZone } from "../../ui/zone-context.ts";
import { inputText, instantOfInput } from "../../ui/zone-time.ts";
import { useCaseRefresh } from "./use-case.ts";

interface NoteDialogProps {
  caseId: string;
  /** The note that is edited; without one and without a pin, a new note. */
  note?: { id: string; text: string; at: string };
  /** The pinned event whose note it is. */
  pinned?: { eventId: string; note: string; description: string };
  onClose: () => void;
}

/** Writes a note: a free one with its moment on the timeline, or the one on a pin. */
export function NoteDialog({ caseId, note, pinned, onClose }: NoteDialogProps) {
  const trpc = useTRPC();
  const zone = useZone();
  const now = useNow();
  const [text, setText] = useState(note?.text ?? pinned?.note ?? "");
  const first = note ? inputText(Date.parse(note.at), zone) : inputText(now, zone);
  const [moment, setMoment] = useState(first);
  const done = { ...useCaseRefresh(), onSuccess: onClose };
  const add = useMutation(trpc.cases.addNote.mutationOptions(done));
  const edit = useMutation(trpc.cases.editNote.mutationOptions(done));
  const pin = useMutation(trpc.cases.pin.mutationOptions(done));
  const instant = moment === first ? null : instantOfInput(moment, zone);
  const at = instant === null ? {} : { at: new Date(instant).toISOString() };
  const asked = pinned ? pin : note ? edit : add;
  const save = () => {
    if (pinned) pin.mutate({ caseId, eventIds: [pinned.eventId], note: text.trim() });
    else if (note) edit.mutate({ caseId, noteId: note.id, text: text.trim(), was: note.text, ...at });
    else add.mutate({ caseId, text: text.trim(), ...at });
  };
  const title = pinned ? "Note on a pinned event" : note ? "Edit note" : "Add a note";
  return (
    <FormDialog
      title={title}
      submit={note || pinned ? "Save note" : "Add note"}
      error={asked.error}
      isPending={asked.isPending}
      onSubmit={save}
      onClose={onClose}
    >
      {pinned && <p className="text-ink-2">{pinned.description}</p>}
      <Field label="Note" hint="What somebody said, what was tried, what is suspected. Kept with the case and in the activity log.">
        {(control) => (
          <textarea
            {...control}
            ref={focusFirst}
            rows={4}
            maxLength={4000}
            required={!pinned}
            className="control"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.currentTarget.form?.requestSubmit()}
          />
        )}
      </Field>
      {!pinned && (
        <Field label="When" hint={`Its place on the timeline, in ${zone}.`}>
          {(control) => (
            <input {...control} type="datetime-local" required className="control" value={moment} onChange={(event) => setMoment(event.target.value)} />
          )}
        </Field>
      )}
    </FormDialog>
  );
}
