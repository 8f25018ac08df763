import type { AuditEvent, EventRow, Json } from "@daybook/event";
import { equals, matches, text } from "@daybook/query";
import type { Query } from "@daybook/query";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askable } from "./askable.ts";
import { isMask, joinMasks, maskEvent, maskedFields, maskOf, maskOperation, maskRaw, maskRow, noMask } from "./mask.ts";
import type { Mask, MaskedField } from "./mask.ts";
import { selfHosted } from "./plan.ts";
import { cutAddress, hiddenText } from "./scrub.ts";
import type { AuditorGrant, MemberViewer, Role } from "./viewer.ts";

const grant = (hides: readonly MaskedField[]): AuditorGrant => ({
  id: "g",
  query: { is: "everything" },
  words: "all events",
  from: null,
  to: null,
  mayExport: false,
  hides,
  expiresAt: "2026-12-31T00:00:00.000Z",
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
  actor: { type: "user", id: "u1" },
  ...more,
});

/** What must not leave, in shapes that occur nowhere else. */
interface Secrets {
  email: string;
  ip: string;
  agent: string;
  change: string;
  datum: string;
}
const letters = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnop"), minLength: 6, maxLength: 10 });
const ipv4 = fc.tuple(fc.integer({ min: 11, max: 255 }), fc.nat(255), fc.nat(255), fc.integer({ min: 10, max: 255 })).map((parts) => parts.join("."));
const ipv6 = fc
  .array(fc.integer({ min: 0x1000, max: 0xffff }), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((group) => group.toString(16)).join(":"));
const secrets: fc.Arbitrary<Secrets> = fc.record({
  email: fc.tuple(letters, letters).map(([name, host]) => `${name}@${host}.example`),
  ip: fc.oneof(
    ipv4,
    ipv6,
    ipv6.map((ip) => `2001:db8::${ip.slice(-9)}`),
  ),
  agent: letters.map((word) => `agent ${word}`),
  change: letters.map((word) => `change ${word}`),
  datum: letters.map((word) => `datum ${word}`),
});

/** Says them wherever an event has room for words. */
function eventThatTells({ email, ip, agent, change, datum }: Secrets, actorId: string): AuditEvent & { raw: Json } {
  const everywhere = `Signed in (${email}) from ${ip}, again from ${ip}:443`;
  return {
    id: "0190a0b0-0000-7000-8000-000000000001",
    seq: 7,
    occurred_at: "2026-11-20T12:34:56.000Z",
    received_at: "2026-11-20T12:34:57.000Z",
    log_type: "activity",
    action: "user_login",
    namespace: "users",
    operation: "authenticated",
    actor: { type: "user", id: actorId, name: email, email },
    on_behalf_of: [{ type: "user", id: email, email }],
    resource: { type: "user", id: email, name: `${email} at ${ip}` },
    related_resources: [{ type: "address", id: ip }],
    team: { id: "t", name: `Team of ${email}` },
    status: "failed",
    error: { code: "denied", message: everywhere },
    operation_id: `op ${ip}`,
    origin: "interface",
    reason: everywhere,
    description: `${everywhere}: ${change}, ${datum}`,
    duration_ms: null,
    rows_returned: null,
    rows_affected: null,
    counts: { [ip]: 1 },
    context: { ip, user_agent: agent, session_id: `session of ${email}`, request_id: `request from ${ip}` },
    changes: { before: { mail: email }, after: { mail: change, [ip]: true }, fields: [{ path: `hosts ${ip}`, before: email, after: change }] },
    metadata: { datum, nested: [{ [email]: [ip, everywhere] }] },
    redactions: [],
    source: "api",
    clock_skew_ms: null,
    import_id: null,
    token_id: null,
    idempotency_key: `${email} ${ip}`,
    raw: { everywhere, agent, change, datum },
  };
}
const rowOf = ({ context, changes, ...event }: AuditEvent): EventRow => ({
  ...event,
  ip: context.ip ?? null,
  changed_fields: changes?.fields.map(({ path }) => path) ?? [],
});
/** As the store gives it: without what only the whole event has. */
const listRow = (event: AuditEvent): EventRow => {
  const {
    on_behalf_of: _1,
    related_resources: _2,
    metadata: _3,
    reason: _4,
    counts: _5,
    idempotency_key: _6,
    redactions: _7,
    ...row
  } = rowOf(event) as EventRow & AuditEvent;
  return row;
};

