import { parseSearch, printSearch } from "@daybook/query";
import { expect, test } from "vitest";
import { beyondAccess, ownInstead, type ScopeOf } from "./beyond-access.ts";

const person = { id: "u_bob", name: "Bob Okafor", email: "bob@company.com" };
const finance = { id: "t1", name: "Finance", role: "admin" as const, seesLog: true };
const sales = { id: "t2", name: "Sales", role: "member" as const, seesLog: false };
const scopes: Record<string, ReturnType<ScopeOf>> = { query_executed: "team", organization_updated: "organization", organization_plan_changed: "owners" };
const scopeOf: ScopeOf = (_key, value) => scopes[value];

const clauses = (q: string) => parseSearch(q).clauses;
const member = { role: "member" as const, grants: ["events:read" as const], teams: [finance, sales] };
const ofMember = (q: string) => beyondAccess(clauses(q), { person, organization: member, inTeam: false }, scopeOf);

test.each(["actor:alice@company.com", "actor:nobody.at.all", "status:failed actor:(u_alice OR u_carol)", "did_or_caused:u_alice", "actor:al*", "actor:bob*z"])(
  "%s asks a member's log for somebody else",
  (q) => expect(ofMember(q)).toEqual({ why: "others", what: "person", administered: ["Finance"] }),
);

test.each([
  "actor:me",
  "actor:u_bob",
  'actor:"bob OKAFOR"',
  "actor:bob@*",
  "actor:*oka*",
  "actor:(me OR u_alice)",
  "-actor:u_alice",
  "status:failed",
  "alice@company.com",
  "team:Finance",
  "team:t1",
  "team:*",
])("%s does not, so that an empty list has another cause", (q) => expect(ofMember(q)).toBeNull());

test("a team that a member does not administer is somebody else's, whether it exists or not", () => {
  expect(ofMember("team:Sales")).toEqual(ofMember("team:made-up"));
  expect(ofMember("team:Sales")).toMatchObject({ why: "others", what: "team" });
});

test.each([
  ["owner", false, "actor:u_alice", null],
  ["owner", false, "action:organization_plan_changed", null],
  ["owner", true, "action:organization_updated", { why: "organization" }],
  ["admin", true, "action:(organization_updated OR organization_plan_changed)", { why: "organization" }],
  ["owner", true, "namespace:unknown", null],
  ["owner", true, "action:(organization_updated OR query_executed)", null],
  ["admin", false, "action:organization_plan_changed", { why: "owners" }],
  ["admin", false, "action:organization_updated", null],
] as const)("to an %s (in a team's log: %s) %s is out of reach because of %j", (role, inTeam, q, beyond) => {
  const organization = { role, grants: ["members:read" as const], teams: [] };
  expect(beyondAccess(clauses(q), { person, organization, inTeam }, scopeOf)).toEqual(beyond);
});

test("an auditor's reach is what the grant says, which no key of the search tells", () => {
  const organization = { role: "auditor" as const, grants: ["events:read" as const], teams: [] };
  expect(beyondAccess(clauses("actor:u_alice"), { person, organization, inTeam: false }, scopeOf)).toBeNull();
});

test("in place of somebody else the reader is asked for, and the rest of the search stays", () => {
  expect(printSearch(ownInstead(clauses("status:failed actor:u_alice team:t2 -actor:u_carol")))).toBe("status:failed actor:me");
});
