import { allOf, equals } from "@daybook/query";
import { scanItem } from "@daybook/event";
import { visibleTo } from "@daybook/policy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { look, testMember, testOrganization, testPlatform } from "../../../test/test-platform.ts";
import type { TestPlatform } from "../../../test/test-platform.ts";
import { ingest } from "../../activity/index.ts";
import { listEvents } from "../../activity/index.ts";
import { asDaybook } from "../../context.ts";
import type { Context } from "../../context.ts";
import { perform, read } from "../../verb.ts";
import { authenticateToken, createToken, generateKey, listAllKeys, listKeys, listTokens, revokeAnyKey, revokeKey, revokeKeysOf, revokeToken } from "./index.ts";

let platform: TestPlatform;
let owner: Context;
let member: Context;

beforeAll(async () => {
  platform = await testPlatform();
  owner = await testOrganization(platform);
  member = await testMember(platform, owner, "member");
});
afterAll(() => platform.close());

const generate = (context = member, input: object = {}) => perform(platform, context, generateKey, { name: "laptop", scopes: ["events:write"], ...input });
const userIdOf = ({ viewer }: Context) => (viewer.kind === "member" ? viewer.userId : "");
const heldBy = async (token: string): Promise<Context> => ({ ...(await authenticateToken(platform, token)).context, request: {} });
const refused = { code: "unauthenticated" };

async function write(context: Context, event: object) {
  const items = [{ ...scanItem(JSON.stringify({ action: "notebook_created", ...event })), index: 0 }];
  return (await ingest(platform, context, items, { append: platform.store.append, retentionDays: null }))[0];
}

async function eventOf(action: string, id: string) {
  const { organizationId } = owner.viewer;
  const { events } = await platform.store.search(organizationId, { query: allOf(equals("action", action), equals("resource.id", id)), limit: 1 });
  const found = events[0] && (await platform.store.readEvent(organizationId, { id: events[0].id, query: { is: "everything" } }));
  return found?.event;
}

test("a member makes keys, sees them, and revokes them; each act is an event that names the member", async () => {
  const { id, token, expiresAt } = await generate(member, { scopes: ["access:read", "events:write"] });
  expect(token).toMatch(/^dbk_live_mk[0-9A-Za-z]{49}$/);
  const state = { scopes: ["events:write", "access:read"], expires_at: expiresAt, allowed_cidrs: [], source: null };
  const named = { resource: { type: "member_key", id, name: "laptop" }, related_resources: [{ type: "user", id: userIdOf(member) }] };
  expect(await eventOf("api_token_member_key_generated", id)).toMatchObject({ ...named, changes: { before: null, after: state }, metadata: state });
  expect((await read(platform, member, listKeys, undefined)).map((key) => key.id)).toContain(id);
  expect((await read(platform, owner, listTokens, undefined)).map((row) => row.id)).not.toContain(id);
  await perform(platform, member, revokeKey, { keyId: id });
  expect(await eventOf("api_token_member_key_revoked", id)).toMatchObject({
    ...named,
    actor: { id: userIdOf(member) },
    changes: { before: { revoked: false }, after: { revoked: true } },
  });
  await expect(authenticateToken(platform, token)).rejects.toMatchObject(refused);
  await expect(perform(platform, member, revokeKey, { keyId: id })).rejects.toMatchObject({ code: "not_found" });
});

