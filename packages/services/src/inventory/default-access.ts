import { defaultAccesses, roles, sharedKinds, takesDefaultAccess } from "@daybook/policy";
import { organizations, sharedAccess, sharedObjects } from "@daybook/store";
import { z } from "zod";
import { defineChange, defineRead } from "../verb.ts";

const kindsByDefault = sharedKinds.filter(({ byDefault }) => byDefault);

/** What members without access of their own have, and whom a change would touch. */
export const getDefaultAccess = defineRead({
  name: "defaultAccess.get",
  needs: "collections:read",
  input: z.object({}).optional(),
  async run({ store }, { viewer: { organizationId } }) {
    const db = store.of(organizationId);
    const touched = { roles: roles.filter(takesDefaultAccess), types: kindsByDefault.map(({ type }) => type) };
    const [access, { members, withoutOwn }, objects] = await Promise.all([
      sharedAccess.defaultOf(db, organizationId),
      sharedAccess.countWithoutOwn(db, organizationId, touched),
      Promise.all(kindsByDefault.map(async ({ type }) => ({ type, count: await sharedObjects.count(db, organizationId, type) }))),
    ]);
    return {
      access,
      /** Active members who take part in it. */
      members,
      /** Of them, those who have access of their own to nothing. */
      withoutOwn,
      objects,
    };
  },
});

export const setDefaultAccess = defineChange({
  name: "defaultAccess.set",
  needs: "collections:manage",
  records: "workspace_default_access_changed",
  input: z.object({ access: z.enum(defaultAccesses) }),
  async run(tx, { viewer: { organizationId } }, { access }) {
    const organization = await organizations.lock(tx, organizationId);
    const before = await sharedAccess.defaultOf(tx, organizationId);
    if (before === access) return { result: { changed: false }, event: null };
    await sharedAccess.setDefault(tx, organizationId, access);
    return {
      result: { changed: true },
      event: {
        resource: { type: "organization", id: organizationId, ...(organization && { name: organization.name }) },
        changes: { before: { access: before }, after: { access } },
      },
    };
  },
});