/** Every way in which an event leaves. */
const leaving = (mask: Mask, { raw, ...event }: AuditEvent & { raw: Json }): string =>
  JSON.stringify([
    maskEvent(mask, event),
    maskRaw(mask, raw),
    maskRow(mask, listRow(event)),
    maskOperation(mask, {
      operationId: event.operation_id,
      action: event.action,
      lastAction: event.action,
      actor: event.actor,
      resource: event.resource,
      description: event.description,
    }),
  ]);

test("what a grant hides stands nowhere in what its auditor gets, wherever the event says it", () => {
  fc.assert(
    fc.property(secrets, fc.subarray([...maskedFields], { minLength: 1 }), fc.subarray([...maskedFields]), (told, some, others) => {
      const mask = maskOf(viewer("auditor", { auditorGrants: [grant(some), grant(others)] }));
      const left = leaving(mask, eventThatTells(told, "u9")).toLowerCase();
      const hidden = new Set([...some, ...others]);
      const words: [MaskedField, string][] = [
        ["actor.email", told.email],
        ["context.ip", told.ip],
        ["context.user_agent", told.agent],
      ];
      for (const [field, word] of words) if (hidden.has(field)) expect(left).not.toContain(word);
      // What both changes and metadata may quote is in the sentence as well.
      if (hidden.has("changes")) expect(left).not.toContain(told.change);
      if (hidden.has("metadata")) expect(left).not.toContain(told.datum);
      for (const field of hidden) if (field !== "raw") expect(left).toContain(`"${field}"`);
    }),
  );
});

test("where addresses are shown short, nobody but an owner gets a whole one, save for what they did themselves", () => {
  fc.assert(
    fc.property(secrets, fc.constantFrom<Role>("admin", "member"), (told, role) => {
      const mask = maskOf(viewer(role, { ipDisplay: "masked" }));
      expect(leaving(mask, eventThatTells(told, "u9")).toLowerCase()).not.toContain(told.ip);
      const own = leaving(mask, eventThatTells(told, "u1"));
      expect(own).toContain(told.ip);
      expect(own).not.toContain('"masked"');
      expect(maskOf(viewer("owner", { ipDisplay: "masked" }))).toEqual(noMask);
    }),
  );
});

test("a token reads short addresses as well, or it would be the way around them", () => {
  const base = { kind: "token", organizationId: "o", tokenId: "t", scopes: ["events:read"], plan: selfHosted, actor: { type: "api_key" } } as const;
  expect(isMask(maskOf({ ...base, ipDisplay: "masked" }))).toBe(true);
  expect(isMask(maskOf({ ...base, ipDisplay: "full" }))).toBe(false);
});

test("who is shown everything gets the event as it is", () => {
  const event = eventThatTells({ email: "a@b.example", ip: "203.0.113.7", agent: "x", change: "y", datum: "z" }, "u9");
  expect(maskEvent(noMask, event)).toBe(event);
});

test("masks add up: whoever looks through somebody else's eyes is shown what both may see", () => {
  const joined = joinMasks([maskOf(viewer("admin", { ipDisplay: "masked" })), maskOf(viewer("auditor", { auditorGrants: [grant(["metadata"])] }))]);
  expect(joined).toEqual({ hides: ["metadata"], cuts: [{ except: "u1" }] });
});

test("a grant left over from another role hides nothing", () => {
  expect(maskOf(viewer("member", { auditorGrants: [grant(["actor.email"])] }))).toEqual(noMask);
});

test.each([
  ["203.0.113.7", "203.0.113.…"],
  ["2001:db8:1::7", "2001:db8:…"],
  ["2001::7", "2001:0:…"],
  ["::1", hiddenText],
  ["::ffff:203.0.113.7", "203.0.113.…"],
  ["the office", hiddenText],
  ["203.0.113.…", "203.0.113.…"],
])("the address %s is shown as %s", (address, shown) => expect(cutAddress(address)).toBe(shown));

test("times, versions of two parts and names with colons are no addresses", () => {
  const mask = maskOf(viewer("admin", { ipDisplay: "masked" }));
  const words = "At 12:34:56 on 2026-11-20T12:34:56.000Z Daybook 2.1 called Ledger::Entry in a::b's ward";
  const event = { ...eventThatTells({ email: "a@b.example", ip: "203.0.113.7", agent: "x", change: "y", datum: "z" }, "u9"), reason: words };
  expect(maskEvent(mask, event).reason).toContain("At 12:34:56 on 2026-11-20T12:34:56.000Z Daybook 2.1 called Ledger::Entry");
});

