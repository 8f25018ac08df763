import { describe, expect, test } from "vitest";
import { firingDefaults } from "./define-alert-kind.ts";
import { act, fire, type Firing, type IncidentAct, type IncidentSoFar, type IncidentState, incidentStates } from "./transition.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const event = (seq: number, happened = now, arrived = now) => ({ seq, occurred_at: happened.toISOString(), received_at: arrived.toISOString() });
const incident = (state: IncidentState, openedMinutesAgo: number, lastSeq = 10): IncidentSoFar => ({ state, openedAt: minutesAgo(openedMinutesAgo), lastSeq });

describe("a matching event", () => {
  test.each<[string, IncidentSoFar | null, Firing["do"]]>([
    ["nothing before", null, "open"],
    ["open, just now", incident("open", 0), "add"],
    ["open, one ms inside the window", { ...incident("open", 10), openedAt: new Date(now.getTime() - 10 * 60_000 + 1) }, "add"],
    ["open, the window just over", incident("open", 10), "open"],
    ["open, long ago", incident("open", 6000), "open"],
    ["open, by a clock that runs ahead of ours", incident("open", -1), "add"],
    ["acknowledged, inside the window", incident("acknowledged", 9), "add"],
    ["acknowledged, the window over", incident("acknowledged", 10), "open"],
    ["resolved, inside the window", incident("resolved", 1), "open"],
    ["resolved, long ago", incident("resolved", 6000), "open"],
  ])("after %s → %s", (_before, previous, expected) => {
    expect(fire(previous, event(11), now, firingDefaults)).toEqual({ do: expected });
  });

  test.each(incidentStates)("that an incident holds already (%s) is not counted again", (state) => {
    expect(fire(incident(state, 1, 11), event(11), now, firingDefaults)).toEqual({ do: "ignore", because: "counted before" });
    expect(fire(incident(state, 1, 12), event(11), now, firingDefaults)).toEqual({ do: "ignore", because: "counted before" });
  });

  test("of imported history does not fire, of a backlog that arrived in time does", () => {
    const monthAgo = minutesAgo(30 * 24 * 60);
    expect(fire(null, event(11, monthAgo, now), now, firingDefaults)).toEqual({ do: "ignore", because: "history" });
    expect(fire(null, event(11, monthAgo, monthAgo), now, firingDefaults)).toEqual({ do: "open" });
    const weekAgo = minutesAgo(7 * 24 * 60);
    expect(fire(null, event(11, weekAgo, now), now, firingDefaults)).toEqual({ do: "open" });
    expect(fire(null, event(11, monthAgo, now), now, { ...firingDefaults, eventAgeDaysMax: 31 })).toEqual({ do: "open" });
  });

  test("every minute for an hour opens six incidents of ten events each", () => {
    const opened: { openedAt: Date; lastSeq: number; events: number }[] = [];
    for (let minute = 0; minute < 60; minute++) {
      const at = new Date(now.getTime() + minute * 60_000);
      const newest = opened.at(-1);
      const firing = fire(newest ? { ...newest, state: "open" } : null, event(minute + 1, at, at), at, firingDefaults);
      if (firing.do === "open") opened.push({ openedAt: at, lastSeq: minute + 1, events: 1 });
      else if (newest) Object.assign(newest, { lastSeq: minute + 1, events: newest.events + 1 });
    }
    expect(opened.map((one) => one.events)).toEqual([10, 10, 10, 10, 10, 10]);
  });
});

describe("a person's act", () => {
  test.each<[IncidentState, IncidentAct, IncidentState, boolean]>([
    ["open", "acknowledge", "acknowledged", true],
    ["open", "resolve", "resolved", true],
    ["acknowledged", "acknowledge", "acknowledged", false],
    ["acknowledged", "resolve", "resolved", true],
    ["resolved", "acknowledge", "resolved", false],
    ["resolved", "resolve", "resolved", false],
  ])("%s + %s → %s (changed: %s)", (state, wish, after, changed) => {
    expect(act(state, wish)).toEqual({ state: after, changed });
  });
});
