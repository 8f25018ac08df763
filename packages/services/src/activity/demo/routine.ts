import { copilot, people } from "./cast.ts";
import type { Person } from "./cast.ts";
import type { Day } from "./calendar.ts";
import type { Dice } from "./dice.ts";
import { byOther, byPerson, newOperation, newSession } from "./draft.ts";
import type { Draft, Scene, Session } from "./draft.ts";
import { pipelineRun } from "./machines.ts";
import { tasks } from "./tasks.ts";

const begins = 8 * 60 + 55;
const ends = 17 * 60 + 40;
const lunch = { from: 12 * 60 + 10, to: 13 * 60 + 5 };
const actsADay = 15;
const secondMs = 1_000;

/** What people do on the days that they work: sign in, query, read, write, run, export, and go home. */
export function routine({ dice, days }: Scene): Draft[] {
  return days.flatMap((day) => people.filter(() => dice.chance(day.working ? 0.92 : 0.06)).flatMap((person) => workday(dice, day, person)));
}

function workday(dice: Dice, day: Day, person: Person): Draft[] {
  const remote = !day.working || dice.chance(0.3);
  const session = newSession(dice, remote ? person.home : person.office);
  const start = dice.near(begins + person.early, 18);
  const end = day.working ? dice.near(ends + person.early / 2, 35) : start + dice.int(20, 90);
  const acts = day.working ? Math.round(dice.near(actsADay, 5)) : dice.int(2, 6);
  const minutes = Array.from({ length: acts }, () => workingMinute(dice, start + 2, end - 2)).toSorted((a, b) => a - b);
  const events = [...signIn(dice, day, person, session, start)];
  for (const minute of minutes) events.push(...task(dice, day, person, session, minute));
  if (dice.chance(0.7)) events.push(byPerson(dice, person, session, day.at(end), { action: "user_logged_out", resource: userOf(person) }));
  return events;
}

function workingMinute(dice: Dice, from: number, to: number): number {
  const minute = from + (dice.int(0, 100_000) / 100_000) * (to - from);
  // Nine in ten eat at noon.
  return minute > lunch.from && minute < lunch.to && dice.chance(0.9) ? minute + (lunch.to - lunch.from) : minute;
}

const userOf = ({ actor }: Person) => ({ type: "user", id: actor.id, name: actor.email });

function signIn(dice: Dice, day: Day, person: Person, session: Session, minute: number): Draft[] {
  const resource = userOf(person);
  const failed = byPerson(dice, person, session, day.at(minute - 0.5), {
    action: "user_login_failed",
    status: "failed",
    resource,
    error: { code: "invalid_credentials", message: "The password was wrong." },
  });
  return [
    ...(dice.chance(0.04) ? [failed] : []),
    byPerson(dice, person, session, day.at(minute), { action: "user_logged_in", resource, metadata: { method: dice.chance(0.8) ? "sso" : "password" } }),
  ];
}

function task(dice: Dice, day: Day, person: Person, session: Session, minute: number): Draft[] {
  const at = day.at(minute);
  const { make } = dice.weigh(tasks[person.job]);
  const made = make(dice);
  if (made.action === "pipeline_triggered" && made.resource) {
    const operation_id = newOperation(dice);
    return [
      byPerson(dice, person, session, at, { ...made, operation_id }),
      ...pipelineRun(dice, at + 2 * secondMs, { pipeline: made.resource, operation_id, failing: dice.chance(0.1) }),
    ];
  }
  if (made.action === "query_executed" && dice.chance(0.06)) {
    return [{ ...byOther(dice, copilot, at, made), on_behalf_of: [person.actor], team: person.team }];
  }
  return [byPerson(dice, person, session, at, made)];
}
