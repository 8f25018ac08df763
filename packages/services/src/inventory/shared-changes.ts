import { diff, Refusal } from "@daybook/event";
import { accessLevels } from "@daybook/policy";
import type { SharedKind } from "@daybook/policy";
import { organizations, sharedAccess, sharedObjects } from "@daybook/store";
import type { SharedObject } from "@daybook/store";
import { z } from "zod";
import { newId } from "../context.ts";
import { defineChange } from "../verb.ts";
import { eraseEntry, lockObject, openEntry, writeEntry } from "./entries.ts";
import type { SubjectRef } from "./entries.ts";
import { kindLengthMax, sharedObjectsMax } from "./limits.ts";
import { externalId, memberRef, named, thingRef } from "./refs.ts";

const kindText = z.string().trim().max(kindLengthMax);
const access = z.enum(accessLevels);
const onMember = z.object({ objectId: thingRef, userId: memberRef });
const onGroup = z.object({ objectId: thingRef, groupId: thingRef });
const memberOf = ({ userId }: z.output<typeof onMember>): SubjectRef => ({ member: userId });
const groupOf = ({ groupId }: z.output<typeof onGroup>): SubjectRef => ({ group: groupId });

/** Everything that changes one kind of shared object, or who may use it. */
export function sharedChanges(kind: SharedKind) {
  const change = { needs: kind.manages };
  return {
    create: defineChange({
      ...change,
      name: `${kind.area}.create`,
      records: kind.actions.created,
      input: z.object({
        name: named.name,
        description: named.description.default(""),
        kind: kindText.default(""),
        externalId: externalId.nullish(),
      }),
      async run(tx, { viewer }, input, platform) {
        const { organizationId } = viewer;
        await sharedObjects.lockInventory(tx, organizationId);
        if ((await sharedObjects.count(tx, organizationId, kind.type)) >= sharedObjectsMax)
          throw new Refusal("conflict", `An organization has at most ${sharedObjectsMax} ${kind.nouns}. Delete one that nobody needs any more.`);
        const row: SharedObject = {
          organizationId,
          id: newId(platform),
          type: kind.type,
          name: input.name,
          description: input.description,
          kind: input.kind,
          externalId: input.externalId ?? null,
          createdBy: viewer.actor,
          createdAt: platform.now(),
        };
        if (!(await sharedObjects.insert(tx, row))) throw taken(kind, row);
        return {
          result: { id: row.id },
          event: {
            resource: resourceOf(row),
            changes: { before: {}, after: stateOf(row) },
            ...(row.kind !== "" && { metadata: { kind: row.kind } }),
          },
        };
      },
    }),

    update: defineChange({
      ...change,
      name: `${kind.area}.update`,
      records: kind.actions.updated,
      input: z.object({ objectId: thingRef, name: named.name.optional(), description: named.description.optional(), kind: kindText.optional() }),
      async run(tx, { viewer: { organizationId } }, { objectId, ...input }) {
        const row = await lockObject(tx, organizationId, kind, objectId);
        const after = { ...row, name: input.name ?? row.name, description: input.description ?? row.description, kind: input.kind ?? row.kind };
        if (diff(stateOf(row), stateOf(after)).length === 0) return { result: { id: row.id, changed: false }, event: null };
        const wanted = { type: kind.type, name: after.name, except: row.id };
        // A name given at the same moment is seen here, and nobody else's insert waits for this transaction.
        await sharedObjects.lockInventory(tx, organizationId);
        if (row.externalId === null && (await sharedObjects.nameTaken(tx, organizationId, wanted))) throw taken(kind, after);
        await sharedObjects.update(tx, organizationId, { id: row.id, name: after.name, description: after.description, kind: after.kind });
        return { result: { id: row.id, changed: true }, event: { resource: resourceOf(after), changes: { before: stateOf(row), after: stateOf(after) } } };
      },
    }),

    /** Who could use it loses that in the same moment. */
    delete: defineChange({
      ...change,
      name: `${kind.area}.delete`,
      records: kind.actions.deleted,
      input: z.object({ objectId: thingRef }),
      async run(tx, { viewer: { organizationId } }, { objectId }) {
        // Whoever removes a member, or deletes a group, holds entries that go with it and waits for the head as well.
        await organizations.lock(tx, organizationId);
        const row = await lockObject(tx, organizationId, kind, objectId);
        const counts = await sharedAccess.count(tx, organizationId, row.id);
        await sharedObjects.lockInventory(tx, organizationId);
        await sharedObjects.remove(tx, organizationId, row.id);
        return { result: {}, event: { resource: resourceOf(row), changes: { before: stateOf(row), after: {} }, counts } };
      },
    }),

    addMember: addition(kind, { name: "addMember", records: kind.actions.memberAdded, input: onMember.extend({ access }), subjectOf: memberOf }),
    changeMemberAccess: changed(kind, {
      name: "changeMemberAccess",
      records: kind.actions.memberAccessChanged,
      input: onMember.extend({ access }),
      subjectOf: memberOf,
    }),
    removeMember: removal(kind, { name: "removeMember", records: kind.actions.memberRemoved, input: onMember, subjectOf: memberOf }),

    addGroup: addition(kind, { name: "addGroup", records: kind.actions.groupAdded, input: onGroup.extend({ access }), subjectOf: groupOf }),
    changeGroupAccess: changed(kind, {
      name: "changeGroupAccess",
      records: kind.actions.groupAccessChanged,
      input: onGroup.extend({ access }),
      subjectOf: groupOf,
    }),
    removeGroup: removal(kind, { name: "removeGroup", records: kind.actions.groupRemoved, input: onGroup, subjectOf: groupOf }),
  };
}

