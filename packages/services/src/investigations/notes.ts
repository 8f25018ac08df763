import { Refusal } from "@daybook/event";
import { cases } from "@daybook/store";
import type { CaseNote, Tx } from "@daybook/store";
import { z } from "zod";
import { instant } from "../activity/search.ts";
import { newId } from "../context.ts";
import type { Context } from "../context.ts";
import { defineChange } from "../verb.ts";
import { changedMeanwhile, lockOpenCase, resourceOf } from "./case-access.ts";
import { noteLengthMax, notesMax } from "./limits.ts";

const text = z.string().trim().min(1, "is needed").max(noteLengthMax);

export const addNote = defineChange({
  name: "cases.addNote",
  needs: "cases:work",
  records: "case_note_added",
  /** `at`: its place on the timeline; now, where none is given. */
  input: z.object({ caseId: z.uuid(), text, at: instant }),
  async run(tx, context, input, platform) {
    const found = await lockOpenCase(tx, context, input.caseId);
    const now = platform.now();
    const { actor } = context.viewer;
    const row: CaseNote = {
      organizationId: found.organizationId,
      caseId: found.id,
      id: newId(platform),
      text: input.text,
      at: input.at === undefined ? now : new Date(input.at),
      createdBy: actor,
      createdAt: now,
      updatedBy: actor,
      updatedAt: now,
    };
    await cases.insertNote(tx, row);
    if ((await cases.countNotes(tx, found.organizationId, found.id)) > notesMax)
      throw new Refusal("conflict", `A case has at most ${notesMax} notes. Remove one that nobody needs any more.`);
    return { result: { id: row.id }, event: { resource: resourceOf(found), changes: { before: {}, after: toldOf(row) }, metadata: { note_id: row.id } } };
  },
});

/** `was` is the text that the editor began with. */
export const editNote = defineChange({
  name: "cases.editNote",
  needs: "cases:work",
  records: "case_note_edited",
  input: z.object({ caseId: z.uuid(), noteId: z.uuid(), text, was: z.string().max(noteLengthMax), at: instant }),
  async run(tx, context, input, platform) {
    const { found, note } = await noteOf(tx, context, input);
    const after: CaseNote = { ...note, text: input.text, at: input.at === undefined ? note.at : new Date(input.at) };
    if (after.text === note.text && after.at.getTime() === note.at.getTime()) return { result: { changed: false }, event: null };
    if (note.text !== input.was) throw changedMeanwhile(found, note.updatedBy);
    const { caseId, id, at } = after;
    await cases.updateNote(tx, found.organizationId, { caseId, id, text: after.text, at, updatedBy: context.viewer.actor, updatedAt: platform.now() });
    return {
      result: { changed: true },
      event: { resource: resourceOf(found), changes: { before: toldOf(note), after: toldOf(after) }, metadata: { note_id: id } },
    };
  },
});

export const removeNote = defineChange({
  name: "cases.removeNote",
  needs: "cases:work",
  records: "case_note_removed",
  input: z.object({ caseId: z.uuid(), noteId: z.uuid() }),
  async run(tx, context, input) {
    const { found, note } = await noteOf(tx, context, input);
    await cases.removeNote(tx, found.organizationId, { caseId: found.id, id: note.id });
    return { result: {}, event: { resource: resourceOf(found), changes: { before: toldOf(note), after: {} }, metadata: { note_id: note.id } } };
  },
});

async function noteOf(tx: Tx, context: Context, { caseId, noteId }: { caseId: string; noteId: string }) {
  const found = await lockOpenCase(tx, context, caseId);
  const note = await cases.findNote(tx, found.organizationId, { caseId, id: noteId });
  if (!note) throw new Refusal("not_found", "The case has no such note: somebody removed it.");
  return { found, note };
}

const toldOf = ({ text: words, at }: CaseNote) => ({ text: words, at: at.toISOString() });