test("an admin lists and revokes anybody's key; a member nobody else's", async () => {
  const { id, token } = await generate();
  const colleague = await testMember(platform, owner, "member");
  await expect(perform(platform, colleague, revokeKey, { keyId: id })).rejects.toMatchObject({ code: "not_found" });
  await expect(perform(platform, colleague, revokeAnyKey, { keyId: id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(read(platform, colleague, listAllKeys, undefined)).rejects.toMatchObject({ code: "forbidden" });
  expect((await read(platform, colleague, listKeys, undefined)).length).toBe(0);
  const admin = await testMember(platform, owner, "admin");
  expect((await read(platform, admin, listAllKeys, undefined)).find((key) => key.id === id)).toMatchObject({ member: { id: userIdOf(member) } });
  await perform(platform, admin, revokeAnyKey, { keyId: id });
  expect(await eventOf("api_token_member_key_revoked", id)).toMatchObject({
    actor: { id: userIdOf(admin) },
    related_resources: [{ type: "user", id: userIdOf(member) }],
  });
  await expect(authenticateToken(platform, token)).rejects.toMatchObject(refused);
});

test("keys and tokens do not go by each other's verbs", async () => {
  const key = await generate();
  const token = await perform(platform, owner, createToken, { name: "ci", scopes: ["events:write"] });
  await expect(perform(platform, owner, revokeToken, { tokenId: key.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(perform(platform, owner, revokeAnyKey, { keyId: token.id })).rejects.toMatchObject({ code: "not_found" });
});

describe("who may not have a key", () => {
  test("an auditor", async () => {
    const auditor = await testMember(platform, owner, "auditor");
    await expect(generate(auditor)).rejects.toMatchObject({ code: "forbidden" });
  });
  test("a token, a key, and the operator, who is nobody's member", async () => {
    const token = await perform(platform, owner, createToken, { name: "ci", scopes: ["events:write", "access:write"] });
    await expect(generate(await heldBy(token.token))).rejects.toMatchObject({ code: "forbidden" });
    await expect(generate(await heldBy((await generate()).token))).rejects.toMatchObject({ code: "forbidden" });
    await expect(generate(asDaybook(owner.viewer.organizationId))).rejects.toMatchObject({ code: "forbidden" });
  });
  test("a member who has twenty", async () => {
    const collector = await testMember(platform, owner, "member");
    const keys = [];
    for (let times = 0; times < 20; times += 1) keys.push(await generate(collector));
    await expect(generate(collector)).rejects.toMatchObject({ code: "conflict" });
    await perform(platform, collector, revokeKey, { keyId: keys[0]?.id });
    await generate(collector);
  });
});

test("a key holds no scope that reads the log, and always ends", async () => {
  for (const scopes of [["events:read"], ["access:write"], []]) await expect(generate(member, { scopes })).rejects.toMatchObject({ code: "invalid" });
  await expect(generate(member, { expiresAt: null })).rejects.toMatchObject({ code: "invalid" });
  await expect(generate(member, { expiresAt: new Date(Date.now() + 400 * 86_400_000).toISOString() })).rejects.toMatchObject({ code: "invalid" });
  const key = await heldBy((await generate()).token);
  await expect(read(platform, key, listEvents, {})).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("workspace tokens") as string,
  });
  const ownersKey = await heldBy((await generate(owner)).token);
  await expect(read(platform, ownersKey, listEvents, {})).rejects.toMatchObject({ code: "forbidden" });
});

test("what a key writes is by the key on behalf of its member, who finds it among what they did or caused", async () => {
  const { id, token } = await generate();
  const written = await write(await heldBy(token), {});
  if (written?.status !== "created") throw new Error("it is written");
  const found = await platform.store.readEvent(owner.viewer.organizationId, { id: written.id, query: visibleTo(member.viewer) });
  expect(found?.event).toMatchObject({
    actor: { type: "api_key", id, name: "laptop" },
    on_behalf_of: [{ type: "user", id: userIdOf(member) }],
    token_id: id,
  });
  const colleague = await testMember(platform, owner, "member");
  expect(await platform.store.readEvent(owner.viewer.organizationId, { id: written.id, query: visibleTo(colleague.viewer) })).toBeNull();
});

test("a key writes for nobody else: an actor in the event is refused", async () => {
  const key = await heldBy((await generate()).token);
  for (const forged of [{ actor: { type: "user", id: userIdOf(owner) } }, { on_behalf_of: [{ type: "user", id: userIdOf(owner) }] }])
    expect(await write(key, forged)).toMatchObject({ status: "refused", error: { code: "forbidden", path: "actor" } });
});

test.each(["suspended", "removed"] as const)("the keys of a %s member are refused", async (status) => {
  const leaving = await testMember(platform, owner, "member");
  const { token } = await generate(leaving);
  await authenticateToken(platform, token);
  await look(platform, `update members set status = '${status}' where user_id = '${userIdOf(leaving)}'`);
  await expect(authenticateToken(platform, token)).rejects.toMatchObject(refused);
  await expect(generate(leaving)).rejects.toMatchObject({ code: "forbidden" });
});

test("the keys of a member who became an auditor are refused", async () => {
  const changing = await testMember(platform, owner, "member");
  const { token } = await generate(changing);
  await look(platform, `update members set role = 'auditor' where user_id = '${userIdOf(changing)}'`);
  await expect(authenticateToken(platform, token)).rejects.toMatchObject(refused);
});

test("who ends a membership ends its keys in the same transaction, each with its event", async () => {
  const leaving = await testMember(platform, owner, "member");
  const keys = [await generate(leaving), await generate(leaving)];
  const { organizationId } = owner.viewer;
  const revoke = () => platform.store.transaction(organizationId, (tx) => revokeKeysOf(tx, owner, platform, userIdOf(leaving)));
  expect([await revoke(), await revoke()]).toEqual([2, 0]);
  for (const { id, token } of keys) {
    await expect(authenticateToken(platform, token)).rejects.toMatchObject(refused);
    expect(await eventOf("api_token_member_key_revoked", id)).toMatchObject({
      actor: { id: userIdOf(owner) },
      related_resources: [{ type: "user", id: userIdOf(leaving) }],
      changes: { before: { revoked: false }, after: { revoked: true } },
    });
  }
});

test("a key of another organization and one that does not exist are refused in the same words", async () => {
  const elsewhere = await testOrganization(platform);
  const { id } = await generate();
  for (const verb of [revokeKey, revokeAnyKey]) {
    const answers = await Promise.allSettled([id, "01900000-0000-7000-8000-000000000000"].map((keyId) => perform(platform, elsewhere, verb, { keyId })));
    expect(new Set(answers.map((answer) => answer.status === "rejected" && String(answer.reason))).size).toBe(1);
  }
});
