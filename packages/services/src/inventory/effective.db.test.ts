import { collection, connection } from "@daybook/policy";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { accessOf, findPeople, myAccess } from "./access-of.ts";
import { getDefaultAccess, setDefaultAccess } from "./default-access.ts";
import { addGroupMember, createGroup } from "./groups.ts";
import { sharedVerbs } from "./shared-verbs.ts";

let platform: TestPlatform;
let owner: Context;
let member: Context;
let auditor: Context;
let sales: string;
let warehouse: string;
let dataTeam: string;

const userOf = ({ viewer }: Context): string => (viewer.kind === "member" ? viewer.userId : "");
const { collections, connections } = sharedVerbs;

beforeAll(async () => {
  platform = await testPlatform();
});
beforeEach(async () => {
  owner = await testOrganization(platform);
  [member, auditor] = [await testMember(platform, owner, "member"), await testMember(platform, owner, "auditor")];
  sales = (await perform(platform, owner, collections.create, { name: "Sales" })).id;
  warehouse = (await perform(platform, owner, connections.create, { name: "Warehouse", kind: "snowflake" })).id;
  dataTeam = (await perform(platform, owner, createGroup, { name: "Data team" })).id;
  await perform(platform, owner, addGroupMember, { groupId: dataTeam, userId: userOf(member) });
});
afterAll(() => platform.close());

const who = async (area: "collections" | "connections", objectId: string) => {
  const { users, total } = await read(platform, owner, sharedVerbs[area].who, { objectId });
  expect(users).toHaveLength(total);
  return Object.fromEntries(users.map(({ userId, reason }) => [userId, reason]));
};
const mine = async (context: Context) => (await read(platform, context, myAccess, {})).uses.map(({ name, reason }) => [name, reason]);
const standing = (context: Context, status: string) =>
  platform.store.platform.execute(`update members set status = '${status}' where user_id = '${userOf(context)}'`);

test("who may use an object, and what a member may use, tell the same story with its reason", async () => {
  expect(await who("connections", warehouse)).toEqual({});
  await perform(platform, owner, connections.addGroup, { objectId: warehouse, groupId: dataTeam, access: "query" });
  expect(await who("connections", warehouse)).toEqual({ [userOf(member)]: "by group Data team: Query" });
  await perform(platform, owner, connections.addMember, { objectId: warehouse, userId: userOf(member), access: "manage" });
  expect(await who("connections", warehouse)).toEqual({ [userOf(member)]: "given directly: Manage" });
  expect(await mine(member)).toEqual([["Warehouse", "given directly: Manage"]]);
  const told = await read(platform, owner, accessOf, { userId: userOf(member) });
  expect(told).toMatchObject({
    groups: [{ id: dataTeam, name: "Data team" }],
    uses: [{ id: warehouse, type: "connection", kind: "snowflake", access: "manage", by: "member", group: null }],
  });
});

test("by default everybody who works here has a collection, an auditor has not, and a connection is never given by default", async () => {
  await perform(platform, owner, setDefaultAccess, { access: "view" });
  const reason = "by the default of the workspace: View";
  expect(await who("collections", sales)).toEqual({ [userOf(owner)]: reason, [userOf(member)]: reason });
  expect(await who("connections", warehouse)).toEqual({});
  expect([await mine(member), await mine(auditor)]).toEqual([[["Sales", reason]], []]);
  await perform(platform, owner, collections.addMember, { objectId: sales, userId: userOf(auditor), access: "view" });
  expect(await mine(auditor)).toEqual([["Sales", "given directly: View"]]);
});

test.each(["suspended", "removed"])("who is %s has nothing by what they were given, and has it again when that is lifted", async (status) => {
  await perform(platform, owner, connections.addGroup, { objectId: warehouse, groupId: dataTeam, access: "query" });
  await perform(platform, owner, setDefaultAccess, { access: "view" });
  const uses = async () => (await read(platform, owner, accessOf, { userId: userOf(member) })).uses.length;
  expect(await uses()).toBe(2);
  await standing(member, status);
  expect([await uses(), await who("connections", warehouse)]).toEqual([0, {}]);
  expect(Object.keys(await who("collections", sales))).toEqual([userOf(owner)]);
  await standing(member, "active");
  expect(await uses()).toBe(2);
});

test("the default tells whom it touches: members who have nothing of their own, and how much they could use", async () => {
  expect(await read(platform, owner, getDefaultAccess, {})).toEqual({
    access: "none",
    members: 2,
    withoutOwn: 2,
    objects: [{ type: "collection", count: 1 }],
  });
  await perform(platform, owner, connections.addMember, { objectId: warehouse, userId: userOf(member), access: "view" });
  expect((await read(platform, owner, getDefaultAccess, {})).withoutOwn).toBe(2);
  await perform(platform, owner, collections.addGroup, { objectId: sales, groupId: dataTeam, access: "view" });
  expect((await read(platform, owner, getDefaultAccess, {})).withoutOwn).toBe(1);
});

test("pages of users and of uses come by name, without gap or repeat", async () => {
  for (let number = 0; number < 7; number += 1) {
    const { id } = await perform(platform, owner, collections.create, { name: `Shelf ${number}` });
    await perform(platform, owner, collections.addMember, { objectId: id, userId: userOf(member), access: "view" });
    await testMember(platform, owner, "member");
  }
  await perform(platform, owner, setDefaultAccess, { access: "view" });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { users: { userId: string }[]; nextCursor: string | null } = await read(platform, owner, collections.who, {
      objectId: sales,
      limit: 3,
      cursor,
    });
    seen.push(...page.users.map(({ userId }) => userId));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect([seen.length, new Set(seen).size]).toEqual([9, 9]);
  const first = await read(platform, owner, accessOf, { userId: userOf(member), type: collection.type, limit: 5 });
  const rest = await read(platform, owner, accessOf, { userId: userOf(member), type: collection.type, limit: 5, cursor: first.nextCursor });
  expect([...first.uses, ...rest.uses].map(({ name }) => name)).toEqual(["Sales", ...Array.from({ length: 7 }, (_, at) => `Shelf ${at}`)]);
  expect((await read(platform, owner, accessOf, { userId: userOf(member), type: connection.type })).uses).toEqual([]);
});

test("a member may ask what they can use, and nothing of others", async () => {
  await expect(read(platform, member, accessOf, { userId: userOf(owner) })).rejects.toMatchObject({ code: "forbidden" });
  await expect(read(platform, member, findPeople, {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(read(platform, member, collections.list, {})).rejects.toMatchObject({ code: "forbidden" });
  expect(await read(platform, member, myAccess, {})).toMatchObject({ member: { userId: userOf(member) }, uses: [] });
});

test("somebody of another organization is nobody here", async () => {
  const stranger = await testOrganization(platform);
  const outcomes = await Promise.allSettled(
    [userOf(stranger), "01930000-0000-7000-8000-000000000000", "nobody@example.com"].map((userId) => read(platform, owner, accessOf, { userId })),
  );
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: "not_found", message: "There is no such member in this organization." } });
  expect((await read(platform, owner, findPeople, { containing: "owner@" })).people.map(({ userId }) => userId)).toEqual([userOf(owner)]);
});
