import { expect, test } from "vitest";
import { grants } from "./grants.ts";
import type { Grant } from "./grants.ts";
import { may } from "./may.ts";
import { selfHosted } from "./plan.ts";
import { barOf, noSignInRules } from "./sign-in-rules.ts";
import type { SignInRules } from "./sign-in-rules.ts";
import type { MemberViewer, Role, SignedIn } from "./viewer.ts";

const now = new Date("2026-11-16T10:00:00.000Z");
const session = (change: Partial<SignedIn> = {}): SignedIn => ({
  method: "password",
  at: "2026-11-16T09:00:00.000Z",
  providerEnabled: true,
  hasSecondFactor: false,
  ...change,
});
const codeOf = (rules: Partial<SignInRules>, change: Partial<SignedIn> = {}, role: Role = "member", plan = selfHosted) =>
  barOf({ ...noSignInRules, ...rules }, session(change), { role, plan, now })?.code ?? "open";

test.each<[string, Partial<SignInRules>, Partial<SignedIn>, Role, string]>([
  ["no rule", {}, {}, "member", "open"],
  ["a password, where a second factor is asked for", { requireTwoFactor: true }, {}, "member", "second_factor_needed"],
  ["of an owner as well", { requireTwoFactor: true }, {}, "owner", "second_factor_needed"],
  ["a password of who has a second factor by now", { requireTwoFactor: true }, { hasSecondFactor: true }, "member", "open"],
  ["a code", { requireTwoFactor: true }, { method: "password_totp" }, "member", "open"],
  ["a recovery code", { requireTwoFactor: true }, { method: "recovery_code" }, "member", "open"],
  ["a passkey", { requireTwoFactor: true }, { method: "passkey" }, "member", "open"],
  ["single sign-on", { requireTwoFactor: true }, { method: "single_sign_on" }, "member", "open"],
  ["single sign-on, where nothing else opens", { ssoOnly: true }, { method: "single_sign_on" }, "member", "open"],
  ["a passkey there", { ssoOnly: true }, { method: "passkey" }, "admin", "single_sign_on_needed"],
  ["a password there", { ssoOnly: true }, { hasSecondFactor: true }, "auditor", "single_sign_on_needed"],
  ["an owner's passkey there", { ssoOnly: true }, { method: "passkey" }, "owner", "open"],
  ["an owner's password there", { ssoOnly: true }, { hasSecondFactor: true }, "owner", "second_factor_needed"],
  ["a provider that was turned off", {}, { method: "single_sign_on", providerEnabled: false }, "owner", "sign_in_again"],
  ["a session of the age that it may have", { sessionHoursMax: 1 }, {}, "member", "open"],
  ["a session that is older", { sessionHoursMax: 1 }, { at: "2026-11-16T08:59:59.999Z", method: "passkey" }, "owner", "sign_in_again"],
])("%s", (_what, rules, change, role, code) => {
  expect(codeOf(rules, change, role)).toBe(code);
});

test("nobody is sent to single sign-on where the plan has none", () => {
  expect(codeOf({ ssoOnly: true }, {}, "member", { ...selfHosted, without: ["single_sign_on"] })).toBe("open");
});

test("who is barred may do nothing but see to their own account, whatever their role", () => {
  for (const role of ["owner", "admin", "member", "auditor"] as const) {
    const viewer: MemberViewer = {
      kind: "member",
      organizationId: "o",
      role,
      userId: "u",
      teams: [{ teamId: "t", role: "admin" }],
      auditorGrants: [],
      plan: selfHosted,
      ipDisplay: "full",
      actor: { type: "user", id: "u" },
      barred: { code: "second_factor_needed", reason: "Turn it on." },
    };
    const allowed = (Object.keys(grants) as Grant[]).filter((grant) => may(viewer, grant, { teamId: "t" }).allowed);
    expect(allowed).toEqual(["account:manage"]);
    expect(may(viewer, "events:read")).toEqual({ allowed: false, code: "second_factor_needed", reason: "Turn it on." });
  }
});
