import type { ReportData } from "../define-report.ts";
import type { ActionByActor, ActionCount, Compared, Digest } from "../digest.ts";
import { type ConsoleLinks, consoleLinks, type LogFilter } from "../links.ts";
import { clean, plural } from "../words.ts";
import type { Tone } from "./tones.ts";

export const nameLengthMax = 60;
export const titleLengthMax = 80;

export const nothingRecorded = "No events were recorded in these seven days. If that is not what you expect, look at the sources that should be sending.";
export const nobodysAccess = "Nobody’s access was changed.";
export const nothingFailed = "Nothing failed.";
export const linksNeedSignIn = "Events are not attached; links need sign-in.";
export const becauseOf = ({ schedule, organization }: ReportData): string =>
  `You get this because you are a recipient of “${clean(schedule.name)}” at ${clean(organization.name)}.`;

/** The four figures at the top. */
export const figuresOf = ({ total, failed, permissionChanges, actors }: Digest): { label: string; value: Compared; tone: Tone }[] => [
  { label: "events", value: total, tone: "text" },
  { label: "failed", value: failed, tone: failed.now > 0 ? "failed" : "text" },
  { label: "permission changes", value: permissionChanges, tone: permissionChanges.now > 0 ? "sensitive" : "text" },
  { label: "active actors", value: actors, tone: "text" },
];

/** One actor is worth a name, several are a number. */
export const byWhom = ({ actors, topActor }: ActionCount): string =>
  actors === 1 ? `by ${clean(topActor, nameLengthMax)}` : `by ${plural(actors, "actor")}, most by ${clean(topActor, nameLengthMax)}`;

export function linksOf({ origin, organization, digest }: ReportData): { links: ConsoleLinks; week: LogFilter } {
  return { links: consoleLinks({ origin, slug: organization.slug }), week: { from: short(digest.period.from), to: short(digest.period.to) } };
}

/** Periods begin on whole seconds. */
const short = (instant: string): string => instant.replace(".000Z", "Z");

export const actorFilter = ({ actorId }: ActionByActor): LogFilter => (actorId === null ? {} : { actor: actorId });
