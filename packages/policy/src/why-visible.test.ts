import { actionsOfScope } from "@daybook/catalog";
import { equals, matches } from "@daybook/query";
import type { Query, Searchable } from "@daybook/query";
import fc from "fast-check";
import { expect, test } from "vitest";
import { may, maySimulate } from "./may.ts";
import { selfHosted } from "./plan.ts";
import type { AuditorGrant, MemberViewer, Role } from "./viewer.ts";
import { exportableTo, visibleTo } from "./visible-to.ts";
import { whyVisible } from "./why-visible.ts";

const [ofOwners = ""] = actionsOfScope("owners");
const [ofOrganization = ""] = actionsOfScope("organization");

const grant = (query: Query, more: Partial<AuditorGrant> = {}): AuditorGrant => ({
  id: "g",
  query,
  words: "what was asked",
  from: null,
  to: null,
  mayExport: false,
  hides: [],
  expiresAt: "2026-12-31T00:00:00.000Z",
  ...more,
});
const viewer = (role: Role, more: Partial<MemberViewer> = {}): MemberViewer => ({
  kind: "member",
  organizationId: "o",
  role,
  userId: "u1",
  teams: [],
  auditorGrants: [],
  plan: selfHosted,
  ipDisplay: "full",
  actor: { type: "user", id: "u1", name: "Bob" },
  ...more,
});
const event = (more: Partial<Searchable> = {}): Searchable =>
  ({
    id: "e",
    occurred_at: "2026-06-15T12:00:00.000Z",
    action: "report_viewed",
    actor: { type: "user", id: "u9" },
    on_behalf_of: [],
    resource: { type: "report" },
    team: null,
    context: {},
    ...more,
  }) as unknown as Searchable;

test("the reason never contradicts the query that every read is joined with", () => {
  const moment = fc.constantFrom("2026-06-01T00:00:00.000Z", "2026-06-15T12:00:00.000Z", "2026-07-01T00:00:00.000Z");
  const grants = fc.array(
    fc.record({
      query: fc.constantFrom(equals("resource.type", "report"), equals("team.id", "t1"), equals("actor.id", "u2")),
      from: fc.option(moment),
      to: fc.option(moment),
    }),
    { maxLength: 2 },
  );
  const teams = fc.subarray([
    { teamId: "t1", role: "admin" as const },
    { teamId: "t2", role: "member" as const },
  ]);
  const events = fc.record({
    actor: fc.constantFrom("u1", "u2").map((id) => ({ type: "user" as const, id })),
    on_behalf_of: fc.subarray([{ type: "user" as const, id: "u1" }]),
    action: fc.constantFrom("report_viewed", ofOrganization, ofOwners),
    team: fc.constantFrom(null, { id: "t1", name: "Insights" }, { id: "t2" }),
    occurred_at: moment,
  });
  fc.assert(
    fc.property(fc.constantFrom<Role>("owner", "admin", "member", "auditor"), teams, grants, events, (role, held, given, words) => {
      const asked = viewer(role, { teams: held, auditorGrants: given.map(({ query, ...window }) => grant(query, window)) });
      const { visible, reason } = whyVisible(asked, event(words));
      expect(visible).toBe(matches(visibleTo(asked), event(words)));
      expect(reason).toMatch(/^[A-Z].*\.$/);
    }),
  );
});

test.each<[string, MemberViewer, Partial<Searchable>, boolean, RegExp]>([
  ["who did it", viewer("member"), { actor: { type: "user", id: "u1" } }, true, /^Bob did it\.$/],
  ["for whom it was done", viewer("member"), { on_behalf_of: [{ type: "user", id: "u1" }] }, true, /on behalf of Bob/],
  [
    "an admin of the team",
    viewer("member", { teams: [{ teamId: "t1", role: "admin" }] }),
    { team: { id: "t1", name: "Insights" } },
    true,
    /admin of team “Insights”/,
  ],
  [
    "an admin of the team, of what is about the organization",
    viewer("member", { teams: [{ teamId: "t1", role: "admin" }] }),
    { team: { id: "t1" }, action: ofOrganization },
    false,
    /not in team logs/,
  ],
  ["a member of the team", viewer("member", { teams: [{ teamId: "t1", role: "member" }] }), { team: { id: "t1" } }, false, /neither did it nor caused it/],
  ["an admin, of what is the owners'", viewer("admin"), { action: ofOwners }, false, /owners alone/],
  ["an auditor", viewer("auditor", { auditorGrants: [grant(equals("resource.type", "report"))] }), {}, true, /covers it: what was asked, until 2026-12-31/],
  ["an auditor of something else", viewer("auditor", { auditorGrants: [grant(equals("resource.type", "table"))] }), {}, false, /No grant to Bob covers it/],
  ["an auditor whose grants ended", viewer("auditor"), {}, false, /No grant to you as an auditor is in force/],
])("%s is told why", (_, asked, words, visible, reason) => {
  expect(whyVisible(asked, event(words))).toMatchObject({ visible, reason: expect.stringMatching(reason) as string });
});

test("a window begins with its first moment and ends before its last", () => {
  const auditor = viewer("auditor", { auditorGrants: [grant({ is: "everything" }, { from: "2026-06-01T00:00:00.000Z", to: "2026-07-01T00:00:00.000Z" })] });
  const at = (occurred_at: string) => matches(visibleTo(auditor), event({ occurred_at }));
  expect(["2026-05-31T23:59:59.999Z", "2026-06-01T00:00:00.000Z", "2026-06-30T23:59:59.999Z", "2026-07-01T00:00:00.000Z"].map(at)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test("an auditor takes out only what a grant with exports covers", () => {
  const both = viewer("auditor", {
    auditorGrants: [grant(equals("resource.type", "report"), { mayExport: true }), grant(equals("resource.type", "table"))],
  });
  const exportable = (type: string) => matches(exportableTo(both), event({ resource: { type } }));
  expect([exportable("report"), exportable("table")]).toEqual([true, false]);
  expect(may(both, "events:export").allowed).toBe(true);
  const none = viewer("auditor", { auditorGrants: [grant({ is: "everything" })] });
  expect(may(none, "events:export").allowed).toBe(false);
  expect(exportableTo(none)).toEqual({ is: "nothing" });
});

test("grants show nothing where the plan has no auditors", () => {
  const auditor = viewer("auditor", { plan: { ...selfHosted, without: ["auditors"] }, auditorGrants: [grant({ is: "everything" }, { mayExport: true })] });
  expect(visibleTo(auditor)).toEqual({ is: "nothing" });
  expect(exportableTo(auditor)).toEqual({ is: "nothing" });
});

test("nobody looks through the eyes of somebody who sees more", () => {
  expect(maySimulate(viewer("owner"), "owner").allowed).toBe(true);
  expect(maySimulate(viewer("admin"), "admin").allowed).toBe(true);
  expect(maySimulate(viewer("admin"), "owner").allowed).toBe(false);
  for (const role of ["member", "auditor"] as const) expect(maySimulate(viewer(role), "member").allowed).toBe(false);
});
