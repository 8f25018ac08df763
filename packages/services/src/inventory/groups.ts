import { diff, Refusal } from "@daybook/event";
import { sharedKinds } from "@daybook/policy";
import { groups, organizations, sharedAccess, sharedObjects } from "@daybook/store";
import type { Group, ListedGroup, Tx } from "@daybook/store";
import { z } from "zod";
import { newId } from "../context.ts";
import { defineChange, defineRead } from "../verb.ts";
import { groupMembersMax, groupsMax } from "./limits.ts";
import { asRelated, askedPage, cutPage, demandPresent, externalId, holdMember, memberRef, named, pageInput, thingRef } from "./refs.ts";
import type { Ref } from "./refs.ts";

export const listGroups = defineRead({
  name: "groups.list",
  needs: "groups:read",
  input: pageInput.prefault({}),
  async run({ store }, { viewer: { organizationId } }, input) {
    const { rows, nextCursor } = cutPage(await groups.list(store.of(organizationId), organizationId, askedPage(input)), input.limit, (row) => row);
    return { groups: rows.map(groupView), nextCursor };
  },
});

export const getGroup = defineRead({
  name: "groups.get",
  needs: "groups:read",
  input: z.object({ groupId: thingRef }),
  async run({ store }, { viewer: { organizationId } }, { groupId }) {
    const row = await groups.get(store.of(organizationId), organizationId, groupId);
    if (!row) throw noSuchGroup();
    return groupView(row);
  },
});

export const listGroupMembers = defineRead({
  name: "groups.members",
  needs: "groups:read",
  input: pageInput.extend({ groupId: thingRef }),
  async run({ store }, { viewer: { organizationId } }, { groupId, ...page }) {
    const db = store.of(organizationId);
    const group = await groups.find(db, organizationId, groupId);
    if (!group) throw noSuchGroup();
    const found = await groups.listMembers(db, organizationId, { groupId: group.id, ...askedPage(page) });
    const { rows, nextCursor } = cutPage(found, page.limit, ({ name, userId }) => ({ name, id: userId }));
    return { members: rows.map((row) => ({ ...row, addedAt: row.addedAt.toISOString() })), nextCursor };
  },
});

/** What the members of a group may use by it. */
export const listGroupAccess = defineRead({
  name: "groups.access",
  needs: "groups:read",
  input: pageInput.extend({ groupId: thingRef }),
  async run({ store }, { viewer: { organizationId } }, { groupId, ...page }) {
    const db = store.of(organizationId);
    const group = await groups.find(db, organizationId, groupId);
    if (!group) throw noSuchGroup();
    const types = sharedKinds.map(({ type }) => type);
    const found = await sharedAccess.objectsOfGroup(db, organizationId, { groupId: group.id, types, ...askedPage(page) });
    const { rows, nextCursor } = cutPage(found, page.limit, (row) => row);
    return { objects: rows, nextCursor };
  },
});

export const createGroup = defineChange({
  name: "groups.create",
  needs: "groups:manage",
  records: "group_created",
  input: z.object({ name: named.name, description: named.description.default(""), externalId: externalId.nullish() }),
  async run(tx, { viewer }, input, platform) {
    const { organizationId } = viewer;
    await sharedObjects.lockInventory(tx, organizationId);
    if ((await groups.count(tx, organizationId)) >= groupsMax)
      throw new Refusal("conflict", `An organization has at most ${groupsMax} groups. Delete one that nobody needs any more.`);
    const row: Group = {
      organizationId,
      id: newId(platform),
      name: input.name,
      description: input.description,
      externalId: input.externalId ?? null,
      createdBy: viewer.actor,
      createdAt: platform.now(),
    };
    if (!(await groups.insert(tx, row))) throw taken(row);
    return { result: { id: row.id }, event: { resource: resourceOf(row), changes: { before: {}, after: stateOf(row) } } };
  },
});

export const updateGroup = defineChange({
  name: "groups.update",
  needs: "groups:manage",
  records: "group_updated",
  input: z.object({ groupId: thingRef, name: named.name.optional(), description: named.description.optional() }),
  async run(tx, { viewer: { organizationId } }, { groupId, ...input }) {
    const row = await lockGroup(tx, organizationId, groupId);
    const after = { ...row, name: input.name ?? row.name, description: input.description ?? row.description };
    if (diff(stateOf(row), stateOf(after)).length === 0) return { result: { id: row.id, changed: false }, event: null };
    // A name given at the same moment is seen here, and nobody else's insert waits for this transaction.
    await sharedObjects.lockInventory(tx, organizationId);
    if (row.externalId === null && (await groups.nameTaken(tx, organizationId, { name: after.name, except: row.id }))) throw taken(after);
    await groups.update(tx, organizationId, { id: row.id, name: after.name, description: after.description });
    return { result: { id: row.id, changed: true }, event: { resource: resourceOf(after), changes: { before: stateOf(row), after: stateOf(after) } } };
  },
});

