import { everything, matches, nothing } from "@daybook/query";
import type { Searchable } from "@daybook/query";
import { expect, test } from "vitest";
import { grants } from "./grants.ts";
import type { Grant } from "./grants.ts";
import { may } from "./may.ts";
import { selfHosted } from "./plan.ts";
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
  actor: { type: "api_key" },
});
const allGrants = Object.keys(grants) as Grant[];
const allowed = (viewer: Viewer) => allGrants.filter((grant) => may(viewer, grant).allowed);

test("an owner may do everything, an admin all but retention, a member read what is theirs", () => {
  expect(allowed(member("owner"))).toEqual(allGrants);
  expect(allowed(member("admin"))).toEqual(allGrants.filter((grant) => grant !== "retention:write"));
  expect(allowed(member("member"))).toEqual(["events:read", "events:export", "organization:read", "teams:read", "keys:manage", "account:manage"]);
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

test("owners and reading tokens see the whole log; a token that only writes sees nothing", () => {
  for (const viewer of [member("owner"), token("events:read")]) expect(visibleTo(viewer)).toEqual(everything);
  expect(visibleTo(token("events:write"))).toEqual(nothing);
});

test("figures of the whole log are for those who see the whole log", () => {
  for (const viewer of [member("owner"), member("admin"), token("events:read")]) expect(seesWholeLog(viewer)).toBe(true);
  for (const viewer of [member("member"), token("events:write"), token()]) expect(seesWholeLog(viewer)).toBe(false);
});
