import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMonths, type Month, monthEnd, monthOf, monthStart } from "./month.ts";
import { type PartitionContent, planRetention, type RetentionBounds, type RetentionPolicy, type RetentionState, type RetentionStep } from "./plan.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const bounds: RetentionBounds = { rowsPerBatchMax: 1000, removalsMax: 100, monthsAhead: 1 };
const ahead: PartitionContent[] = [
  { month: "2026-11", organizations: [] },
  { month: "2026-12", organizations: [] },
];
const partition = (month: Month, ...organizations: string[]): PartitionContent => ({
  month,
  organizations: organizations.map((organizationId) => ({ organizationId, count: 5 })),
});
const policy = (organizationId: string, days: number | null): RetentionPolicy => ({ organizationId, days });
const plan = (policies: RetentionPolicy[], ...partitions: PartitionContent[]): string[] =>
  planRetention({ policies, partitions: [...partitions, ...ahead] }, now, bounds).steps.map(inWords);

const inWords = (step: RetentionStep): string =>
  step.do === "delete" ? `delete ${step.organizationId} ${step.from.slice(0, 10)} ${step.before.slice(0, 16)}` : `${step.do} ${step.month}`;

describe("a month", () => {
  test("that everybody in it is past is dropped whole", () => {
    expect(plan([policy("a", 30), policy("b", 50)], partition("2026-09", "a", "b"))).toEqual(["drop 2026-09"]);
  });

  test("that one in it still keeps loses only the others' rows", () => {
    expect(plan([policy("a", 30), policy("b", 365)], partition("2026-09", "a", "b"))).toEqual(["delete a 2026-09-01 2026-10-01T00:00"]);
  });

  test("that the cut falls into loses its first part", () => {
    expect(plan([policy("a", 30)], partition("2026-10", "a"))).toEqual(["delete a 2026-10-01 2026-10-21T12:00"]);
  });

  test("that ends at the very cut is past; one that ends a millisecond after is not", () => {
    const atNoon = new Date("2026-11-01T00:00:00.000Z");
    const steps = (at: Date): string[] =>
      planRetention({ policies: [policy("a", 31)], partitions: [partition("2026-09", "a"), ...ahead] }, at, bounds).steps.map(inWords);
    expect(steps(atNoon)).toEqual(["drop 2026-09"]);
    expect(steps(new Date(atNoon.getTime() - 1))).toEqual(["create 2026-10", "delete a 2026-09-01 2026-09-30T23:59"]);
  });

  test("under way is never dropped, but a policy of days cuts into it", () => {
    const november: PartitionContent = { month: "2026-11", organizations: [{ organizationId: "a", count: 5 }] };
    const { steps } = planRetention({ policies: [policy("a", 7)], partitions: [november, { month: "2026-12", organizations: [] }] }, now, bounds);
    expect(steps.map(inWords)).toEqual(["delete a 2026-11-01 2026-11-13T12:00"]);
  });

  test("of an organization that keeps everything, or that nobody handed a policy in for, is left alone", () => {
    expect(plan([policy("a", null)], partition("2001-01", "a"))).toEqual([]);
    expect(plan([policy("a", 1)], partition("2001-01", "a", "stranger"))).toEqual(["delete a 2001-01-01 2001-02-01T00:00"]);
    expect(plan([], partition("2001-01", "stranger"))).toEqual([]);
  });

  test("that is empty goes only when nobody may write to it any more", () => {
    expect(plan([policy("a", 30)], partition("2026-09"))).toEqual(["drop 2026-09"]);
    expect(plan([policy("a", 30), policy("b", null)], partition("2026-09"))).toEqual([]);
    expect(plan([], partition("2026-09"))).toEqual([]);
  });

  test("whose oldest row is younger than the cut needs no delete", () => {
    const october = (oldest: string): PartitionContent => ({ month: "2026-10", organizations: [{ organizationId: "a", count: 5, oldest }] });
    expect(plan([policy("a", 30)], october("2026-10-21T12:00:00.000Z"))).toEqual([]);
    expect(plan([policy("a", 30)], october("2026-10-21T11:59:59.999Z"))).toEqual(["delete a 2026-10-01 2026-10-21T12:00"]);
  });
});

