import type { mails, ReportRun } from "@daybook/store";

export interface ReportRunView {
  id: string;
  period: { from: string; to: string };
  trigger: ReportRun["trigger"];
  /** When the last of its mails had left or failed; null while some still wait. */
  sentAt: string | null;
  recipients: string[];
  mailIds: string[];
  eventsTotal: number;
  /** Earlier periods that were not sent because the worker was down when they were due. */
  periodsSkipped: number;
}

type Told = Awaited<ReturnType<typeof mails.about>>;

export function runViewOf(run: ReportRun, told: Told): ReportRunView {
  const own = told.filter(({ subjectId }) => subjectId === run.id);
  return {
    id: run.id,
    period: { from: run.periodFrom.toISOString(), to: run.periodTo.toISOString() },
    trigger: run.trigger,
    sentAt: sentAtOf(own),
    recipients: run.recipients,
    mailIds: own.map(({ id }) => id),
    eventsTotal: run.eventsTotal,
    periodsSkipped: run.periodsSkipped,
  };
}

function sentAtOf(own: Told): string | null {
  if (own.length === 0 || own.some(({ state }) => state === "queued")) return null;
  const last = Math.max(...own.map(({ sentAt, createdAt }) => (sentAt ?? createdAt).getTime()));
  return new Date(last).toISOString();
}
