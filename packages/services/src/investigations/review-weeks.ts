import { Refusal } from "@daybook/event";
import { lastFullWeek, weekBefore } from "@daybook/reports";
import type { Period } from "@daybook/reports";
import { organizations } from "@daybook/store";
import type { Executor, Organization } from "@daybook/store";
import { weeksBackMax } from "./limits.ts";

const monday = 1;

/** The Monday that names a week, `2026-11-16`. */
export const nameOfWeek = ({ days }: Period): string => days[0] ?? "";

/** Complete weeks of the organization's zone, newest first. */
export function completeWeeks(now: Date, zone: string): Period[] {
  const weeks = [lastFullWeek(now, { weekday: monday, zone })];
  while (weeks.length < weeksBackMax) {
    const [oldest] = weeks.slice(-1);
    if (!oldest) break;
    weeks.push(weekBefore(oldest));
  }
  return weeks;
}

/** The week that is asked for, or the last one that is over. */
export function completeWeek(now: Date, zone: string, week: string | undefined): Period {
  const weeks = completeWeeks(now, zone);
  const found = week === undefined ? weeks[0] : weeks.find((each) => nameOfWeek(each) === week);
  if (!found) throw new Refusal("invalid", `A week is named by its Monday, has ended, and is at most ${weeksBackMax} weeks ago.`, "week");
  return found;
}

export async function organizationOf(db: Executor, organizationId: string): Promise<Organization> {
  const organization = await organizations.find(db, organizationId);
  if (!organization) throw new Refusal("not_found", "There is no such organization.");
  return organization;
}
