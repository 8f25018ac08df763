import { expect, test } from "vitest";
import { defaultAccesses, effectiveAccess, isMore, takesDefaultAccess } from "./effective-access.ts";
import { sharedActs, sharedKinds } from "./shared-kinds/index.ts";
import { roles } from "./viewer.ts";

const analysts = { id: "g1", name: "Analysts" };
const data = { id: "g2", name: "Data team" };

test.each([
  [{ direct: null, groups: [], byDefault: "none" }, null],
  [{ direct: "view", groups: [], byDefault: "none" }, "given directly: View"],
  [{ direct: null, groups: [{ ...data, access: "query" }], byDefault: "none" }, "by group Data team: Query"],
  [{ direct: "view", groups: [{ ...data, access: "query" }], byDefault: "none" }, "by group Data team: Query"],
  [{ direct: "query", groups: [{ ...data, access: "query" }], byDefault: "query" }, "given directly: Query"],
  [
    {
      direct: null,
      groups: [
        { ...data, access: "view" },
        { ...analysts, access: "view" },
      ],
      byDefault: "view",
    },
    "by group Analysts: View",
  ],
  [
    {
      direct: null,
      groups: [
        { ...data, access: "view" },
        { ...analysts, access: "manage" },
      ],
      byDefault: "query",
    },
    "by group Analysts: Manage",
  ],
  [{ direct: "view", groups: [], byDefault: "manage" }, "by the default of the workspace: Manage"],
] as const)("%j: the strongest counts, and the nearest of equals gives the reason", (sources, reason) => {
  expect(effectiveAccess(sources)?.reason ?? null).toBe(reason);
});

test("of all combinations no way gives more than the answer, some way gives just that, and nothing gives nothing", () => {
  const groupsOf = (...levels: readonly (typeof defaultAccesses)[number][]) =>
    levels.flatMap((access, at) => (access === "none" ? [] : [{ id: `g${at}`, name: `Group ${at}`, access }]));
  for (const own of defaultAccesses)
    for (const byDefault of defaultAccesses)
      for (const one of defaultAccesses)
        for (const other of defaultAccesses) {
          const answer = effectiveAccess({ direct: own === "none" ? null : own, groups: groupsOf(one, other), byDefault })?.access ?? "none";
          expect([own, byDefault, one, other]).toContain(answer);
          expect([own, byDefault, one, other].filter((way) => isMore(way, answer))).toEqual([]);
        }
});

test("an auditor has nothing by default, and everybody else has", () => {
  expect(roles.filter((role) => !takesDefaultAccess(role))).toEqual(["auditor"]);
});

test("every kind has an action of its own for each act, and an area of its own", () => {
  const actions = sharedKinds.flatMap((kind) => sharedActs.map((act) => kind.actions[act]));
  expect(new Set(actions).size).toBe(sharedKinds.length * sharedActs.length);
  for (const key of ["type", "area", "reads", "manages"] as const) expect(new Set(sharedKinds.map((kind) => kind[key])).size).toBe(sharedKinds.length);
});
