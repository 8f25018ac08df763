import { accessLevels, defaultAccesses, sharedTypes } from "@daybook/policy";
import { inventoryPageDefault, inventoryPageMax, memberRef, thingRef } from "@daybook/services";
import { z } from "zod";
import { digits } from "../schemas.ts";

/** What the inventory's routes take and give. */

const access = z.enum(accessLevels);
const refText = z
  .string()
  .refine((text) => thingRef.safeParse(text).success, "must be an id, or `external:` and the id in your product")
  .describe("Daybook's id, or `external:` and the id that your product gave it.");
const userText = z
  .string()
  .refine((text) => memberRef.safeParse(text).success, "must be the id or the e-mail address of a member")
  .describe("The user's id or e-mail address.");

export const onGroup = z.object({ group: refText });
export const groupAndUser = onGroup.extend({ user: userText });
export const onObject = z.object({ id: refText });
export const objectAndUser = onObject.extend({ user: userText });
export const objectAndGroup = onObject.extend({ group: refText });
export const onUser = z.object({
  user: z
    .string()
    .refine((text) => text === "me" || memberRef.safeParse(text).success, "must be the id or the e-mail address of a member, or `me`")
    .describe("The user's id or e-mail address; with a member's key `me`."),
});

export const pageQuery = z.strictObject({
  q: z.string().max(100).optional().describe("Part of the name."),
  limit: digits(3, 1, inventoryPageMax).optional().describe(`Rows in one answer, up to ${inventoryPageMax}. Default ${inventoryPageDefault}.`),
  cursor: z.string().max(1_000).optional().describe("The `next_cursor` of the page before."),
});
export type PageQuery = z.infer<typeof pageQuery>;
export const usesQuery = pageQuery.extend({ type: z.enum(sharedTypes).optional().describe("Only things of this type.") });
export const askedPage = ({ q, limit, cursor }: PageQuery) => ({ containing: q, limit, cursor });

const nextCursor = z.string().nullable().describe("Null on the last page.");
const moment = z.iso.datetime();
const externalId = z.string().nullable().describe("What your product calls it.");

export const made = z.object({ id: z.uuid() });
export const done = z.null().describe("So it is, now or before.");

export const newGroup = z
  .strictObject({ name: z.string(), description: z.string().optional(), external_id: z.string().optional() })
  .meta({ id: "NewGroup", examples: [{ name: "Data team", external_id: "grp-7" }] });
export const groupChange = z.strictObject({ name: z.string().optional(), description: z.string().optional() }).meta({ id: "GroupChange" });
export const group = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string(),
    external_id: externalId,
    members: z.int().describe("Active members."),
    objects: z.record(z.string(), z.int()).describe("How many things of each type its members may use by it."),
    created_by: z.string(),
    created_at: moment,
  })
  .meta({ id: "Group" });
export const groupList = z.object({ groups: z.array(group), next_cursor: nextCursor });
export const groupMembers = z.object({
  members: z.array(z.object({ user_id: z.uuid(), name: z.string(), email: z.string(), status: z.enum(["active", "suspended", "removed"]), added_at: moment })),
  next_cursor: nextCursor,
});
export const groupAccess = z.object({
  objects: z.array(z.object({ type: z.enum(sharedTypes), id: z.uuid(), name: z.string(), access })),
  next_cursor: nextCursor,
});

export const newObject = z
  .strictObject({ name: z.string(), description: z.string().optional(), kind: z.string().optional(), external_id: z.string().optional() })
  .meta({ id: "NewSharedObject", examples: [{ name: "Warehouse", kind: "snowflake", external_id: "conn-12" }] });
export const objectChange = z
  .strictObject({ name: z.string().optional(), description: z.string().optional(), kind: z.string().optional() })
  .meta({ id: "SharedObjectChange" });
export const object = z
  .object({
    id: z.uuid(),
    type: z.enum(sharedTypes),
    name: z.string(),
    description: z.string(),
    kind: z.string().describe("What it is in its product, such as `snowflake`; empty where nobody said."),
    external_id: externalId,
    members: z.int().describe("Members with access of their own."),
    groups: z.int().describe("Groups with access."),
    created_by: z.string(),
    created_at: moment,
  })
  .meta({ id: "SharedObject" });
export const objectListOf = (area: string) => z.object({ [area]: z.array(object), next_cursor: nextCursor });
export const accessBody = z.strictObject({ access }).meta({ id: "AccessBody", examples: [{ access: "query" }] });
export const objectMembers = z.object({
  members: z.array(
    z.object({ user_id: z.uuid(), name: z.string(), email: z.string(), status: z.enum(["active", "suspended", "removed"]), access, added_at: moment }),
  ),
  next_cursor: nextCursor,
});
export const objectGroups = z.object({
  groups: z.array(z.object({ group_id: z.uuid(), name: z.string(), access, members: z.int(), added_at: moment })),
  next_cursor: nextCursor,
});

const why = {
  access,
  by: z.enum(["member", "group", "default"]).describe("What gives it: the member's own entry, a group, or the default of the workspace."),
  group: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  reason: z.string(),
};
const defaultAccess = z.enum(defaultAccesses);
export const whoAnswer = z.object({
  users: z.array(z.object({ user_id: z.uuid(), name: z.string(), email: z.string(), ...why })),
  total: z.int(),
  default_access: defaultAccess,
  next_cursor: nextCursor,
});
export const usesAnswer = z.object({
  member: z.object({ user_id: z.uuid(), name: z.string(), email: z.string(), status: z.enum(["active", "suspended", "removed"]) }),
  groups: z.array(z.object({ id: z.uuid(), name: z.string() })),
  uses: z.array(z.object({ type: z.enum(sharedTypes), id: z.uuid(), name: z.string(), kind: z.string(), ...why })),
  next_cursor: nextCursor,
});
export const defaultBody = z.strictObject({ access: defaultAccess }).meta({ id: "DefaultAccessBody", examples: [{ access: "view" }] });
export const defaultAnswer = z.object({
  access: defaultAccess,
  members: z.int().describe("Active members who take part in it."),
  members_without_own_access: z.int().describe("Of them, those who have access of their own to nothing."),
  objects: z.record(z.string(), z.int()).describe("How many things of each type it is about."),
});