/** Its members lose what they had by it, in the same moment. */
export const deleteGroup = defineChange({
  name: "groups.delete",
  needs: "groups:manage",
  records: "group_deleted",
  input: z.object({ groupId: thingRef }),
  async run(tx, { viewer: { organizationId } }, { groupId }) {
    // Whoever removes a member holds entries that go with the group, and waits for the head as well.
    await organizations.lock(tx, organizationId);
    const row = await lockGroup(tx, organizationId, groupId);
    const members = await groups.countMembers(tx, organizationId, row.id);
    const listed = await groups.get(tx, organizationId, { id: row.id });
    const objects = Object.fromEntries(sharedKinds.map(({ type, area }) => [area, listed?.objects[type] ?? 0]));
    await sharedObjects.lockInventory(tx, organizationId);
    await groups.remove(tx, organizationId, row.id);
    return { result: {}, event: { resource: resourceOf(row), changes: { before: stateOf(row), after: {} }, counts: { members, ...objects } } };
  },
});

export const addGroupMember = defineChange({
  name: "groups.addMember",
  needs: "groups:manage",
  records: "group_member_added",
  input: z.object({ groupId: thingRef, userId: memberRef }),
  async run(tx, { viewer: { organizationId } }, { groupId, userId }, platform) {
    const group = await lockGroup(tx, organizationId, groupId);
    const member = await holdMember(tx, organizationId, userId);
    demandPresent(member);
    const added = await groups.addMember(tx, { organizationId, groupId: group.id, userId: member.userId, createdAt: platform.now() });
    if (!added) return { result: { changed: false }, event: null };
    if ((await groups.countMembers(tx, organizationId, group.id)) > groupMembersMax)
      throw new Refusal("conflict", `A group has at most ${groupMembersMax} members. Make a second one for the others.`);
    return {
      result: { changed: true },
      event: { resource: resourceOf(group), related_resources: [asRelated(member)], changes: { before: { member: false }, after: { member: true } } },
    };
  },
});

export const removeGroupMember = defineChange({
  name: "groups.removeMember",
  needs: "groups:manage",
  records: "group_member_removed",
  input: z.object({ groupId: thingRef, userId: memberRef }),
  async run(tx, { viewer: { organizationId } }, { groupId, userId }) {
    const group = await lockGroup(tx, organizationId, groupId);
    const member = await holdMember(tx, organizationId, userId);
    if (!(await groups.removeMember(tx, organizationId, { groupId: group.id, userId: member.userId }))) return { result: { changed: false }, event: null };
    return {
      result: { changed: true },
      event: { resource: resourceOf(group), related_resources: [asRelated(member)], changes: { before: { member: true }, after: { member: false } } },
    };
  },
});

/** Another organization's group and one that does not exist get the same answer. */
export const noSuchGroup = (): Refusal => new Refusal("not_found", "There is no such group in this organization.");

async function lockGroup(tx: Tx, organizationId: string, ref: Ref): Promise<Group> {
  const row = await groups.lock(tx, organizationId, ref);
  if (!row) throw noSuchGroup();
  return row;
}

const taken = ({ name, externalId: external }: Pick<Group, "name" | "externalId">): Refusal =>
  external === null
    ? new Refusal("conflict", `There is a group named "${name}" already. Choose another name.`, "name")
    : new Refusal("conflict", `There is a group with the external id "${external}" already.`, "externalId");

const resourceOf = ({ id, name }: Pick<Group, "id" | "name">) => ({ type: "group", id, name });
const stateOf = ({ name, description, externalId: external }: Group) => ({ name, description, external_id: external });

const groupView = ({ id, name, description, externalId: external, createdBy, createdAt, members, objects }: ListedGroup) => ({
  id,
  name,
  description,
  externalId: external,
  createdBy: createdBy.name ?? createdBy.type,
  createdAt: createdAt.toISOString(),
  members,
  /** How many things of each type its members may use by it. */
  objects,
});
