import { allOf, equals } from "@daybook/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { look, testMember, testOrganization, testPlatform } from "../../../test/test-platform.ts";
import type { TestPlatform } from "../../../test/test-platform.ts";
import { newId } from "../../context.ts";
import type { Context } from "../../context.ts";
import { record } from "../../record.ts";
import { perform, read } from "../../verb.ts";
import { authenticateToken, createToken, listTokens, rotateToken } from "../tokens/index.ts";
import { createServiceUser, listPossibleOwners, listServiceUsers, removeServiceUser, updateServiceUser } from "./index.ts";

let platform: TestPlatform;
let owner: Context;
let admin: Context;
let teamId: string;

beforeAll(async () => {
  platform = await testPlatform();
  owner = await testOrganization(platform);
  admin = await testMember(platform, owner, "admin");
  teamId = newId(platform);
  await look(platform, `insert into teams (organization_id, id, name, created_at) values ('${owner.viewer.organizationId}', '${teamId}', 'Data team', now())`);
});
afterAll(() => platform.close());

let made = 0;
const create = (input: object = {}, context = admin) => {
  made += 1;
  return perform(platform, context, createServiceUser, { name: `svc-${made}`, ...input });
};
const listed = async (id: string) => (await read(platform, admin, listServiceUsers, undefined)).find((each) => each.id === id);
const userIdOf = ({ viewer }: Context) => (viewer.kind === "member" ? viewer.userId : "");

async function eventOf(action: string, id: string) {
  const { organizationId } = owner.viewer;
  const { events } = await platform.store.search(organizationId, { query: allOf(equals("action", action), equals("resource.id", id)), limit: 1 });
  const found = events[0] && (await platform.store.readEvent(organizationId, { id: events[0].id, query: { is: "everything" } }));
  return found?.event;
}

test("a service user has a name, a description and an owner; all three can change, and the event says from what to what", async () => {
  const { id } = await create({ name: "svc-dbt", description: "Runs dbt", owner: { teamId } });
  const told = { name: "svc-dbt", description: "Runs dbt", owner: "Data team", owner_id: teamId, owner_type: "team" };
  expect(await eventOf("service_user_created", id)).toMatchObject({ team: { id: teamId, name: "Data team" }, changes: { before: null, after: told } });
  expect(await listed(id)).toMatchObject({ name: "svc-dbt", owner: { type: "team", id: teamId, name: "Data team" }, tokens: 0, lastUsedAt: null });
  await perform(platform, admin, updateServiceUser, { serviceUserId: id, description: "Runs dbt nightly", owner: { userId: userIdOf(owner) } });
  const after = { ...told, description: "Runs dbt nightly", owner: "Olivia Owner", owner_id: userIdOf(owner), owner_type: "user" };
  expect(await eventOf("service_user_updated", id)).toMatchObject({
    changes: { before: told, after },
    related_resources: [{ type: "user", id: userIdOf(owner) }],
  });
  const seq = await platform.store.lastSeq(owner.viewer.organizationId);
  await perform(platform, admin, updateServiceUser, { serviceUserId: id, name: "svc-dbt" });
  expect(await platform.store.lastSeq(owner.viewer.organizationId)).toBe(seq);
  await perform(platform, admin, updateServiceUser, { serviceUserId: id, owner: null });
  expect((await listed(id))?.owner).toBeNull();
});