describe("new partitions", () => {
  const created = (state: Partial<RetentionState>, at = now): string[] =>
    planRetention({ policies: [policy("a", 30)], partitions: [], ...state }, at, bounds).steps.map(inWords);

  test("are this month, the months ahead, and those that waiting events need", () => {
    expect(created({})).toEqual(["create 2026-11", "create 2026-12"]);
    expect(created({ monthsNeeded: ["2026-10", "2026-12"] })).toEqual(["create 2026-10", "create 2026-11", "create 2026-12"]);
    expect(created({ partitions: ahead })).toEqual([]);
  });

  test("are not made for months that every policy has left behind", () => {
    expect(created({ monthsNeeded: ["2026-01"] })).toEqual(["create 2026-11", "create 2026-12"]);
    expect(created({ monthsNeeded: ["2026-01"], policies: [policy("a", 30), policy("b", null)] })).toContain("create 2026-01");
    expect(created({ monthsNeeded: ["2026-01"], policies: [] })).toContain("create 2026-01");
  });

  test("cross the year at UTC's midnight", () => {
    expect(created({}, new Date("2026-12-31T23:59:59.999Z"))).toEqual(["create 2026-12", "create 2027-01"]);
    expect(created({}, new Date("2027-01-01T00:00:00.000Z"))).toEqual(["create 2027-01", "create 2027-02"]);
  });
});

test("removals beyond the bound wait, oldest first, and the plan says so", () => {
  const partitions = [partition("2026-03", "a"), partition("2026-01", "a"), partition("2026-02", "a"), ...ahead];
  const { steps, more } = planRetention({ policies: [policy("a", 30)], partitions }, now, { ...bounds, removalsMax: 2 });
  expect(steps.map(inWords)).toEqual(["drop 2026-01", "drop 2026-02"]);
  expect(more).toBe(true);
});

/** A small world of real rows, so that a step can be judged by what it would take. */
interface Row {
  organizationId: string;
  at: Date;
}
interface World {
  policies: RetentionPolicy[];
  rows: Row[];
  empty: Month[];
  now: Date;
}
const organizations = ["a", "b", "c", "d"];
const edges = [
  "2026-03-29T01:00:00.000Z",
  "2026-10-25T01:00:00.000Z",
  "2026-11-01T00:00:00.000Z",
  "2026-10-31T23:59:59.999Z",
  "2027-01-01T00:00:00.000Z",
  "2028-02-29T23:59:59.999Z",
];
const instant = fc.oneof(
  fc.date({ min: new Date("2025-06-01T00:00:00Z"), max: new Date("2028-12-31T00:00:00Z"), noInvalidDate: true }),
  fc.constantFrom(...edges).map((text) => new Date(text)),
);
const world: fc.Arbitrary<World> = fc.record({
  now: instant,
  // "d" never has a policy.
  policies: fc.tuple(...["a", "b", "c"].map((organizationId) => fc.option(fc.integer({ min: 1, max: 800 })).map((days) => policy(organizationId, days)))),
  rows: fc.array(fc.record({ organizationId: fc.constantFrom(...organizations), at: instant }), { maxLength: 60 }),
  empty: fc.array(instant.map(monthOf), { maxLength: 3 }),
});

function contentOf(rows: Row[], months: Month[], withOldest: boolean): PartitionContent[] {
  return [...new Set([...months, ...rows.map(({ at }) => monthOf(at))])].map((month) => ({
    month,
    organizations: organizations.flatMap((organizationId) => {
      const own = rows.filter((row) => row.organizationId === organizationId && monthOf(row.at) === month);
      const oldest = new Date(Math.min(...own.map(({ at }) => at.getTime())));
      return own.length === 0 ? [] : [{ organizationId, count: own.length, ...(withOldest ? { oldest: oldest.toISOString() } : {}) }];
    }),
  }));
}

