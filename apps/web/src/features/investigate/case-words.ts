import type { inferOutput, Trpc } from "../../trpc.ts";

export type CaseView = inferOutput<Trpc["cases"]["get"]>;
export type CaseStep = CaseView["steps"][number];
export type TimelineEntry = CaseView["timeline"][number];
export type ListedCase = inferOutput<Trpc["cases"]["list"]>["cases"][number];
export type Recipe = inferOutput<Trpc["cases"]["recipes"]>[number];
export type SubjectKind = Exclude<CaseView["subject"]["kind"], "nothing">;

/** Stands for the case's own timeline where a step is named. */
export const timelineStep = "case";

export const subjectWords: Record<SubjectKind, { label: string; field: string; hint: string }> = {
  resource: { label: "Resource", field: "Which resource?", hint: "Its name or id, as the events say it." },
  actor: { label: "Actor", field: "Whose acts?", hint: "An e-mail address, a name or an id; a key or a service as well." },
  operation: { label: "Operation", field: "Which operation?", hint: "The id that its events share." },
  event: { label: "Event", field: "Which event?", hint: "Its id. The case is then about its operation, or else about its resource." },
};

/** Whose values are offered while somebody types. */
export const offeredKeys: Partial<Record<SubjectKind, "resource" | "actor">> = { resource: "resource", actor: "actor" };

export interface Subject {
  value: string;
  /** What people call it, where the value is an id. */
  label?: string;
}

/** A resource is known by its name, which sentences say as well; a person's name may be somebody else's too, so that an id stands for it. */
export const subjectOf = (kind: SubjectKind, { value, label }: { value: string; label: string }): Subject =>
  kind === "resource" ? { value: label } : label === value ? { value } : { value, label };

export const stateWords = { open: "Open", closed: "Closed" } as const;

/** "10,000+" where not all were counted. */
export const countText = ({ count, capped }: { count: number; capped: boolean }): string => `${new Intl.NumberFormat("en").format(count)}${capped ? "+" : ""}`;

export const isPinned = ({ timeline, unseen }: Pick<CaseView, "timeline" | "unseen">, eventId: string): boolean =>
  unseen.some((pin) => pin.eventId === eventId) || timeline.some((entry) => entry.kind === "event" && entry.event.id === eventId);
