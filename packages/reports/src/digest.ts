import type { Status } from "@daybook/event";
import { localDate, type Period, weekBefore } from "./period.ts";

/** One count from the roll-up, already limited to what the recipients may see. */
export interface CountRow {
  /** The bucket: an hour (`2026-11-16T22:00:00.000Z`) or a local day (`2026-11-16`). */
  at: string;
  action: string;
  operation: string;
  actorId: string | null;
  actorName: string;
  status: Status;
  count: number;
}

export interface DigestOptions {
  period: Period;
  /** Of the period and of the week before it; rows outside of both are left out. */
  rows: CountRow[];
  isPermissionChange(row: Pick<CountRow, "action" | "operation">): boolean;
  /** The catalog's title of an action. */
  titleOf(action: string): string;
}

/** A number and what it was the week before. */
export interface Compared {
  now: number;
  before: number;
  /** In whole per cent; null when there was nothing before to compare with. */
  percent: number | null;
}

export interface Digest {
  period: Period;
  total: Compared;
  failed: Compared;
  permissionChanges: Compared;
  /** How many different actors did something. */
  actors: Compared;
  days: { date: string; total: number; failed: number }[];
  topActors: Ranking<ActorCount>;
  topActions: Ranking<ActionCount>;
  failures: Ranking<ActionCount>;
  permissionChangeList: Ranking<ActionByActor>;
  /** Actions of this week that the week before did not have. */
  newActions: Ranking<ActionCount>;
}

/** The largest few, and how many more there are. */
export interface Ranking<Entry> {
  top: Entry[];
  more: number;
}

export interface ActorCount {
  id: string | null;
  name: string;
  count: number;
  failed: number;
}

export interface ActionCount {
  action: string;
  title: string;
  count: number;
  /** How many different actors, and the one with the most. */
  actors: number;
  topActor: string;
}

export interface ActionByActor {
  action: string;
  title: string;
  actorId: string | null;
  actorName: string;
  count: number;
}

/** A mail is read in a minute: the first few of each list, and a link to the rest. */
const rankedMax = 5;

export function digestOf({ period, rows, isPermissionChange, titleOf }: DigestOptions): Digest {
  const earlier = weekBefore(period);
  const dated = rows.map((row) => ({ ...row, day: dayOf(row.at, period.zone) }));
  const now = dated.filter(({ day }) => period.days.includes(day));
  const before = dated.filter(({ day }) => earlier.days.includes(day));
  const compared = (measure: (rows: CountRow[]) => number): Compared => compare(measure(now), measure(before));

  // An attempt that failed changed nothing; it is counted among the failures.
  const changed = (all: CountRow[]): CountRow[] => all.filter((row) => row.status === "success" && isPermissionChange(row));
  const seenBefore = new Set(before.map(({ action }) => action));

  return {
    period,
    total: compared(sum),
    failed: compared((all) => sum(all.filter(isFailed))),
    permissionChanges: compared((all) => sum(changed(all))),
    actors: compared((all) => new Set(all.filter(({ count }) => count > 0).map(actorKey)).size),
    days: period.days.map((date) => dayCounts(date, now)),
    topActors: ranked(groupBy(now, actorKey).map(actorCount)),
    topActions: ranked(actionCounts(now, titleOf)),
    failures: ranked(actionCounts(now.filter(isFailed), titleOf)),
    permissionChangeList: ranked(groupBy(changed(now), (row) => `${row.action}\n${actorKey(row)}`).map((group) => actionByActor(group, titleOf))),
    newActions: ranked(
      actionCounts(
        now.filter(({ action }) => !seenBefore.has(action)),
        titleOf,
      ),
    ),
  };
}

/** An hour belongs to the local day in which it begins, so that every count is in exactly one day and one week. */
const dayOf = (at: string, zone: string): string => (at.length === 10 ? at : localDate(new Date(at), zone));

const isFailed = ({ status }: CountRow): boolean => status === "failed";

/** Two people may share a name; one person keeps an id. */
const actorKey = ({ actorId, actorName }: CountRow): string => (actorId === null ? `name:${actorName}` : `id:${actorId}`);

const sum = (rows: CountRow[]): number => rows.reduce((total, { count }) => total + count, 0);

const compare = (now: number, before: number): Compared => ({ now, before, percent: before === 0 ? null : Math.round(((now - before) / before) * 100) });

function dayCounts(date: string, rows: (CountRow & { day: string })[]): Digest["days"][number] {
  const own = rows.filter(({ day }) => day === date);
  return { date, total: sum(own), failed: sum(own.filter(isFailed)) };
}

type Group = [CountRow, ...CountRow[]];

function groupBy(rows: CountRow[], keyOf: (row: CountRow) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return [...groups.values()];
}

const actorCount = (group: Group): ActorCount => ({
  id: group[0].actorId,
  // The newest name: people marry and robots are renamed.
  name: newest(group).actorName,
  count: sum(group),
  failed: sum(group.filter(isFailed)),
});

const newest = (group: Group): CountRow => group.reduce((latest, row) => (row.at > latest.at ? row : latest), group[0]);

const actionCounts = (rows: CountRow[], titleOf: (action: string) => string): ActionCount[] =>
  groupBy(rows, ({ action }) => action).map((group) => ({
    action: group[0].action,
    title: titleOf(group[0].action),
    count: sum(group),
    actors: new Set(group.map(actorKey)).size,
    topActor: ranked(groupBy(group, actorKey).map(actorCount)).top[0]?.name ?? "",
  }));

const actionByActor = (group: Group, titleOf: (action: string) => string): ActionByActor => ({
  action: group[0].action,
  title: titleOf(group[0].action),
  actorId: group[0].actorId,
  actorName: newest(group).actorName,
  count: sum(group),
});

/** Largest first; ties by name, so that the same counts always make the same mail. */
function ranked<Entry extends { count: number }>(entries: Entry[]): Ranking<Entry> {
  const order = entries.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count || byText(JSON.stringify(a), JSON.stringify(b)));
  return { top: order.slice(0, rankedMax), more: Math.max(0, order.length - rankedMax) };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
