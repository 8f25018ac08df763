import { allOf, equals } from "@daybook/query";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { look, testMember, testOrganization, testPlatform } from "../../../test/test-platform.ts";
import type { TestPlatform } from "../../../test/test-platform.ts";
import { asDaybook } from "../../context.ts";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { perform, read } from "../../verb.ts";
import { updateSecurity } from "../../security/rules.ts";
import { authenticateToken, createToken, hintsOf, listTokens, mayComeFrom, revokeToken, rotateToken, updateToken } from "./index.ts";

let platform: TestPlatform;
let owner: Context;
let admin: Context;

beforeAll(async () => {
  platform = await testPlatform();
  owner = await testOrganization(platform);
  admin = await testMember(platform, owner, "admin");
});
afterAll(() => platform.close());

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const later = (ms: number): Platform => ({ ...platform, now: () => new Date(Date.now() + ms) });
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const daysUntil = (iso: string | null) => Math.round((Date.parse(iso ?? "") - Date.now()) / dayMs);
const create = (input: object = {}, context = admin) => perform(platform, context, createToken, { name: "ci", scopes: ["events:write"], ...input });
const listed = async (id: string) => (await read(platform, owner, listTokens, undefined)).find((row) => row.id === id);
const works = (text: string, on: Platform = platform) =>
  authenticateToken(on, text).then(
    () => true,
    () => false,
  );

/** The newest event of an action about a token, whole. */
async function eventOf(action: string, id: string) {
  const { organizationId } = owner.viewer;
  const { events } = await platform.store.search(organizationId, { query: allOf(equals("action", action), equals("resource.id", id)), limit: 1 });
  const found = events[0] && (await platform.store.readEvent(organizationId, { id: events[0].id, query: { is: "everything" } }));
  return found?.event;
}

describe("how long a token lives", () => {
  test("a year, when nothing else is said", async () => {
    expect(daysUntil((await create()).expiresAt)).toBe(365);
  });

  test("up to 366 days, and no longer", async () => {
    expect(daysUntil((await create({ expiresAt: inMs(366 * dayMs - hourMs) })).expiresAt)).toBe(366);
    await expect(create({ expiresAt: inMs(367 * dayMs) })).rejects.toMatchObject({ code: "invalid", path: "expiresAt" });
    await expect(create({ expiresAt: inMs(-1_000) })).rejects.toMatchObject({ code: "invalid", path: "expiresAt" });
  });

  test("for ever only where an owner chooses so", async () => {
    await expect(create({ expiresAt: null })).rejects.toMatchObject({ code: "forbidden", path: "expiresAt" });
    expect((await create({ expiresAt: null }, owner)).expiresAt).toBeNull();
    expect((await create({ expiresAt: null }, asDaybook(owner.viewer.organizationId))).expiresAt).toBeNull();
  });
});

test("a token tells in its event what it may do, until when and from where", async () => {
  const { id, expiresAt } = await create({ scopes: ["events:read", "events:write"], allowedCidrs: ["203.0.113.0/24"], source: "billing" });
  const state = { scopes: ["events:write", "events:read"], expires_at: expiresAt, allowed_cidrs: ["203.0.113.0/24"], source: "billing" };
  expect(await eventOf("api_token_workspace_created", id)).toMatchObject({
    actor: { id: admin.viewer.actor.id },
    resource: { type: "api_token", id, name: "ci" },
    changes: { before: null, after: state },
    metadata: state,
  });
});

/** Every change of tokens, tried by somebody. */
const changesBy = (who: Context, tokenId: string) => [
  () => create({}, who),
  () => perform(platform, who, rotateToken, { tokenId }),
  () => perform(platform, who, updateToken, { tokenId, name: "x" }),
  () => perform(platform, who, revokeToken, { tokenId }),
];