describe("a hidden field is no oracle", () => {
  const emails = maskOf(viewer("auditor", { auditorGrants: [grant(["actor.email"])] }));
  const addresses = maskOf(viewer("auditor", { auditorGrants: [grant(["context.ip"])] }));
  const short = maskOf(viewer("admin", { ipDisplay: "masked" }));
  const payloads = maskOf(viewer("auditor", { auditorGrants: [grant(["metadata"])] }));
  const told = { email: "kim@firm.example", ip: "203.0.113.77", agent: "x", change: "y", datum: "quarterly" };
  const event = eventThatTells(told, "u9");
  const anyOfActor = (value: string): Query => ({ is: "any", of: [equals("did_or_caused", value), equals("actor.email", value), equals("actor.name", value)] });

  const refused: [string, Mask, Query][] = [
    ["an e-mail address", emails, equals("actor.email", told.email)],
    ["an e-mail address that is no address", emails, equals("actor.email", "kim")],
    ["an actor by e-mail address", emails, anyOfActor(told.email)],
    ["a resource named by an e-mail address", emails, equals("resource.name", told.email)],
    ["the same within a not", emails, { is: "not", of: equals("actor.id", told.email) }],
    ["an address", addresses, equals("ip", told.ip)],
    ["a short address", short, equals("ip", told.ip)],
    ["an address as a resource", short, { is: "all", of: [equals("resource.id", "2001:db8::7")] }],
  ];
  test.each(refused)("%s is refused", (_, mask, query) => expect(() => askable(mask, query)).toThrow(/searched by one/));

  const blind: [string, Mask, string][] = [
    ["an e-mail address", emails, told.email],
    ["a part of an e-mail address", emails, "firm.ex"],
    ["an address", addresses, told.ip],
    ["a part of a short address", short, "113.77"],
    ["a part with a port", short, "77:443"],
    ["a payload in the sentence", payloads, told.datum],
  ];
  test.each(blind)("free text does not find %s", (_, mask, word) => {
    expect(matches(text([word]), event)).toBe(true);
    expect(matches(askable(mask, text([word])), event)).toBe(false);
  });

  test("what is not hidden is found as before", () => {
    expect(matches(askable(short, text(["signed", "in"])), event)).toBe(true);
    expect(matches(askable(emails, anyOfActor("u9")), event)).toBe(true);
    expect(askable(noMask, equals("ip", told.ip))).toEqual(equals("ip", told.ip));
  });
});

test("a hidden payload tells nothing by what was taken out of it before", () => {
  const redactions = [
    { path: "metadata.salary_of_kim", rule: "built-in:secret" },
    { path: "changes.after.pin", rule: "built-in:secret" },
    { path: "raw.iban", rule: "built-in:secret" },
    { path: "reason", rule: "built-in:secret" },
  ];
  const { raw: _, ...event } = eventThatTells({ email: "a@b.example", ip: "203.0.113.77", agent: "agent", change: "change", datum: "datum" }, "u2");
  const shown = (hides: MaskedField[]) => maskEvent({ hides, cuts: [] }, { ...event, redactions } as AuditEvent).redactions.map(({ path }) => path);
  expect(shown(["metadata"])).toEqual(["changes.after.pin", "reason"]);
  expect(shown(["changes"])).toEqual(["metadata.salary_of_kim", "reason"]);
  expect(shown(["context.ip"])).toEqual(["metadata.salary_of_kim", "changes.after.pin", "reason"]);
});

test("a hidden browser is hidden as well where a payload names one", () => {
  const { raw: _, ...event } = eventThatTells({ email: "a@b.example", ip: "203.0.113.77", agent: "agent 7", change: "change", datum: "datum" }, "u2");
  const ended = { ...event, description: "Ended a session", metadata: { session_user_agent: "agent 8", deep: [{ user_agent: "agent 9" }] } } as AuditEvent;
  expect(JSON.stringify(maskEvent({ hides: ["context.user_agent"], cuts: [] }, ended))).not.toMatch(/agent [789]/);
});

test("an address within a value cannot be asked for, of either version", () => {
  const mask: Mask = { hides: ["context.ip"], cuts: [] };
  for (const value of ["db 2001:db8::7", "[2001:db8:1:2:3:4:5:6]:443", "db 203.0.113.77"])
    expect(() => askable(mask, equals("resource.name", value))).toThrow(/IP addresses/);
  for (const value of ["build at 12:30:45", "1.2.3", "op:a:b"]) expect(askable(mask, equals("resource.name", value))).toMatchObject({ values: [value] });
});
