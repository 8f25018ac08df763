import type { EventRow } from "@daybook/event";
import type { Shown } from "@daybook/policy";
import type { Case, CaseNote, CasePin, CaseSubject, ListedCase } from "@daybook/store";
import { nameOf } from "./case-access.ts";
import { recipeOf } from "./recipes/index.ts";
import type { StepShow } from "./recipes/index.ts";

export interface CaseLine {
  id: string;
  number: number;
  title: string;
  recipe: { id: string; title: string };
  subject: CaseSubject;
  state: "open" | "closed";
  createdBy: string;
  createdAt: string;
  updatedBy: string;
  updatedAt: string;
}

export interface ListedCaseLine extends CaseLine {
  pins: number;
  notes: number;
}

export interface CaseStepView {
  id: string;
  title: string;
  question: string;
  show: StepShow;
  q: string;
  /** What the recipe would ask; another text than `q` once somebody edited the step. */
  original: string;
  nothing: string | null;
}

export type TimelineEntry =
  | { kind: "event"; at: string; event: Shown<EventRow>; note: string; pinnedBy: string; pinnedAt: string }
  | { kind: "note"; at: string; id: string; text: string; writtenBy: string; editedBy: string | null };

/** A pin whose event the reader does not see: it was purged, or it is not theirs to see. Which of the two is not told. */
export interface UnseenPin {
  eventId: string;
  note: string;
  pinnedBy: string;
  pinnedAt: string;
}

export interface CaseView extends CaseLine {
  steps: CaseStepView[];
  from: string | null;
  to: string | null;
  conclusion: string | null;
  /** To be sent back with a change of title, time or state. */
  revision: number;
  timeline: TimelineEntry[];
  unseen: UnseenPin[];
}

export const caseLine = ({ id, number, title, recipe, subject, state, createdBy, createdAt, updatedBy, updatedAt }: Case): CaseLine => ({
  id,
  number,
  title,
  recipe: { id: recipe, title: recipeOf(recipe)?.title ?? recipe },
  subject,
  state,
  createdBy: nameOf(createdBy),
  createdAt: createdAt.toISOString(),
  updatedBy: nameOf(updatedBy),
  updatedAt: updatedAt.toISOString(),
});

export const listedLine = (row: ListedCase): ListedCaseLine => ({ ...caseLine(row), pins: row.pins, notes: row.notes });

/** A step that the recipe no longer has keeps its search and shows its rows. */
export function stepsOf({ recipe, steps, subject }: Pick<Case, "recipe" | "steps" | "subject">): CaseStepView[] {
  const known = recipeOf(recipe)?.steps ?? [];
  return steps.map(({ step, q }) => {
    const found = known.find(({ id }) => id === step);
    return {
      id: step,
      title: found?.title ?? step,
      question: found?.question ?? "",
      show: found?.show ?? { as: "rows" },
      q,
      original: found?.q(subject) ?? q,
      nothing: found?.nothing ?? null,
    };
  });
}

/** Pins stand where their events occurred, notes where their writers put them; of one moment, in the order of the log. */
export function timelineOf(pins: readonly CasePin[], notes: readonly CaseNote[], events: readonly Shown<EventRow>[]): Pick<CaseView, "timeline" | "unseen"> {
  const seen = new Map(events.map((event) => [event.id, event]));
  const told = ({ note, pinnedBy, pinnedAt }: CasePin) => ({ note, pinnedBy: nameOf(pinnedBy), pinnedAt: pinnedAt.toISOString() });
  const entries: TimelineEntry[] = [
    ...pins.flatMap((pin) => {
      const event = seen.get(pin.eventId);
      return event ? [{ kind: "event" as const, at: event.occurred_at, event, ...told(pin) }] : [];
    }),
    ...notes.map(({ id, at, text, createdBy, updatedBy, createdAt, updatedAt }) => ({
      kind: "note" as const,
      at: at.toISOString(),
      id,
      text,
      writtenBy: nameOf(createdBy),
      editedBy: updatedAt.getTime() > createdAt.getTime() ? nameOf(updatedBy) : null,
    })),
  ];
  return {
    timeline: entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || placeOf(a) - placeOf(b)),
    unseen: pins.filter(({ eventId }) => !seen.has(eventId)).map((pin) => ({ eventId: pin.eventId, ...told(pin) })),
  };
}

/** A note on a moment stands behind the events of it. */
const placeOf = (entry: TimelineEntry): number => (entry.kind === "event" ? entry.event.seq : Number.MAX_SAFE_INTEGER);