test("members and auditors neither make nor see nor end tokens", async () => {
  const { id } = await create();
  for (const role of ["member", "auditor"] as const) {
    const who = await testMember(platform, owner, role);
    for (const change of changesBy(who, id)) await expect(change()).rejects.toMatchObject({ code: "forbidden" });
    await expect(read(platform, who, listTokens, undefined)).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("no token makes, changes or ends a token, whatever its scopes", async () => {
  const { id, token } = await create({ scopes: ["events:write", "events:read", "access:read", "access:write"] });
  const held = { ...(await authenticateToken(platform, token)).context, request: {} };
  for (const change of changesBy(held, id)) await expect(change()).rejects.toMatchObject({ code: "forbidden" });
});

describe("a rotation", () => {
  test("gives the same token another secret, and the old one lives for the overlap", async () => {
    const { id, token: old, expiresAt } = await create({ allowedCidrs: ["203.0.113.0/24"] });
    const rotated = await perform(platform, admin, rotateToken, { tokenId: id, expiresAt: inMs(90 * dayMs) });
    expect(rotated.id).toBe(id);
    expect(rotated.token).not.toBe(old);
    expect(await works(rotated.token)).toBe(true);
    for (const [ms, still] of [
      [23 * hourMs, true],
      [25 * hourMs, false],
    ] as const)
      expect(await works(old, later(ms))).toBe(still);

    const [now, before] = [await authenticateToken(platform, rotated.token), await authenticateToken(platform, old)];
    expect([now.token.rotated, before.token.rotated]).toEqual([false, true]);
    expect(before.context.viewer.actor).toEqual(now.context.viewer.actor);
    expect(before.token.tokenId).toBe(id);
    expect(before.token.id).not.toBe(id);
    expect(mayComeFrom(before, "198.51.100.1")).toBe(false);
    expect(await eventOf("token_regenerated", id)).toMatchObject({
      resource: { type: "api_token", id, name: "ci" },
      changes: { before: { expires_at: expiresAt }, after: { expires_at: rotated.expiresAt } },
      metadata: { overlap_hours: 24, former_secret_expires_at: rotated.formerExpiresAt },
    });
  });

  test("without overlap ends the old secret at once", async () => {
    const { id, token: old } = await create();
    const { token } = await perform(platform, admin, rotateToken, { tokenId: id, overlapHours: 0 });
    expect([await works(old), await works(token)]).toEqual([false, true]);
    expect((await listed(id))?.former).toEqual([]);
  });

  test("without overlap ends the secrets of earlier rotations as well", async () => {
    const { id, token: first } = await create();
    const { token: second } = await perform(platform, admin, rotateToken, { tokenId: id });
    expect(await works(first)).toBe(true);
    const { token: third } = await perform(platform, admin, rotateToken, { tokenId: id, overlapHours: 0 });
    expect([await works(first), await works(second), await works(third)]).toEqual([false, false, true]);
  });

  test("makes no old secret live longer than it would have, and keeps the token's length of life", async () => {
    const { id, token: old, expiresAt } = await create({ expiresAt: inMs(2 * hourMs) });
    const rotated = await perform(later(hourMs), admin, rotateToken, { tokenId: id, overlapHours: 168 });
    expect(rotated.formerExpiresAt).toBe(expiresAt);
    expect(await works(old, later(3 * hourMs))).toBe(false);
    expect(Math.abs(Date.parse(rotated.expiresAt ?? "") - Date.now() - 3 * hourMs)).toBeLessThan(60_000);
    const forEver = await create({ expiresAt: null }, owner);
    expect((await perform(platform, admin, rotateToken, { tokenId: forEver.id })).expiresAt).toBeNull();
  });

  test("brings back a token that has expired, and nobody its old secret", async () => {
    const { id, token: old } = await create({ expiresAt: inMs(hourMs) });
    const on = later(2 * hourMs);
    const { token } = await perform(on, admin, rotateToken, { tokenId: id, overlapHours: 24 });
    expect([await works(old, on), await works(token, on)]).toEqual([false, true]);
  });

  test("leaves former secrets that stand in the list and are revoked one by one, or all with the token", async () => {
    const { id, token: first } = await create();
    const { token: second } = await perform(platform, admin, rotateToken, { tokenId: id });
    const { token: third } = await perform(platform, admin, rotateToken, { tokenId: id });
    const former = (await listed(id))?.former ?? [];
    expect(former.map(({ prefix }) => prefix).toSorted()).toEqual([first.slice(0, 17), second.slice(0, 17)].toSorted());
    const firstRow = former.find(({ prefix }) => prefix === first.slice(0, 17));
    await perform(platform, admin, revokeToken, { tokenId: firstRow?.id });
    expect([await works(first), await works(second), await works(third)]).toEqual([false, true, true]);
    expect(await eventOf("api_token_workspace_revoked", id)).toMatchObject({ metadata: { former_secret: true, former_secret_id: firstRow?.id } });
    await perform(platform, admin, revokeToken, { tokenId: id });
    expect([await works(second), await works(third)]).toEqual([false, false]);
    expect(await eventOf("api_token_workspace_revoked", id)).toMatchObject({
      changes: { before: { revoked: false }, after: { revoked: true } },
      metadata: { scopes: ["events:write"], former_secrets: 1 },
    });
  });

  test("is refused for a former secret, a revoked token, a fourth secret at once and an overlap of more than a week", async () => {
    const { id } = await create();
    await expect(perform(platform, admin, rotateToken, { tokenId: id, overlapHours: 169 })).rejects.toMatchObject({ code: "invalid" });
    for (let times = 0; times < 3; times += 1) await perform(platform, admin, rotateToken, { tokenId: id });
    await expect(perform(platform, admin, rotateToken, { tokenId: id })).rejects.toMatchObject({ code: "conflict" });
    const former = (await listed(id))?.former[0]?.id;
    await expect(perform(platform, admin, rotateToken, { tokenId: former })).rejects.toMatchObject({ code: "not_found" });
    await perform(platform, admin, revokeToken, { tokenId: id });
    await expect(perform(platform, admin, rotateToken, { tokenId: id })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("name and networks can change, for former secrets as well, and the event says from what to what", async () => {
  const { id, token: old } = await create();
  await perform(platform, admin, rotateToken, { tokenId: id });
  await perform(platform, admin, updateToken, { tokenId: id, name: "deploys", allowedCidrs: ["2001:db8::/32"] });
  expect(await eventOf("api_key_updated", id)).toMatchObject({
    resource: { name: "deploys" },
    changes: { before: { name: "ci", allowed_cidrs: [] }, after: { name: "deploys", allowed_cidrs: ["2001:db8::/32"] } },
  });
  expect(mayComeFrom(await authenticateToken(platform, old), "203.0.113.1")).toBe(false);
  const seq = await platform.store.lastSeq(owner.viewer.organizationId);
  await perform(platform, admin, updateToken, { tokenId: id, name: "deploys" });
  expect(await platform.store.lastSeq(owner.viewer.organizationId)).toBe(seq);
  await expect(perform(platform, admin, updateToken, { tokenId: id, allowedCidrs: ["203.0.113.1"] })).rejects.toMatchObject({ code: "invalid" });
});

test("a token of another organization and one that does not exist are refused in the same words", async () => {
  const elsewhere = await testOrganization(platform);
  const { id } = await create();
  const attempts = [changesBy(elsewhere, id), changesBy(elsewhere, "01900000-0000-7000-8000-000000000000")].map((changes) => changes.slice(1));
  const [there, nowhere] = await Promise.all(attempts.map((changes) => Promise.allSettled(changes.map((change) => change()))));
  const words = (answers: PromiseSettledResult<unknown>[] = []) => answers.map((answer) => answer.status === "rejected" && String(answer.reason));
  expect(words(there)).toEqual(words(nowhere));
  for (const answer of there ?? []) expect(answer).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
});

test.each([
  ["used today", { lastUsedAt: 0, expires: 200 }, []],
  ["made today and never used", { expires: 200 }, []],
  ["not used for 90 days", { lastUsedAt: 90, expires: 200 }, ["unused"]],
  ["never used in 90 days", { created: 90, expires: 200 }, ["unused"]],
  ["rotated since and not used yet", { created: 300, rotated: 10, expires: 200 }, []],
  ["at its end in a fortnight", { expires: 14 }, ["expires_soon"]],
  ["without an end", { lastUsedAt: 1 }, ["never_expires"]],
  ["expired", { lastUsedAt: 100, expires: -1 }, []],
])(
  "a token %s",
  (_what, { lastUsedAt, created = 0, rotated, expires }: { lastUsedAt?: number; created?: number; rotated?: number; expires?: number }, hints) => {
    const at = new Date();
    const ago = (days: number) => new Date(at.getTime() - days * dayMs);
    const orNull = (days: number | undefined) => (days === undefined ? null : ago(days));
    const row = { createdAt: ago(created), rotatedAt: orNull(rotated), lastUsedAt: orNull(lastUsedAt), revokedAt: null };
    expect(hintsOf({ ...row, expiresAt: expires === undefined ? null : ago(-expires) }, { at, unusedDays: 90 })).toEqual(hints);
  },
);

test("a token counts as unused after as many days as the organization's own rules say", async () => {
  const context = await testOrganization(platform);
  const made = await perform(platform, context, createToken, {
    name: "Idle",
    scopes: ["events:write"],
    expiresAt: new Date(Date.now() + 300 * dayMs).toISOString(),
  });
  await look(platform, `update workspace_tokens set created_at = now() - interval '10 days' where id = '${made.id}'`);
  const hints = async () => (await read(platform, context, listTokens, undefined)).find(({ id }) => id === made.id)?.hints;
  expect(await hints()).toEqual([]);
  await perform(platform, context, updateSecurity, { unusedTokenDays: 10 });
  expect(await hints()).toEqual(["unused"]);
  await perform(platform, context, updateSecurity, { unusedTokenDays: 11 });
  expect(await hints()).toEqual([]);
});

test("no secret is in a table, an event or a list, before a rotation or after", async () => {
  const made = await create();
  const rotated = await perform(platform, admin, rotateToken, { tokenId: made.id });
  const rows = await look<{ text: string }>(platform, "select workspace_tokens::text as text from workspace_tokens union all select events::text from events");
  const told = [...rows.map(({ text }) => text), JSON.stringify(await read(platform, owner, listTokens, undefined))];
  for (const { token } of [made, rotated]) expect(told.filter((text) => text.includes(token.slice(20)))).toEqual([]);
});
