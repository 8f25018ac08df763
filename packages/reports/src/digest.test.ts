import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CountRow, type Digest, digestOf } from "./digest.ts";
import { lastFullWeek, weekBefore } from "./period.ts";
import { countRow } from "./testing/count-row.ts";

const period = lastFullWeek(new Date("2026-11-23T07:00:00Z"), { weekday: 1, zone: "Europe/Paris" });
const digest = (...rows: CountRow[]): Digest =>
  digestOf({ period, rows, isPermissionChange: ({ operation }) => operation === "granted", titleOf: (action) => `«${action}»` });

describe("totals", () => {
  test("stand against the week before, in per cent", () => {
    const { total, failed } = digest(
      countRow({ count: 112 }),
      countRow({ at: "2026-11-10", count: 100 }),
      countRow({ count: 6, status: "failed" }),
      countRow({ at: "2026-11-09", count: 9, status: "failed" }),
    );
    expect(total).toEqual({ now: 118, before: 109, percent: 8 });
    expect(failed).toEqual({ now: 6, before: 9, percent: -33 });
  });

  test("have no per cent of nothing", () => {
    expect(digest(countRow({ count: 5 })).total).toEqual({ now: 5, before: 0, percent: null });
    expect(digest().total).toEqual({ now: 0, before: 0, percent: null });
  });

  test("leave out what lies in neither week", () => {
    expect(digest(countRow({ at: "2026-11-23" }), countRow({ at: "2026-11-08" }), countRow({ at: "2026-11-22T23:00:00.000Z" })).total).toMatchObject({
      now: 0,
      before: 0,
    });
  });

  test("count an actor once, by id before name, and none for a count of nothing", () => {
    expect(
      digest(
        countRow({}),
        countRow({ actorName: "Alice Jones" }),
        countRow({ actorId: "u_2" }),
        countRow({ actorId: null }),
        countRow({ actorId: "u_3", count: 0 }),
      ).actors.now,
    ).toBe(3);
  });
});

test("an hour falls into the local day in which it begins", () => {
  // 23:00 UTC is midnight in Paris.
  const { days } = digest(
    countRow({ at: "2026-11-16T22:00:00.000Z", count: 1 }),
    countRow({ at: "2026-11-16T23:00:00.000Z", count: 10, status: "failed" }),
    countRow({ at: "2026-11-15T23:00:00.000Z", count: 100 }),
  );
  expect(days.slice(0, 3)).toEqual([
    { date: "2026-11-16", total: 101, failed: 0 },
    { date: "2026-11-17", total: 10, failed: 10 },
    { date: "2026-11-18", total: 0, failed: 0 },
  ]);
});

test("a permission change is one that succeeded, listed per action and actor", () => {
  const { permissionChanges, permissionChangeList } = digest(
    countRow({ action: "role_granted", operation: "granted", count: 2 }),
    countRow({ action: "role_granted", operation: "granted", actorId: "u_2", actorName: "Bob", count: 3 }),
    countRow({ action: "role_granted", operation: "granted", status: "failed", count: 50 }),
    countRow({ at: "2026-11-11", action: "role_granted", operation: "granted", count: 1 }),
  );
  expect(permissionChanges).toEqual({ now: 5, before: 1, percent: 400 });
  expect(permissionChangeList.top).toEqual([
    { action: "role_granted", title: "«role_granted»", actorId: "u_2", actorName: "Bob", count: 3 },
    { action: "role_granted", title: "«role_granted»", actorId: "u_1", actorName: "Alice", count: 2 },
  ]);
});

describe("rankings", () => {
  test("show the five largest and say how many more there are", () => {
    const { topActors } = digest(...[3, 9, 1, 7, 5, 8, 2].map((count) => countRow({ actorId: `u_${count}`, actorName: `A${count}`, count })));
    expect(topActors.top.map(({ count }) => count)).toEqual([9, 8, 7, 5, 3]);
    expect(topActors.more).toBe(2);
  });

  test("call an actor by the newest name, and count the failures", () => {
    const { topActors } = digest(
      countRow({ at: "2026-11-20", actorName: "Alice Jones", count: 2, status: "failed" }),
      countRow({ at: "2026-11-17", actorName: "Alice Smith", count: 9 }),
    );
    expect(topActors.top).toEqual([{ id: "u_1", name: "Alice Jones", count: 11, failed: 2 }]);
  });

  test("name who did most of an action", () => {
    const { topActions, failures } = digest(countRow({ count: 2 }), countRow({ actorId: "u_2", actorName: "Bob", count: 5, status: "failed" }));
    expect(topActions.top).toEqual([{ action: "report_viewed", title: "«report_viewed»", count: 7, actors: 2, topActor: "Bob" }]);
    expect(failures.top).toEqual([{ action: "report_viewed", title: "«report_viewed»", count: 5, actors: 1, topActor: "Bob" }]);
  });

  test("know which actions the week before did not have", () => {
    expect(digest(countRow({}), countRow({ action: "key_created" }), countRow({ at: "2026-11-12" })).newActions.top.map(({ action }) => action)).toEqual([
      "key_created",
    ]);
  });
});

const anyRow: fc.Arbitrary<CountRow> = fc.record({
  at: fc.oneof(
    fc.constantFrom(...period.days, ...weekBefore(period).days, "2026-01-01"),
    fc.date({ min: new Date("2026-11-05"), max: new Date("2026-11-26"), noInvalidDate: true }).map((at) => at.toISOString()),
  ),
  action: fc.constantFrom("a", "b", "c", "d", "e", "f", "g"),
  operation: fc.constantFrom("granted", "viewed"),
  actorId: fc.option(fc.constantFrom("u_1", "u_2", "u_3")),
  actorName: fc.constantFrom("Alice", "Bob"),
  status: fc.constantFrom("success", "failed", "in_progress", "pending_approval"),
  count: fc.integer({ min: 0, max: 1000 }),
});

describe("for any rows", () => {
  test("every figure agrees with every other: the days sum up to the totals, and a part is never more than the whole", () => {
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        const { days, total, failed, permissionChanges, topActors } = digest(...rows);
        expect(days.reduce((sum, day) => sum + day.total, 0)).toBe(total.now);
        expect(days.reduce((sum, day) => sum + day.failed, 0)).toBe(failed.now);
        expect(permissionChanges.now + failed.now).toBeLessThanOrEqual(total.now);
        if (topActors.more === 0) expect(topActors.top.reduce((sum, { count }) => sum + count, 0)).toBe(total.now);
      }),
    );
  });

  test("their order makes no difference to any count", () => {
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        const counts = ({ total, failed, permissionChanges, actors, days, topActions }: Digest): unknown => ({
          total,
          failed,
          permissionChanges,
          actors,
          days,
          actions: topActions.top.map(({ action, count }) => [action, count]),
        });
        expect(counts(digest(...rows.toReversed()))).toEqual(counts(digest(...rows)));
      }),
    );
  });

  test("this week's before is the week before's now", () => {
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        const earlier = digestOf({ period: weekBefore(period), rows, isPermissionChange: () => false, titleOf: (action) => action });
        expect(digest(...rows).total.before).toBe(earlier.total.now);
      }),
    );
  });
});
