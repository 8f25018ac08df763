import type { OperationState } from "@daybook/event";
import type { inferOutput, Trpc } from "../../trpc.ts";
import { duration } from "../../ui/numbers.ts";

export type ListedOperation = inferOutput<Trpc["operations"]["list"]>["operations"][number];
export type OperationView = inferOutput<Trpc["operations"]["get"]>["operation"];

export const stateWords: Record<OperationState, string> = { running: "Running", waiting: "Waiting", never_ended: "Never ended", ended: "Ended" };
export const stateTones = { running: "progress", waiting: "pending", never_ended: "alert", ended: "neutral" } as const satisfies Record<OperationState, string>;

/** The column in which a list of operations says how long. */
export const spanTitles: Record<OperationState, string> = { running: "Runs for", waiting: "Waits for", never_ended: "Silent for", ended: "Took" };

/** How long it runs, waits or is silent until now, or how long it took; null where nobody knows. */
export function spanMs({ state, startedAt, waitingSince, lastAt, durationMs }: OperationView, now: number): number | null {
  const since = (instant: string) => Math.max(0, now - Date.parse(instant));
  switch (state) {
    case "running":
      return since(startedAt);
    case "waiting":
      return since(waitingSince ?? lastAt);
    case "never_ended":
      return since(lastAt);
    case "ended":
      return durationMs;
  }
}

/** How an operation stands, in a sentence without its subject. */
export function stateSentence(operation: OperationView, now: number): string {
  const span = spanMs(operation, now);
  const told = span === null ? null : duration(span);
  switch (operation.state) {
    case "running":
      return `Still running for ${told}`;
    case "waiting":
      return `Waiting for approval for ${told}`;
    case "never_ended":
      return `Never ended: no word for ${told}`;
    case "ended":
      return `${operation.status === "failed" ? "Failed" : "Ended"}${told === null ? "" : ` after ${told}`}`;
  }
}
