import { effectiveAccess, roles, takesDefaultAccess } from "@daybook/policy";
import type { DefaultAccess, SharedKind } from "@daybook/policy";
import { sharedAccess, sharedObjects } from "@daybook/store";
import type { Executor, ListedObject, SharedObject } from "@daybook/store";
import { z } from "zod";
import { defineRead } from "../verb.ts";
import { noSuchObject } from "./entries.ts";
import { askedPage, cutPage, pageInput, thingRef } from "./refs.ts";
import type { Ref } from "./refs.ts";

const onObject = z.object({ objectId: thingRef });
const pageOfObject = pageInput.extend({ objectId: thingRef });

/** Everything that can be asked about one kind of shared object. */
export function sharedReads(kind: SharedKind) {
  const reading = { needs: kind.reads };
  const find = async (db: Executor, organizationId: string, ref: Ref): Promise<SharedObject> => {
    const row = await sharedObjects.find(db, organizationId, { type: kind.type, ...ref });
    if (!row) throw noSuchObject(kind);
    return row;
  };
  return {
    list: defineRead({
      ...reading,
      name: `${kind.area}.list`,
      input: pageInput.prefault({}),
      async run({ store }, { viewer: { organizationId } }, input) {
        const found = await sharedObjects.list(store.of(organizationId), organizationId, { type: kind.type, ...askedPage(input) });
        const { rows, nextCursor } = cutPage(found, input.limit, (row) => row);
        return { objects: rows.map(objectView), nextCursor };
      },
    }),

    get: defineRead({
      ...reading,
      name: `${kind.area}.get`,
      input: onObject,
      async run({ store }, { viewer: { organizationId } }, { objectId }) {
        const row = await sharedObjects.get(store.of(organizationId), organizationId, { type: kind.type, ...objectId });
        if (!row) throw noSuchObject(kind);
        return objectView(row);
      },
    }),

    /** Members with access of their own. */
    members: defineRead({
      ...reading,
      name: `${kind.area}.members`,
      input: pageOfObject,
      async run({ store }, { viewer: { organizationId } }, { objectId, ...page }) {
        const db = store.of(organizationId);
        const object = await find(db, organizationId, objectId);
        const found = await sharedAccess.listMembers(db, organizationId, { objectId: object.id, ...askedPage(page) });
        const { rows, nextCursor } = cutPage(found, page.limit, ({ name, userId }) => ({ name, id: userId }));
        return { members: rows.map((row) => ({ ...row, addedAt: row.addedAt.toISOString() })), nextCursor };
      },
    }),

    groups: defineRead({
      ...reading,
      name: `${kind.area}.groups`,
      input: pageOfObject,
      async run({ store }, { viewer: { organizationId } }, { objectId, ...page }) {
        const db = store.of(organizationId);
        const object = await find(db, organizationId, objectId);
        const found = await sharedAccess.listGroups(db, organizationId, { objectId: object.id, ...askedPage(page) });
        const { rows, nextCursor } = cutPage(found, page.limit, ({ name, groupId }) => ({ name, id: groupId }));
        return { groups: rows.map((row) => ({ ...row, addedAt: row.addedAt.toISOString() })), nextCursor };
      },
    }),

    /** Everybody who may use it, and why: directly, by a group, or by default. */
    who: defineRead({
      ...reading,
      name: `${kind.area}.who`,
      input: pageOfObject,
      async run({ store }, { viewer: { organizationId } }, { objectId, ...page }) {
        const db = store.of(organizationId);
        const object = await find(db, organizationId, objectId);
        const byDefault = await defaultFor(db, organizationId, kind);
        const defaultRoles = rolesWithDefault(byDefault);
        const [found, total] = await Promise.all([
          sharedAccess.usersOf(db, organizationId, { objectId: object.id, defaultRoles, ...askedPage(page) }),
          sharedAccess.countUsersOf(db, organizationId, { objectId: object.id, defaultRoles }),
        ]);
        const { rows, nextCursor } = cutPage(found, page.limit, ({ name, userId }) => ({ name, id: userId }));
        const users = rows.flatMap(({ userId, name, email, role, direct, groups }) => {
          const effective = effectiveAccess({ direct, groups, byDefault: defaultRoles.includes(role) ? byDefault : "none" });
          return effective === null ? [] : [{ userId, name, email, role, ...effective }];
        });
        return { users, total, byDefault, nextCursor };
      },
    }),
  };
}

/** What the workspace gives by default on one kind. */
export const defaultFor = async (db: Executor, organizationId: string, kind: SharedKind): Promise<DefaultAccess> =>
  kind.byDefault ? sharedAccess.defaultOf(db, organizationId) : "none";

const rolesWithDefault = (byDefault: DefaultAccess): readonly string[] => (byDefault === "none" ? [] : roles.filter(takesDefaultAccess));

const objectView = ({ id, type, name, description, kind, externalId, createdBy, createdAt, members, groups }: ListedObject) => ({
  id,
  type,
  name,
  description,
  kind,
  externalId,
  createdBy: createdBy.name ?? createdBy.type,
  createdAt: createdAt.toISOString(),
  members,
  groups,
});
