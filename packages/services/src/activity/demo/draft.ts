import type { EventInput } from "@daybook/event";
import type { Day } from "./calendar.ts";
import type { Other, Person } from "./cast.ts";
import type { Dice } from "./dice.ts";

/** An event of the demo before its time is written out. */
export type Draft = Omit<EventInput, "occurred_at" | "idempotency_key"> & { at: number };

/** What an act says besides who and when. */
export type Act = Omit<Draft, "at" | "actor" | "context" | "team">;

export interface Scene {
  dice: Dice;
  days: readonly Day[];
  now: number;
}

/** A stretch of somebody's work at one desk. */
export interface Session {
  id: string;
  ip: string;
}

export const byPerson = (dice: Dice, { actor, team, agent }: Person, session: Session, at: number, act: Act): Draft => ({
  origin: "interface",
  ...act,
  at,
  actor,
  team,
  context: { ip: session.ip, user_agent: agent, session_id: session.id, request_id: `req_${dice.hex(12)}` },
});

export const byOther = (dice: Dice, { actor, context }: Other, at: number, act: Act): Draft => ({
  origin: actor.type === "api_key" ? "api" : actor.type === "user" || actor.type === "anonymous" ? "interface" : "automation",
  ...act,
  at,
  actor,
  context: { ...context, ...(actor.type !== "system" && { request_id: `req_${dice.hex(12)}` }) },
});

export const newSession = (dice: Dice, ip: string): Session => ({ id: `ses_${dice.hex(16)}`, ip });

export const newOperation = (dice: Dice): string => `op_${dice.hex(16)}`;

/** The session of somebody who does one thing in passing. */
export const atDesk = (dice: Dice, person: Person): Session => newSession(dice, person.office);

export function dayAgo({ days }: Scene, ago: number): Day {
  const day = days.find((each) => each.ago === ago);
  if (!day) throw new Error(`the demo has no day ${ago} days ago`);
  return day;
}

/** The newest working day that is at least so long ago. */
export function workingDayAgo({ days }: Scene, ago: number): Day {
  const day = days.toReversed().find((each) => each.working && each.ago >= ago);
  if (!day) throw new Error(`the demo has no working day ${ago} days ago`);
  return day;
}
