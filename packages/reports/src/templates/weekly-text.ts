import type { ReportData } from "../define-report.ts";
import type { ActionByActor, ActionCount, ActorCount, Ranking } from "../digest.ts";
import { clean, comparison, number, periodLabel, weekdayName } from "../words.ts";
import {
  actorFilter,
  becauseOf,
  byWhom,
  figuresOf,
  linksNeedSignIn,
  linksOf,
  nameLengthMax,
  nobodysAccess,
  nothingFailed,
  nothingRecorded,
  titleLengthMax,
} from "./weekly-words.ts";

export function weeklyText(data: ReportData): string {
  const { organization, digest } = data;
  const { links, week } = linksOf(data);
  const list = <Entry extends { count: number }>(title: string, ranking: Ranking<Entry>, none: string, entryText: (entry: Entry) => string): string[] =>
    ranking.top.length === 0 && none === ""
      ? []
      : ["", title, ...(ranking.top.length === 0 ? [none] : ranking.top.map(entryText)), ...(ranking.more > 0 ? [`and ${number(ranking.more)} more`] : [])];
  const byAction =
    (status?: "failed") =>
    (one: ActionCount): string =>
      entry(one.count, `${clean(one.title, titleLengthMax)}, ${byWhom(one)}`, links.logs({ ...week, action: one.action, ...(status ? { status } : {}) }));
  const byActor = (one: ActorCount): string =>
    entry(
      one.count,
      `${clean(one.name, nameLengthMax)}${one.failed > 0 ? `, ${number(one.failed)} failed` : ""}`,
      one.id === null ? undefined : links.logs({ ...week, actor: one.id }),
    );
  const byChange = (one: ActionByActor): string =>
    entry(
      one.count,
      `${clean(one.title, titleLengthMax)}, ${clean(one.actorName, nameLengthMax)}`,
      links.logs({ ...week, action: one.action, ...actorFilter(one) }),
    );

  return [
    `${clean(organization.name)}: weekly audit summary`,
    `${periodLabel(digest.period)}, ${digest.period.zone} time`,
    "",
    ...figuresOf(digest).map(({ label, value }) => `${number(value.now)} ${label} (${comparison(value)})`),
    ...(digest.total.now === 0
      ? ["", nothingRecorded]
      : [
          "",
          "DAY BY DAY",
          ...digest.days.map(({ date, total, failed }) => `${weekdayName(date)} ${number(total)}, ${number(failed)} failed`),
          ...list("PERMISSION CHANGES", digest.permissionChangeList, nobodysAccess, byChange),
          ...list("FAILURES", digest.failures, nothingFailed, byAction("failed")),
          ...list("MOST ACTIVE", digest.topActors, "", byActor),
          ...list("MOST FREQUENT", digest.topActions, "", byAction()),
          ...list("NOT SEEN THE WEEK BEFORE", digest.newActions, "", byAction()),
        ]),
    "",
    `Open this week in Daybook: ${links.logs(week)}`,
    "",
    "-- ",
    linksNeedSignIn,
    becauseOf(data),
    `Change the schedule: ${links.reports()}`,
    ...(data.unsubscribeUrl === undefined ? [] : [`Unsubscribe: ${data.unsubscribeUrl}`]),
  ].join("\n");
}

const entry = (count: number, what: string, href: string | undefined): string => `- ${number(count)} × ${what}${href === undefined ? "" : `\n  ${href}`}`;
