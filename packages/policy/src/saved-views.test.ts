import { describe, expect, test } from "vitest";
import { selfHosted } from "./plan.ts";
import { mayChangeView, mayShareView, mayWithdrawView, seesView, viewsSeenBy } from "./saved-views.ts";
import type { Sharing } from "./saved-views.ts";
import type { MemberViewer, Role, TeamRole } from "./viewer.ts";

const viewer = (role: Role, inTeam?: TeamRole): MemberViewer => ({
  kind: "member",
  organizationId: "o",
  role,
  userId: "me",
  teams: inTeam ? [{ teamId: "finance", role: inTeam }] : [],
  auditorGrants: [],
  plan: selfHosted,
  ipDisplay: "full",
  actor: { type: "user", id: "me" },
});
const everybody = {
  owner: viewer("owner"),
  admin: viewer("admin"),
  "team's admin": viewer("member", "admin"),
  "team's member": viewer("member", "member"),
  member: viewer("member"),
  auditor: viewer("auditor"),
};
type Who = keyof typeof everybody;
const nobody: Sharing = { with: "nobody" };
const organization: Sharing = { with: "organization" };
const finance: Sharing = { with: "team", teamId: "finance" };
const legal: Sharing = { with: "team", teamId: "legal" };
const those = (decide: (viewer: MemberViewer) => boolean) => (Object.keys(everybody) as Who[]).filter((who) => decide(everybody[who]));

describe("who sees a colleague's view", () => {
  test.each<[string, Sharing, Who[]]>([
    ["private", nobody, []],
    ["shared with the organization", organization, ["owner", "admin", "team's admin", "team's member", "member"]],
    ["shared with their team", finance, ["owner", "admin", "team's admin", "team's member"]],
    ["shared with another team", legal, ["owner", "admin"]],
  ])("%s", (_title, sharing, who) => {
    expect(those((each) => seesView(each, { ownerId: "colleague", sharing }))).toEqual(who);
  });
});

test("everybody sees their own views, and an auditor no others", () => {
  for (const sharing of [nobody, organization, finance, legal]) expect(those((each) => seesView(each, { ownerId: "me", sharing }))).toHaveLength(6);
  expect(viewsSeenBy(everybody.auditor)).toEqual({ userId: "me", organization: false, teams: [] });
});

describe("who may share a view", () => {
  test.each<[string, Sharing, Who[]]>([
    ["with nobody", nobody, Object.keys(everybody) as Who[]],
    ["with the organization", organization, ["owner", "admin"]],
    ["with their team", finance, ["owner", "admin", "team's admin"]],
    ["with another team", legal, ["owner", "admin"]],
  ])("%s, and so change it", (_title, sharing, who) => {
    expect(those((each) => mayShareView(each, sharing).allowed)).toEqual(who);
    if (sharing.with !== "nobody") expect(those((each) => mayChangeView(each, { ownerId: "colleague", sharing }).allowed)).toEqual(who);
  });
});

test("a colleague's private view is nobody's to change; one's own can be taken back whatever became of one's role", () => {
  expect(those((each) => mayChangeView(each, { ownerId: "colleague", sharing: nobody }).allowed)).toEqual([]);
  expect(those((each) => mayWithdrawView(each, { ownerId: "me", sharing: organization }).allowed)).toHaveLength(6);
  expect(those((each) => mayWithdrawView(each, { ownerId: "colleague", sharing: organization }).allowed)).toEqual(["owner", "admin"]);
});

test("every no says who could change it", () => {
  for (const sharing of [organization, finance]) expect(mayShareView(everybody.member, sharing).reason).toMatch(/owner or admin/);
});
