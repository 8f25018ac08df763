import { describe, expect, test } from "vitest";
import type { Json } from "@daybook/event";
import arrayText from "../../fixtures/okta-system-log.array.json?raw";
import text from "../../fixtures/okta-system.ndjson?raw";
import { okta } from "./okta.ts";
import { mapAll, mapOne, rateOf } from "../testing.ts";

const read = (record: { [key: string]: Json }) => mapOne(okta, { eventType: "user.session.start", ...record });
const lines = mapAll(okta, text);

test("every line and every item of the container becomes one event with an action and an actor", () => {
  expect(lines).toHaveLength(36);
  expect(mapAll(okta, arrayText)).toHaveLength(20);
  for (const { event } of lines) expect(event).toMatchObject({ action: expect.any(String), actor: { type: expect.any(String) }, log_type: "activity" });
});

test("the fields are at least as full as measured over more records: ip 92 %, browser 80 %, session 70 %", () => {
  expect(rateOf(lines, ({ event }) => event.context?.ip)).toBeGreaterThanOrEqual(0.92);
  expect(rateOf(lines, ({ event }) => event.context?.user_agent)).toBeGreaterThanOrEqual(0.8);
  expect(rateOf(lines, ({ event }) => event.context?.session_id)).toBeGreaterThanOrEqual(0.7);
  expect(rateOf(lines, ({ event }) => event.actor?.name)).toBe(1);
  expect(rateOf(lines, ({ event }) => event.actor?.email)).toBeCloseTo(29 / 36);
  expect(rateOf(lines, ({ event }) => event.occurred_at)).toBeCloseTo(27 / 36);
  expect(rateOf(lines, ({ event }) => event.resource)).toBeCloseTo(25 / 36);
});

test.each([
  ["SUCCESS", "success"],
  ["ALLOW", "success"],
  ["FAILURE", "failed"],
  ["DENY", "failed"],
  ["CHALLENGE", "in_progress"],
  ["SKIPPED", "success"],
  ["UNKNOWN", "success"],
])("an outcome of %s is %s, and the vendor's word stays", (result, status) => {
  expect(read({ outcome: { result } })).toMatchObject({ status, metadata: { outcome: { result } } });
});

test("a failure carries its reason, as code where it is one", () => {
  expect(read({ outcome: { result: "FAILURE", reason: "INVALID_CREDENTIALS" } }).error).toEqual({
    code: "INVALID_CREDENTIALS",
    message: "INVALID_CREDENTIALS",
  });
  expect(read({ outcome: { result: "FAILURE", reason: "FastPass declined phishing attempt" } }).error).toEqual({
    message: "FastPass declined phishing attempt",
  });
  expect(read({ outcome: { result: "SUCCESS", reason: "Pushing user passwords" } }).error).toBeUndefined();
});

test.each([
  ["User", "user"],
  ["SystemPrincipal", "system"],
  ["PublicClientApp", "service_user"],
  ["Something new", "user"],
])("an actor of type %s is a %s", (type, expected) => {
  expect(read({ actor: { id: "00u1", type, displayName: "Jack", alternateId: "jack@acme.io" } }).actor).toEqual({
    type: expected,
    id: "00u1",
    name: "Jack",
    email: "jack@acme.io",
  });
});

test("placeholders are no identity", () => {
  expect(read({ actor: { id: "unknown", type: "User", displayName: "unknown", alternateId: "admin" } }).actor).toEqual({ type: "user", name: "admin" });
  expect(read({}).actor).toEqual({ type: "system", name: "Okta" });
  const mapped = okta.toEvents({ eventType: "x.y", uuid: "redacted" }, { index: 0 });
  expect(mapped).toMatchObject([{ vendorId: null }]);
});

test("the first target is the resource and the others are related to it", () => {
  const event = read({
    displayMessage: "Add user to group membership",
    target: [
      { id: "00u1", type: "User", displayName: "Alice", alternateId: "alice@acme.io" },
      { id: "00g1", type: "UserGroup", displayName: "Admins", alternateId: "unknown" },
      {},
    ],
  });
  expect(event.resource).toEqual({ type: "User", id: "00u1", name: "Alice" });
  expect(event.related_resources).toEqual([{ type: "UserGroup", id: "00g1", name: "Admins" }]);
  expect(event.description).toBe("Add user to group membership: Alice, Admins");
});

describe("changes", () => {
  test("changeDetails give the fields that differ", () => {
    expect(
      read({ target: [{ type: "PolicyRule", id: "1", changeDetails: { from: { status: "ACTIVE", name: "a" }, to: { status: "INACTIVE", name: "a" } } }] })
        .changes?.fields,
    ).toEqual([{ path: "status", before: "ACTIVE", after: "INACTIVE" }]);
  });

  test("those of several targets carry the type", () => {
    const target = ["User", "AppUser"].map((type) => ({ type, id: type, changeDetails: { to: { role: "admin" } } }));
    expect(read({ target }).changes?.fields).toEqual([
      { path: "User.role", after: "admin" },
      { path: "AppUser.role", after: "admin" },
    ]);
  });

  test("debug data names changed attributes and granted privileges", () => {
    expect(
      read({ debugContext: { debugData: { changedAttributes: "firstName, lastName", privilegeGranted: "Super administrator" } } }).changes?.fields,
    ).toEqual([{ path: "firstName" }, { path: "lastName" }, { path: "privileges", after: "Super administrator" }]);
  });
});

test.each([
  ["user.session.start", "authenticated"],
  ["user.session.end", "authenticated"],
  ["user.authentication.auth_via_mfa", "authenticated"],
  ["user.account.privilege.grant", "granted"],
  ["user.account.privilege.revoke", "revoked"],
  ["group.user_membership.add", "granted"],
  ["group.user_membership.remove", "revoked"],
  ["application.lifecycle.create", "created"],
  ["policy.rule.update", "updated"],
  ["user.lifecycle.deactivate", "updated"],
  ["user.mfa.factor.reset_all", "updated"],
  ["user.session.impersonation.grant", "granted"],
  ["system.org.rate_limit.warning", "other"],
])("%s is %s", (eventType, operation) => {
  expect(read({ eventType })).toMatchObject({ operation, namespace: eventType.split(".")[0] });
});

test("context: the client's address or the first of the chain, request and session; a redacted time is a missing one", () => {
  const event = read({
    published: "redacted",
    request: { ipChain: [{ ip: "44.238.82.114", version: "V4" }] },
    transaction: { id: "T1", type: "WEB", detail: { requestApiTokenId: "00T1" } },
    authenticationContext: { externalSessionId: "S1" },
  });
  expect(event).toMatchObject({ context: { ip: "44.238.82.114", request_id: "T1", session_id: "S1" }, origin: "api", metadata: { time_missing: true } });
  expect(event.occurred_at).toBeUndefined();
  expect(read({ client: { ipAddress: "redacted" } })).toMatchObject({ metadata: { source_address: "redacted" } });
});

test("JSON inside the debug data is opened", () => {
  const event = read({ debugContext: { debugData: { logOnlySecurityData: '{"risk":{"level":"LOW"}}', url: "/idp/idx/identify?" } } });
  expect(event.metadata).toMatchObject({ debug: { logOnlySecurityData: { risk: { level: "LOW" } }, url: "/idp/idx/identify?" } });
});
