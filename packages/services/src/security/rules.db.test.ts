import type { SignedIn } from "@daybook/policy";
import { plans } from "@daybook/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testMember, testOrganization } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { createProvider, getSecurity, mayInvite, perform, read, removeProvider, updateProvider, updateSecurity } from "../index.ts";
import type { Context } from "../index.ts";

let world: World;
let owner: Context;
beforeAll(async () => {
  world = await openWorld("2026-11-16T10:00:00.000Z");
});
afterAll(() => world.close());
beforeEach(async () => {
  owner = signedIn(await testOrganization(world.platform), {});
});

const signedIn = (context: Context, session: Partial<SignedIn>): Context => {
  if (context.viewer.kind !== "member") throw new Error("a member signs in");
  const { viewer } = context;
  return {
    ...context,
    viewer: { ...viewer, signedIn: { method: "password_totp", at: "2026-11-16T09:00:00.000Z", providerEnabled: true, hasSecondFactor: false, ...session } },
  };
};
const set = (context: Context, input: object) => perform(world.platform, context, updateSecurity, input);
const rules = (context: Context = owner) => read(world.platform, context, getSecurity, undefined);
const provider = (name = "Okta") =>
  perform(world.platform, owner, createProvider, {
    name,
    issuer: `https://${name.toLowerCase()}.example`,
    clientId: "c",
    clientSecret: "s",
    emailDomains: ["example.com"],
  });
const proven = (id: string) => world.ask(`update sign_in_providers set last_used_at = now() where id = '${id}' returning id`);

test("an organization begins without rules", async () => {
  expect(await rules()).toEqual({
    requireTwoFactor: false,
    ssoOnly: false,
    sessionHoursMax: null,
    invitationDomains: [],
    ipDisplay: "full",
    unusedTokenDays: 90,
  });
});

test("a change is in the log with what changed, before and after; none is not", async () => {
  const input = {
    requireTwoFactor: true,
    sessionHoursMax: 12,
    invitationDomains: ["@B.example", "a.example", "b.example"],
    ipDisplay: "masked",
    unusedTokenDays: 90,
  };
  expect(await set(owner, input)).toMatchObject({
    requireTwoFactor: true,
    sessionHoursMax: 12,
    invitationDomains: ["a.example", "b.example"],
    ipDisplay: "masked",
  });
  expect(await rules()).toMatchObject({ requireTwoFactor: true, ipDisplay: "masked", ssoOnly: false });
  await set(owner, input);
  const events = await world.log(owner, "organization_security_updated");
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    actor: { id: owner.viewer.actor.id },
    resource: { type: "organization", id: owner.viewer.organizationId },
    changes: {
      before: { require_two_factor: false, session_hours_max: null, invitation_domains: [], ip_display: "full" },
      after: { require_two_factor: true, session_hours_max: 12, invitation_domains: ["a.example", "b.example"], ip_display: "masked" },
    },
  });
});

test.each([
  { sessionHoursMax: 0 },
  { sessionHoursMax: 1.5 },
  { sessionHoursMax: 100_000 },
  { invitationDomains: ["no domain"] },
  { invitationDomains: Array.from({ length: 51 }, (_, at) => `d${at}.example`) },
  { ipDisplay: "none" },
  { unusedTokenDays: -1 },
])("%j is refused", async (input) => {
  await expect(set(owner, input)).rejects.toMatchObject({ code: "invalid" });
});

test("nobody makes a rule that locks them out", async () => {
  const weak = signedIn(owner, { method: "password" });
  await expect(set(weak, { requireTwoFactor: true })).rejects.toMatchObject({ code: "conflict", path: "requireTwoFactor" });
  await set(signedIn(owner, { method: "password", hasSecondFactor: true }), { requireTwoFactor: true });
  await expect(set(signedIn(owner, { at: "2026-11-15T10:00:00.000Z" }), { sessionHoursMax: 8 })).rejects.toMatchObject({ path: "sessionHoursMax" });
  expect(await rules()).toMatchObject({ requireTwoFactor: true, sessionHoursMax: null });
});

test("single sign-on becomes the only way once a provider has proved itself, and who sets it keeps a way in", async () => {
  await expect(set(owner, { ssoOnly: true })).rejects.toMatchObject({ code: "conflict", path: "ssoOnly" });
  const { id } = await provider();
  await expect(set(owner, { ssoOnly: true })).rejects.toMatchObject({ code: "conflict", path: "ssoOnly" });
  await proven(id);
  const admin = await testMember(world.platform, owner, "admin");
  await expect(set(signedIn(admin, { method: "passkey" }), { ssoOnly: true })).rejects.toMatchObject({ path: "ssoOnly" });
  await expect(set(signedIn(owner, { method: "password" }), { ssoOnly: true })).rejects.toMatchObject({ path: "ssoOnly" });
  await set(signedIn(admin, { method: "single_sign_on" }), { ssoOnly: true });
  expect((await rules()).ssoOnly).toBe(true);
});

test("the last provider stays while it is the only way in", async () => {
  const { id } = await provider();
  await proven(id);
  await set(owner, { ssoOnly: true });
  await expect(perform(world.platform, owner, removeProvider, { providerId: id })).rejects.toMatchObject({ code: "conflict" });
  await expect(perform(world.platform, owner, updateProvider, { providerId: id, enabled: false })).rejects.toMatchObject({ code: "conflict" });
  const second = await provider("Second");
  await expect(perform(world.platform, owner, removeProvider, { providerId: id })).rejects.toMatchObject({ code: "conflict" });
  await proven(second.id);
  const byProvider = signedIn(await testMember(world.platform, owner, "admin"), { method: "single_sign_on" });
  await expect(perform(world.platform, byProvider, removeProvider, { providerId: id })).rejects.toMatchObject({ code: "conflict" });
  await perform(world.platform, owner, removeProvider, { providerId: id });
});

test("where the plan has no single sign-on, it cannot become the only way", async () => {
  await proven((await provider()).id);
  const { viewer } = owner;
  const without = { ...owner, viewer: { ...viewer, plan: { name: "Small", without: ["single_sign_on"], retentionDaysMax: null } } } as Context;
  await expect(set(without, { ssoOnly: true })).rejects.toMatchObject({ code: "not_in_plan" });
  expect(await plans.lacks(world.store.of(viewer.organizationId), viewer.organizationId, "single_sign_on")).toBe(false);
});

test("members and auditors neither see nor change the rules", async () => {
  for (const role of ["member", "auditor"] as const) {
    const context = await testMember(world.platform, owner, role);
    await expect(rules(context)).rejects.toMatchObject({ code: "forbidden" });
    await expect(set(context, { requireTwoFactor: true })).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("invitations go to the domains that the organization names, and to any where it names none", async () => {
  const db = world.store.of(owner.viewer.organizationId);
  const allowed = async (domain: string) => (await mayInvite(db, owner.viewer.organizationId, domain)).allowed;
  expect(await allowed("anywhere.example")).toBe(true);
  await set(owner, { invitationDomains: ["acme.example", "münchen.example"] });
  expect(await allowed("ACME.example")).toBe(true);
  expect(await allowed("xn--mnchen-3ya.example")).toBe(true);
  for (const domain of ["evil.example", "sub.acme.example", "evil-acme.example", "", "@"]) expect(await allowed(domain)).toBe(false);
  expect((await mayInvite(db, owner.viewer.organizationId, "evil.example")).reason).toContain("acme.example");
});
