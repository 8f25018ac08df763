import { expect, test } from "vitest";
import { may } from "./may.ts";
import { mayTouchMember, rolesGivenBy, rolesToGive } from "./over-members.ts";
import { selfHosted } from "./plan.ts";
import { roleWords } from "./role-words.ts";
import { roles } from "./viewer.ts";
import type { Role, Viewer } from "./viewer.ts";

const member = (role: Role): Viewer => ({
  kind: "member",
  organizationId: "o",
  role,
  userId: "u1",
  teams: [],
  auditorGrants: [],
  plan: selfHosted,
  ipDisplay: "full",
  actor: { type: "user", id: "u1" },
});

test("owners are touched by owners alone, and nobody gives what they could not take back", () => {
  for (const own of roles)
    for (const target of roles) expect([own, target, mayTouchMember(member(own), target).allowed]).toEqual([own, target, rolesGivenBy(own).includes(target)]);
  expect(rolesGivenBy("owner")).toEqual([...roles]);
  expect(rolesGivenBy("admin")).toEqual(["admin", "member", "auditor"]);
  expect([...rolesGivenBy("member"), ...rolesGivenBy("auditor")]).toEqual([]);
});

test("whoever may give a role may manage members at all, and the operator may give any", () => {
  for (const own of roles) if (rolesToGive(member(own)).length > 0) expect(may(member(own), "members:manage").allowed).toBe(true);
  expect(rolesToGive({ kind: "daybook", organizationId: "o", actor: { type: "system" } })).toEqual([...roles]);
});

test("a refusal says who could do it, and every role has its words", () => {
  expect(mayTouchMember(member("admin"), "owner").reason).toMatch(/owner/i);
  for (const role of roles) expect(roleWords[role].sentence).toMatch(/\.$/);
});
