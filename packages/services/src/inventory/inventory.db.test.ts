import { setTimeout } from "node:timers/promises";
import type { AuditEvent } from "@daybook/event";
import { equals } from "@daybook/query";
import { sharedActs, sharedKinds } from "@daybook/policy";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { look, testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import { removeMember } from "../access/members/index.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { setDefaultAccess } from "./default-access.ts";
import { addGroupMember, createGroup, deleteGroup, getGroup, listGroupAccess, listGroupMembers, listGroups, removeGroupMember, updateGroup } from "./groups.ts";
import { putAccess } from "./put-access.ts";
import { sharedVerbs } from "./shared-verbs.ts";

let platform: TestPlatform;
let owner: Context;
let ann: string;

const userOf = ({ viewer }: Context): string => (viewer.kind === "member" ? viewer.userId : "");
beforeAll(async () => {
  platform = await testPlatform();
});
beforeEach(async () => {
  owner = await testOrganization(platform);
  ann = userOf(await testMember(platform, owner, "member"));
});
afterAll(() => platform.close());

async function eventsOf(action: string): Promise<AuditEvent[]> {
  const { organizationId } = owner.viewer;
  const { events } = await platform.store.feed(organizationId, { afterSeq: 0, query: equals("action", action), limit: 100 });
  return events;
}
const newest = async (action: string): Promise<AuditEvent> => {
  const event = (await eventsOf(action)).at(-1);
  if (!event) throw new Error(`no event of ${action}`);
  return event;
};
const group = async (name = "Data team", more: object = {}) => (await perform(platform, owner, createGroup, { name, ...more })).id;

test("each act on a group is in the log under its documented key, with before and after", async () => {
  const id = await group("Data team", { description: "Who builds models" });
  const resource = { type: "group", id, name: "Data team" };
  expect(await newest("group_created")).toMatchObject({ resource, changes: { after: { name: "Data team", description: "Who builds models" } } });
  await perform(platform, owner, updateGroup, { groupId: id, name: "Data people" });
  expect((await newest("group_updated")).changes?.fields).toEqual([{ path: "name", before: "Data team", after: "Data people" }]);
  await perform(platform, owner, addGroupMember, { groupId: id, userId: ann });
  const related = [{ type: "user", id: ann, name: "Some member" }];
  expect(await newest("group_member_added")).toMatchObject({
    resource: { id, name: "Data people" },
    related_resources: related,
    changes: { fields: [{ path: "member", before: false, after: true }] },
    description: 'Added "Some member" to group "Data people"',
  });
  await perform(platform, owner, removeGroupMember, { groupId: id, userId: ann });
  expect(await newest("group_member_removed")).toMatchObject({ related_resources: related, changes: { fields: [{ before: true, after: false }] } });
  await perform(platform, owner, deleteGroup, { groupId: id });
  expect(await newest("group_deleted")).toMatchObject({
    resource: { id },
    changes: { before: { name: "Data people" } },
    counts: { members: 0, collections: 0, connections: 0 },
  });
});

test("nobody is given anything while they are removed, so that who comes back begins with nothing", async () => {
  const groupId = await group();
  const { id: objectId } = await perform(platform, owner, sharedVerbs.collections.create, { name: "Sales", kind: "postgres" });
  for (let round = 0; round < 12; round += 1) {
    const userId = userOf(await testMember(platform, owner, "member"));
    await Promise.allSettled([
      perform(platform, owner, addGroupMember, { groupId, userId }),
      perform(platform, owner, sharedVerbs.collections.addMember, { objectId, userId, access: "view" }),
      perform(platform, owner, removeMember, { userId }),
    ]);
    const left = await look(
      platform,
      `select user_id from group_members where user_id = '${userId}' union all select user_id from shared_object_members where user_id = '${userId}'`,
    );
    expect(left).toEqual([]);
  }
});

describe.each(sharedKinds)("a $noun", (kind) => {
  const verbs = sharedVerbs[kind.area];
  const field = kind.accessField;

  test("each act on it, and on who may use it, is in the log under its documented key, with before and after", async () => {
    const groupId = await group();
    const { id: objectId } = await perform(platform, owner, verbs.create, { name: "Sales", kind: "postgres" });
    await perform(platform, owner, verbs.update, { objectId, description: "All of sales" });
    await perform(platform, owner, verbs.addMember, { objectId, userId: ann, access: "view" });
    await perform(platform, owner, verbs.changeMemberAccess, { objectId, userId: ann, access: "query" });
    await perform(platform, owner, verbs.removeMember, { objectId, userId: ann });
    await perform(platform, owner, verbs.addGroup, { objectId, groupId, access: "query" });
    await perform(platform, owner, verbs.changeGroupAccess, { objectId, groupId, access: "manage" });
    await perform(platform, owner, verbs.removeGroup, { objectId, groupId });
    await perform(platform, owner, verbs.delete, { objectId });
    const resource = { type: kind.type, id: objectId, name: "Sales" };
    const person = [{ type: "user", id: ann, name: "Some member" }];
    const team = [{ type: "group", id: groupId, name: "Data team" }];
    const expected: Record<(typeof sharedActs)[number], object> = {
      created: { changes: { after: { name: "Sales", kind: "postgres" } } },
      updated: { changes: { fields: [{ path: "description", before: "", after: "All of sales" }] } },
      deleted: { changes: { before: { name: "Sales", description: "All of sales" } }, counts: { members: 0, groups: 0 } },
      memberAdded: { related_resources: person, metadata: { [field]: "view" }, changes: { fields: [{ path: field, after: "view" }] } },
      memberAccessChanged: { related_resources: person, changes: { fields: [{ path: field, before: "view", after: "query" }] } },
      memberRemoved: { related_resources: person, changes: { fields: [{ path: field, before: "query" }] } },
      groupAdded: { related_resources: team, metadata: { [field]: "query" }, changes: { fields: [{ path: field, after: "query" }] } },
      groupAccessChanged: { related_resources: team, changes: { fields: [{ path: field, before: "query", after: "manage" }] } },
      groupRemoved: { related_resources: team, changes: { fields: [{ path: field, before: "manage" }] } },
    };
    for (const act of sharedActs) {
      const events = await eventsOf(kind.actions[act]);
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({ resource, ...expected[act] });
    }
  });

  test("what stands already, or is gone already, is done again without an event", async () => {
    const groupId = await group();
    const { id: objectId } = await perform(platform, owner, verbs.create, { name: "Sales" });
    for (let time = 0; time < 2; time += 1) {
      const first = { changed: time === 0 };
      expect(await perform(platform, owner, verbs.update, { objectId, name: "Revenue" })).toMatchObject(first);
      expect(await perform(platform, owner, verbs.addMember, { objectId, userId: ann, access: "view" })).toEqual(first);
      expect(await perform(platform, owner, verbs.addGroup, { objectId, groupId, access: "view" })).toEqual(first);
    }
    for (let time = 0; time < 2; time += 1) {
      const first = { changed: time === 0 };
      expect(await perform(platform, owner, verbs.changeMemberAccess, { objectId, userId: ann, access: "query" })).toEqual(first);
      expect(await perform(platform, owner, verbs.changeGroupAccess, { objectId, groupId, access: "query" })).toEqual(first);
    }
    for (let time = 0; time < 2; time += 1) {
      const first = { changed: time === 0 };
      expect(await perform(platform, owner, verbs.removeMember, { objectId, userId: ann })).toEqual(first);
      expect(await perform(platform, owner, verbs.removeGroup, { objectId, groupId })).toEqual(first);
    }
    for (const act of sharedActs.filter((each) => each !== "deleted")) expect(await eventsOf(kind.actions[act])).toHaveLength(1);
  });

  test("an addition does not overwrite other access, and a change needs access to change", async () => {
    const { id: objectId } = await perform(platform, owner, verbs.create, { name: "Sales" });
    const missing = perform(platform, owner, verbs.changeMemberAccess, { objectId, userId: ann, access: "view" });
    await expect(missing).rejects.toMatchObject({ code: "not_found" });
    await perform(platform, owner, verbs.addMember, { objectId, userId: ann, access: "view" });
    const other = perform(platform, owner, verbs.addMember, { objectId, userId: ann, access: "manage" });
    await expect(other).rejects.toMatchObject({ code: "conflict" });
    expect(await eventsOf(kind.actions.memberAccessChanged)).toEqual([]);
  });

  test("said as it shall be, access is added, changed, or left alone", async () => {
    const { id } = await perform(platform, owner, verbs.create, { name: "Sales" });
    const put = (access: "view" | "manage") => putAccess(platform, owner, kind, { objectId: { id }, subject: { member: { userId: ann } }, access });
    expect([await put("view"), await put("view"), await put("manage"), await put("manage")]).toEqual([
      { added: true, changed: false },
      { added: false, changed: false },
      { added: false, changed: true },
      { added: false, changed: false },
    ]);
    expect(await eventsOf(kind.actions.memberAdded)).toHaveLength(1);
    expect(await eventsOf(kind.actions.memberAccessChanged)).toHaveLength(1);
  });

  test("deleted, it takes its access along, and the event counts it", async () => {
    const { id: objectId } = await perform(platform, owner, verbs.create, { name: "Sales" });
    await perform(platform, owner, verbs.addMember, { objectId, userId: ann, access: "view" });
    await perform(platform, owner, verbs.addGroup, { objectId, groupId: await group(), access: "view" });
    await perform(platform, owner, verbs.delete, { objectId });
    expect((await newest(kind.actions.deleted)).counts).toEqual({ members: 1, groups: 1 });
    for (const table of ["shared_object_members", "shared_object_groups"])
      expect(await look(platform, `select 1 from ${table} where organization_id = '${owner.viewer.organizationId}'`)).toEqual([]);
  });

  test("another organization's, one of another kind, and one that does not exist get the same answer", async () => {
    const stranger = await testOrganization(platform);
    const theirs = (await perform(platform, stranger, verbs.create, { name: "Sales" })).id;
    const otherKind = sharedKinds.find(({ type }) => type !== kind.type);
    if (!otherKind) throw new Error("there are two kinds");
    const other = (await perform(platform, owner, sharedVerbs[otherKind.area].create, { name: "Sales" })).id;
    const answers = [theirs, other, "01930000-0000-7000-8000-000000000000", "external:nothing"].map((objectId) =>
      Promise.allSettled([
        read(platform, owner, verbs.get, { objectId }),
        read(platform, owner, verbs.who, { objectId }),
        read(platform, owner, verbs.members, { objectId }),
        read(platform, owner, verbs.groups, { objectId }),
        perform(platform, owner, verbs.update, { objectId, name: "Mine" }),
        perform(platform, owner, verbs.delete, { objectId }),
        perform(platform, owner, verbs.addMember, { objectId, userId: ann, access: "view" }),
        perform(platform, owner, verbs.removeMember, { objectId, userId: ann }),
        perform(platform, owner, verbs.removeGroup, { objectId, groupId: "external:any" }),
      ]),
    );
    for (const outcome of (await Promise.all(answers)).flat())
      expect(outcome).toMatchObject({ reason: { code: "not_found", message: `There is no such ${kind.noun} in this organization.` } });
    expect((await read(platform, stranger, verbs.get, { objectId: theirs })).name).toBe("Sales");
  });

  test("of another organization's member or group nothing can be given, and the answer is that of nobody", async () => {
    const stranger = await testOrganization(platform);
    const theirs = (await perform(platform, stranger, createGroup, { name: "Theirs" })).id;
    const { id: objectId } = await perform(platform, owner, verbs.create, { name: "Sales" });
    for (const userId of [userOf(stranger), "nobody@example.com"])
      await expect(perform(platform, owner, verbs.addMember, { objectId, userId, access: "view" })).rejects.toMatchObject({ code: "not_found" });
    for (const groupId of [theirs, "external:7"])
      await expect(perform(platform, owner, verbs.addGroup, { objectId, groupId, access: "view" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("a list goes page by page by name, finds by a part of a name, and refuses a cursor that is not its own", async () => {
    for (const name of ["delta", "Alpha", "charlie", "Bravo"]) await perform(platform, owner, verbs.create, { name });
    const first = await read(platform, owner, verbs.list, { limit: 3 });
    expect(first.objects.map(({ name }) => name)).toEqual(["Alpha", "Bravo", "charlie"]);
    const second = await read(platform, owner, verbs.list, { limit: 3, cursor: first.nextCursor });
    expect([second.objects.map(({ name }) => name), second.nextCursor]).toEqual([["delta"], null]);
    expect((await read(platform, owner, verbs.list, { containing: "AR" })).objects.map(({ name }) => name)).toEqual(["charlie"]);
    const foreign = Buffer.from('["a\\u0000","01930000-0000-7000-8000-000000000000"]').toString("base64url");
    for (const cursor of ["nonsense", Buffer.from('["a"]').toString("base64url"), foreign])
      await expect(read(platform, owner, verbs.list, { cursor })).rejects.toMatchObject({ code: "invalid", path: "cursor" });
  });

  test("people's own have names that are single; a host's are told apart by their external ids", async () => {
    await perform(platform, owner, verbs.create, { name: "Personal" });
    await expect(perform(platform, owner, verbs.create, { name: "personal" })).rejects.toMatchObject({ code: "conflict", path: "name" });
    const { id } = await perform(platform, owner, verbs.create, { name: "Personal", externalId: "c/1" });
    await perform(platform, owner, verbs.create, { name: "Personal", externalId: "c/2" });
    await expect(perform(platform, owner, verbs.create, { name: "Else", externalId: "c/1" })).rejects.toMatchObject({ code: "conflict", path: "externalId" });
    expect(await read(platform, owner, verbs.get, { objectId: "external:c/1" })).toMatchObject({ id, externalId: "c/1" });
    const { id: own } = await perform(platform, owner, verbs.create, { name: "Shared" });
    await expect(perform(platform, owner, verbs.update, { objectId: own, name: "PERSONAL" })).rejects.toMatchObject({ code: "conflict" });
  });
});

test("a deleted group takes along what it gave, and its event counts members and objects", async () => {
  const groupId = await group();
  await perform(platform, owner, addGroupMember, { groupId, userId: ann });
  for (const kind of sharedKinds) {
    const { id: objectId } = await perform(platform, owner, sharedVerbs[kind.area].create, { name: "Sales" });
    await perform(platform, owner, sharedVerbs[kind.area].addGroup, { objectId, groupId, access: "query" });
  }
  expect(await read(platform, owner, getGroup, { groupId })).toMatchObject({ members: 1, objects: { collection: 1, connection: 1 } });
  const used = await read(platform, owner, listGroupAccess, { groupId });
  expect(used.objects.map(({ type, access }) => `${type} ${access}`).toSorted()).toEqual(["collection query", "connection query"]);
  await perform(platform, owner, deleteGroup, { groupId });
  expect((await newest("group_deleted")).counts).toEqual({ members: 1, collections: 1, connections: 1 });
  for (const table of ["group_members", "shared_object_groups"])
    expect(await look(platform, `select 1 from ${table} where organization_id = '${owner.viewer.organizationId}'`)).toEqual([]);
});

test("an empty group is fine; members are counted while they are active and listed with their standing", async () => {
  const groupId = await group();
  expect((await read(platform, owner, listGroupMembers, { groupId })).members).toEqual([]);
  await perform(platform, owner, addGroupMember, { groupId, userId: ann });
  await platform.store.platform.execute(`update members set status = 'suspended' where user_id = '${ann}'`);
  expect((await read(platform, owner, listGroups, {})).groups[0]).toMatchObject({ name: "Data team", members: 0 });
  expect((await read(platform, owner, listGroupMembers, { groupId })).members[0]).toMatchObject({ userId: ann, status: "suspended" });
});

test("who was removed can be added to nothing, and taken out of everything", async () => {
  const groupId = await group();
  await perform(platform, owner, addGroupMember, { groupId, userId: ann });
  await platform.store.platform.execute(`update members set status = 'removed' where user_id = '${ann}'`);
  await perform(platform, owner, removeGroupMember, { groupId, userId: ann });
  await expect(perform(platform, owner, addGroupMember, { groupId, userId: ann })).rejects.toMatchObject({ code: "conflict" });
});

test("the default access is changed under its documented key, and set again it changes nothing", async () => {
  expect(await perform(platform, owner, setDefaultAccess, { access: "view" })).toEqual({ changed: true });
  expect(await perform(platform, owner, setDefaultAccess, { access: "view" })).toEqual({ changed: false });
  const events = await eventsOf("workspace_default_access_changed");
  expect(events).toHaveLength(1);
  expect(events[0]?.changes?.fields).toEqual([{ path: "access", before: "none", after: "view" }]);
});

test.each([
  [{ name: "" }, "name"],
  [{ name: "x".repeat(101) }, "name"],
  [{ name: "a\u0000b" }, "name"],
  [{ name: "ok", externalId: "a\u0007" }, "externalId"],
  [{ name: "ok", description: 5 }, "description"],
])("a group of %j is refused and the field is named", async (input, path) => {
  await expect(perform(platform, owner, createGroup, input as never)).rejects.toMatchObject({ code: "invalid", path });
});

test("of several who give one name at the same moment one has it, and the others hear that it is taken", async () => {
  const { create, update } = sharedVerbs.collections;
  for (let round = 0; round < 4; round += 1) {
    const name = `Wanted ${round}`;
    const groupIds = [await group(`a ${round}`), await group(`b ${round}`)];
    const objects = [await perform(platform, owner, create, { name: `a ${round}` }), await perform(platform, owner, create, { name: `b ${round}` })];
    const inGroups = [...groupIds.map((groupId) => perform(platform, owner, updateGroup, { groupId, name })), perform(platform, owner, createGroup, { name })];
    const inObjects = [...objects.map(({ id }) => perform(platform, owner, update, { objectId: id, name })), perform(platform, owner, create, { name })];
    // Both are heard at once: one that is refused while the others are still waited for would count as nobody's.
    for (const outcomes of await Promise.all([Promise.allSettled<unknown>(inGroups), Promise.allSettled<unknown>(inObjects)])) {
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict", path: "name" });
    }
  }
});

test("a name that is freed while somebody takes it keeps neither of them waiting for the other", async () => {
  const { create, delete: remove } = sharedVerbs.collections;
  for (let round = 0; round < 12; round += 1) {
    const name = `Freed ${round}`;
    const [groupId, { id: objectId }] = [await group(name), await perform(platform, owner, create, { name })];
    const soon = setTimeout(round % 6);
    const outcomes = await Promise.allSettled<unknown>([
      perform(platform, owner, deleteGroup, { groupId }),
      perform(platform, owner, remove, { objectId }),
      soon.then(() => perform(platform, owner, createGroup, { name })),
      soon.then(() => perform(platform, owner, create, { name })),
    ]);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict", path: "name" });
  }
});