type ObjectId = z.output<typeof onMember>["objectId"];
type WithAccess = { objectId: ObjectId; access: z.output<typeof access> };

interface Act<Input, Raw> {
  name: string;
  records: SharedKind["actions"]["created"];
  input: z.ZodType<Input, Raw>;
  subjectOf: (input: Input) => SubjectRef;
}

const addition = <Input extends WithAccess, Raw>(kind: SharedKind, { name, records, input, subjectOf }: Act<Input, Raw>) =>
  defineChange({
    name: `${kind.area}.${name}`,
    needs: kind.manages,
    records,
    input,
    async run(tx, { viewer: { organizationId } }, asked, platform) {
      const entry = await openEntry(tx, organizationId, kind, { objectId: asked.objectId, subject: subjectOf(asked) });
      if (entry.was !== null && entry.was !== asked.access)
        throw new Refusal("conflict", `${entry.name} has access to this ${kind.noun} already: ${entry.was}. Change that instead.`);
      const event = await writeEntry(tx, organizationId, kind, { entry, access: asked.access, at: platform.now() });
      return { result: { changed: event !== null }, event };
    },
  });

const changed = <Input extends WithAccess, Raw>(kind: SharedKind, { name, records, input, subjectOf }: Act<Input, Raw>) =>
  defineChange({
    name: `${kind.area}.${name}`,
    needs: kind.manages,
    records,
    input,
    async run(tx, { viewer: { organizationId } }, asked, platform) {
      const entry = await openEntry(tx, organizationId, kind, { objectId: asked.objectId, subject: subjectOf(asked) });
      if (entry.was === null) throw new Refusal("not_found", `${entry.name} has no access of their own to this ${kind.noun}. Add them first.`);
      const event = await writeEntry(tx, organizationId, kind, { entry, access: asked.access, at: platform.now() });
      return { result: { changed: event !== null }, event };
    },
  });

const removal = <Input extends { objectId: ObjectId }, Raw>(kind: SharedKind, { name, records, input, subjectOf }: Act<Input, Raw>) =>
  defineChange({
    name: `${kind.area}.${name}`,
    needs: kind.manages,
    records,
    input,
    async run(tx, { viewer: { organizationId } }, asked) {
      const entry = await openEntry(tx, organizationId, kind, { objectId: asked.objectId, subject: subjectOf(asked) });
      const event = await eraseEntry(tx, organizationId, kind, entry);
      return { result: { changed: event !== null }, event };
    },
  });

const taken = ({ noun }: SharedKind, { name, externalId: external }: Pick<SharedObject, "name" | "externalId">): Refusal =>
  external === null
    ? new Refusal("conflict", `There is a ${noun} named "${name}" already. Choose another name.`, "name")
    : new Refusal("conflict", `There is a ${noun} with the external id "${external}" already.`, "externalId");

const resourceOf = ({ type, id, name }: Pick<SharedObject, "type" | "id" | "name">) => ({ type, id, name });
const stateOf = ({ name, description, kind, externalId: external }: SharedObject) => ({ name, description, kind, external_id: external });
