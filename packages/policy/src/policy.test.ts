import { everything, matches, nothing } from "@daybook/query";
import type { Searchable } from "@daybook/query";
import { expect, test } from "vitest";
import { grants } from "./grants.ts";
import type { Grant } from "./grants.ts";
import { may } from "./may.ts";
import { selfHosted } from "./plan.ts";
import { seesTeamLog, teamsSeenBy } from "./teams.ts";
import type { MemberViewer, Role, Viewer } from "./viewer.ts";
import { seesWholeLog, visibleTo } from "./visible-to.ts";

const member = (role: Role, more: Partial<MemberViewer> = {}): Viewer => ({
  kind: "member",
  organizationId: "o",
  role,
  userId: "u1",
  teams: [],
  auditorGrants: [],
  plan: selfHosted,
  ipDisplay: "full",
  actor: { type: "user", id: "u1" },
  ...more,
});
const token = (...scopes: ("events:read" | "events:write")[]): Viewer => ({
  kind: "token",
  organizationId: "o",
  tokenId: "t",
  scopes,
  plan: selfHosted,
  ipDisplay: "full",
  actor: { type: "api_key" },
});
const allGrants = Object.keys(grants) as Grant[];
const allowed = (viewer: Viewer) => allGrants.filter((grant) => may(viewer, grant).allowed);

test("an owner may do everything, an admin all but retention, a member read what is theirs", () => {
  expect(allowed(member("owner"))).toEqual(allGrants.filter((grant) => grant !== "plan:manage"));
  expect(allowed(member("admin"))).toEqual(
    allGrants.filter((grant) => !["retention:write", "plan:manage", "organizations:create", "tokens:unexpiring", "sign-in-providers:trust"].includes(grant)),
  );
  expect(allowed(member("member"))).toEqual([
    "events:read",
    "events:export",
    "organization:read",
    "teams:read",
    "access:own",
    "keys:manage",
    "account:manage",
    "cases:work",
  ]);
});

test("a token may do exactly what its scopes say", () => {
  expect(allowed(token("events:write"))).toEqual(["events:write"]);
  expect(allowed(token())).toEqual([]);
});

test("every no says who could change it", () => {
  for (const viewer of [member("member"), member("admin"), token()]) {
    for (const grant of allGrants) {
      const decision = may(viewer, grant);
      if (!decision.allowed) expect(decision.reason).toMatch(/owner|admin/i);
    }
  }
});

test("a member sees what they did or caused and nothing of a colleague", () => {
  const visible = visibleTo(member("member"));
  const event = (actorId: string, onBehalfOf: string[] = []) =>
    ({ actor: { type: "user", id: actorId }, on_behalf_of: onBehalfOf.map((id) => ({ type: "user", id })), context: {} }) as unknown as Searchable;
  expect(matches(visible, event("u1"))).toBe(true);
  expect(matches(visible, event("agent", ["u1"]))).toBe(true);
  expect(matches(visible, event("u2"))).toBe(false);
});

const about = (action: string) => ({ action, actor: { type: "user" }, on_behalf_of: [], context: {} }) as unknown as Searchable;

test("owners see the whole log, admins and reading tokens all but what is for owners alone; a token that only writes sees nothing", () => {
  expect(visibleTo(member("owner"))).toEqual(everything);
  expect(visibleTo(token("events:read"))).toEqual(visibleTo(member("admin")));
  expect(matches(visibleTo(token("events:read")), about("organization_plan_changed"))).toBe(false);
  expect(matches(visibleTo(token("events:read")), about("organization_updated"))).toBe(true);
  expect(visibleTo(token("events:write"))).toEqual(nothing);
});

test("a team's log is open to its admins, to owners and admins of the organization, and to tokens that read", () => {
  const inTeam = (role: "admin" | "member") => member("member", { teams: [{ teamId: "t1", role }] });
  for (const viewer of [member("owner"), member("admin"), inTeam("admin"), token("events:read")]) expect(seesTeamLog(viewer, "t1")).toBe(true);
  for (const viewer of [member("member"), inTeam("member"), member("auditor", { teams: [{ teamId: "t1", role: "admin" }] }), token("events:write")])
    expect(seesTeamLog(viewer, "t1")).toBe(false);
  expect(seesTeamLog(inTeam("admin"), "t2")).toBe(false);
});

test("members know of their own teams, owners and admins of all", () => {
  for (const viewer of [member("owner"), member("admin"), token()]) expect(teamsSeenBy(viewer)).toBe("all");
  for (const viewer of [member("member"), member("auditor")]) expect(teamsSeenBy(viewer)).toEqual({ userId: "u1" });
});

test("figures of the whole log are for those who see the whole log", () => {
  for (const viewer of [member("owner"), member("admin"), token("events:read")]) expect(seesWholeLog(viewer)).toBe(true);
  for (const viewer of [member("member"), token("events:write"), token()]) expect(seesWholeLog(viewer)).toBe(false);
});

test("a member's key tells only what its member may use, whatever a token of the same scope could ask", () => {
  const key = (...scopes: ("events:write" | "access:read")[]): Viewer => ({
    kind: "member_key",
    organizationId: "o",
    tokenId: "t",
    userId: "u1",
    scopes,
    plan: selfHosted,
    actor: { type: "api_key" },
    onBehalfOf: { type: "user", id: "u1" },
  });
  expect(allowed(key("access:read"))).toEqual(["access:own"]);
  expect(allowed(key("events:write"))).toEqual(["events:write"]);
  expect(may(key("access:read"), "collections:read").reason).toContain("only workspace tokens");
});