test("of several who give one name at the same moment one has it, and the others hear that it is taken", async () => {
  for (let round = 0; round < 4; round += 1) {
    const [a, b] = [await create(), await create()];
    const name = `svc-wanted-${round}`;
    const outcomes = await Promise.allSettled<unknown>([
      ...[a, b].map(({ id }) => perform(platform, admin, updateServiceUser, { serviceUserId: id, name })),
      create({ name }),
      create({ name: name.toUpperCase() }),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict", path: "name" });
  }
});

test("a name is given once, in whatever case, until its service user is deleted", async () => {
  const { id } = await create({ name: "svc-looker" });
  await expect(create({ name: "SVC-Looker" })).rejects.toMatchObject({ code: "conflict", path: "name" });
  const other = await create();
  await expect(perform(platform, admin, updateServiceUser, { serviceUserId: other.id, name: "svc-looker" })).rejects.toMatchObject({ code: "conflict" });
  await perform(platform, admin, removeServiceUser, { serviceUserId: id });
  await create({ name: "svc-looker" });
});

test("an owner is a team of the organization or an active member of it", async () => {
  const elsewhere = await testOrganization(platform);
  const left = await testMember(platform, owner, "member");
  await look(platform, `update members set status = 'removed' where user_id = '${userIdOf(left)}'`);
  for (const wrong of [{ teamId: newId(platform) }, { userId: userIdOf(elsewhere) }, { userId: userIdOf(left) }])
    await expect(create({ owner: wrong })).rejects.toMatchObject({ code: "not_found", path: "owner" });
  await expect(create({ owner: { teamId, userId: userIdOf(owner) } })).rejects.toMatchObject({ code: "invalid" });
  const owners = await read(platform, admin, listPossibleOwners, undefined);
  expect(owners.teams).toEqual([{ id: teamId, name: "Data team" }]);
  expect(owners.members.map(({ id }) => id)).toContain(userIdOf(admin));
  expect(owners.members.map(({ id }) => id)).not.toContain(userIdOf(left));
});

test("the service user is the actor of what its tokens do, before a rotation and after", async () => {
  const { id } = await create({ name: "svc-forecast" });
  const token = await perform(platform, admin, createToken, { name: "forecast", scopes: ["events:write"], serviceUserId: id });
  expect(await eventOf("api_token_workspace_created", token.id)).toMatchObject({ related_resources: [{ type: "service_user", id, name: "svc-forecast" }] });
  const rotated = await perform(platform, admin, rotateToken, { tokenId: token.id });
  for (const text of [token.token, rotated.token]) {
    const { context } = await authenticateToken(platform, text);
    expect(context.viewer.actor).toEqual({ type: "service_user", id, name: "svc-forecast" });
    const event = await platform.store.transaction(owner.viewer.organizationId, (tx) =>
      record(platform, tx, { ...context, request: {} }, { action: "pipeline_created", resource: { type: "pipeline", id: "p" } }),
    );
    const found = await platform.store.readEvent(owner.viewer.organizationId, { id: event.id, query: { is: "everything" } });
    expect(found?.event).toMatchObject({ actor: { type: "service_user", id }, on_behalf_of: [] });
  }
  expect((await listed(id))?.tokens).toBe(1);
  const [view] = await read(platform, admin, listTokens, { serviceUserId: id });
  expect(view).toMatchObject({ id: token.id, serviceUser: { id, name: "svc-forecast" }, former: [{ prefix: token.token.slice(0, 17) }] });
});

test("deleting it ends its tokens, former secrets too, in the same transaction and with an event for each", async () => {
  const { id } = await create({ owner: { teamId } });
  const one = await perform(platform, admin, createToken, { name: "one", scopes: ["events:write"], serviceUserId: id });
  const two = await perform(platform, admin, createToken, { name: "two", scopes: ["events:read"], serviceUserId: id });
  const rotated = await perform(platform, admin, rotateToken, { tokenId: one.id });
  expect(await perform(platform, admin, removeServiceUser, { serviceUserId: id })).toEqual({ tokensRevoked: 2 });
  for (const text of [one.token, two.token, rotated.token]) await expect(authenticateToken(platform, text)).rejects.toMatchObject({ code: "unauthenticated" });
  for (const token of [one, two])
    expect(await eventOf("api_token_workspace_revoked", token.id)).toMatchObject({
      related_resources: [{ type: "service_user", id }],
      changes: { before: { revoked: false }, after: { revoked: true } },
    });
  expect(await eventOf("service_user_removed", id)).toMatchObject({
    team: { id: teamId },
    changes: { before: { owner: "Data team" }, after: null },
    counts: { tokens: 2 },
  });
  expect(await listed(id)).toBeUndefined();
  await expect(perform(platform, admin, createToken, { name: "x", scopes: ["events:read"], serviceUserId: id })).rejects.toMatchObject({ code: "not_found" });
});

test("members neither see nor change service users; another organization's and none at all are refused in the same words", async () => {
  const member = await testMember(platform, owner, "member");
  const elsewhere = await testOrganization(platform);
  const { id } = await create();
  await expect(read(platform, member, listServiceUsers, undefined)).rejects.toMatchObject({ code: "forbidden" });
  await expect(create({}, member)).rejects.toMatchObject({ code: "forbidden" });
  for (const verb of [updateServiceUser, removeServiceUser]) {
    await expect(perform(platform, member, verb, { serviceUserId: id })).rejects.toMatchObject({ code: "forbidden" });
    const answers = await Promise.allSettled([id, newId(platform)].map((serviceUserId) => perform(platform, elsewhere, verb, { serviceUserId, name: "x" })));
    expect(new Set(answers.map((answer) => answer.status === "rejected" && String(answer.reason))).size).toBe(1);
    expect(answers[0]).toMatchObject({ reason: { code: "not_found" } });
  }
});
