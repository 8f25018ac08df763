import type { EventInput } from "@daybook/event";
import { daysUntil } from "./calendar.ts";
import { chores } from "./chores.ts";
import { throwDice } from "./dice.ts";
import type { Scene } from "./draft.ts";
import { machines } from "./machines.ts";
import { routine } from "./routine.ts";
import { stories } from "./stories.ts";

export const demoCompany = "Larkspur Analytics";
export const demoDays = 30;

/**
 * A month of a company that does not exist, oldest event first: the same for the same arguments, so that a load that broke off can go on where it was.
 * Names are invented, hosts end in `.example`, addresses are those kept free for documentation.
 */
export function demoEvents({ now, seed, zone }: { now: Date; seed: number; zone: string }): EventInput[] {
  const scene: Scene = { dice: throwDice(seed), days: daysUntil(now, { zone, count: demoDays }), now: now.getTime() };
  const first = scene.days[0]?.at(0) ?? 0;
  return [...machines(scene), ...routine(scene), ...chores(scene), ...stories(scene)]
    .filter(({ at }) => at >= first && at <= now.getTime())
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, ...event }, index) => ({ ...event, occurred_at: new Date(at).toISOString(), idempotency_key: `demo:${String(index).padStart(5, "0")}` }));
}