const takes = (step: RetentionStep, row: Row): boolean => {
  switch (step.do) {
    case "create":
      return false;
    case "drop":
      return row.at >= new Date(step.from) && row.at < new Date(step.to);
    case "delete":
      return row.organizationId === step.organizationId && row.at >= new Date(step.from) && row.at < new Date(step.before);
  }
};
const isExpired = ({ organizationId, at }: Row, { policies, now }: World): boolean => {
  const days = policies.find((one) => one.organizationId === organizationId)?.days;
  return typeof days === "number" && now.getTime() - at.getTime() > days * 86_400_000;
};
const months = ({ rows, empty }: World): Month[] => [...new Set([...empty, ...rows.map(({ at }) => monthOf(at))])];
const wide: RetentionBounds = { ...bounds, removalsMax: 10_000 };

describe("for any policies, rows and moment", () => {
  test.each([true, false])(
    "exactly the expired rows are taken (oldest known: %s): nothing younger than its policy, nothing for a policy of null",
    (withOldest) => {
      fc.assert(
        fc.property(world, (it) => {
          const { steps } = planRetention({ policies: it.policies, partitions: contentOf(it.rows, it.empty, withOldest) }, it.now, wide);
          for (const row of it.rows) expect(steps.some((step) => takes(step, row))).toBe(isExpired(row, it));
        }),
        { numRuns: 500 },
      );
    },
  );

  test("a drop means that everybody in that month has left it behind", () => {
    fc.assert(
      fc.property(world, (it) => {
        const { steps } = planRetention({ policies: it.policies, partitions: contentOf(it.rows, it.empty, true) }, it.now, wide);
        for (const step of steps.filter((one) => one.do === "drop")) {
          const within = it.rows.filter(({ at }) => at >= monthStart(step.month) && at < monthEnd(step.month));
          expect(within.every((row) => isExpired(row, it))).toBe(true);
          expect(step.rows.map(({ organizationId }) => organizationId)).toEqual([...new Set(within.map(({ organizationId }) => organizationId))].toSorted());
        }
      }),
    );
  });

  test("carrying the plan out leaves nothing to do, and planning twice says the same", () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 5 }), (it, removalsMax) => {
        let rows = it.rows;
        let existing = months(it);
        for (let run = 0; run < 1000; run++) {
          const state = { policies: it.policies, partitions: contentOf(rows, existing, true), monthsNeeded: months(it) };
          const { steps, more } = planRetention(state, it.now, { ...bounds, removalsMax });
          expect(planRetention(state, it.now, { ...bounds, removalsMax }).steps).toEqual(steps);
          if (steps.length === 0) return;
          rows = rows.filter((row) => !steps.some((step) => takes(step, row)));
          existing = existing.filter((month) => !steps.some((step) => step.do === "drop" && step.month === month));
          existing.push(...steps.filter((step) => step.do === "create").map((step) => step.month));
          if (!more) expect(planRetention({ ...state, partitions: contentOf(rows, existing, true) }, it.now, bounds).steps).toEqual([]);
        }
        throw new Error("the plan never came to rest");
      }),
    );
  });

  test("there is always a partition for now and for the months ahead", () => {
    fc.assert(
      fc.property(world, (it) => {
        const { steps } = planRetention({ policies: it.policies, partitions: contentOf(it.rows, it.empty, true) }, it.now, wide);
        const after = new Set(months(it));
        for (const step of steps) {
          if (step.do === "create") after.add(step.month);
          if (step.do === "drop") after.delete(step.month);
        }
        expect(after.has(monthOf(it.now)) && after.has(addMonths(monthOf(it.now), bounds.monthsAhead))).toBe(true);
      }),
    );
  });
});
