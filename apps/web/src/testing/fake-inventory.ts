import type { inferOutput, Trpc } from "../trpc.ts";

type Objects = Trpc["collections"];
type Listed = inferOutput<Objects["list"]>["objects"][number];

const made = { externalId: null, createdBy: "Alice Chen", createdAt: "2026-11-03T09:00:00.000Z" };
const group = (id: string, name: string, members: number, objects: Record<string, number>) => ({ id, name, description: "", members, objects, ...made });
const groups: inferOutput<Trpc["groups"]["list"]>["groups"] = [
  group("g_1", "Analysts", 12, { collection: 3, connection: 2 }),
  { ...group("g_2", "Data stewards", 4, { collection: 1 }), description: "Look after what is sensitive", externalId: "grp-7" },
  group("g_3", "Contractors", 0, {}),
];
const object = (type: string, id: string, name: string, kind: string, members: number): Listed => ({
  ...made,
  id,
  type,
  name,
  description: "",
  kind,
  members,
  groups: 1,
});
const objects = {
  collections: [object("collection", "c_1", "Company metrics", "", 3), object("collection", "c_2", "Finance", "", 0)],
  connections: [object("connection", "k_1", "Snowflake production", "snowflake", 2), object("connection", "k_2", "Postgres replica", "postgres", 0)],
};
const person = (userId: string, name: string) => ({ userId, name, email: `${name.split(" ")[0]?.toLowerCase()}@company.com` });
const addedAt = "2026-11-04T09:00:00.000Z";
const page = { nextCursor: null };
const byGroup = { access: "query", by: "group", group: { id: "g_1", name: "Analysts" }, reason: "by group Analysts: Query" } as const;
const direct = { access: "manage", by: "member", group: null, reason: "given directly: Manage" } as const;

const named = <Row extends { id: string; name: string }>(rows: readonly Row[], input: unknown): Row[] => {
  const { containing = "" } = (input ?? {}) as { containing?: string };
  return rows.filter(({ name }) => name.toLowerCase().includes(containing.toLowerCase()));
};
const one = <Row extends { id: string }>(rows: readonly Row[], id: string | undefined): Row => {
  const found = rows.find((row) => row.id === id);
  if (!found) throw new Error("There is no such thing.");
  return found;
};

const objectAnswers = (area: keyof typeof objects, input: unknown): Record<string, () => unknown> => ({
  [`${area}.list`]: () => ({ objects: named(objects[area], input), ...page }) satisfies inferOutput<Objects["list"]>,
  [`${area}.get`]: () => one(objects[area], (input as { objectId?: string }).objectId) satisfies inferOutput<Objects["get"]>,
  [`${area}.members`]: () =>
    ({
      members: [
        { ...person("u_bob", "Bob Martin"), status: "active", access: "manage", addedAt },
        { ...person("u_eve", "Eve Adams"), status: "suspended", access: "view", addedAt },
      ],
      ...page,
    }) satisfies inferOutput<Objects["members"]>,
  [`${area}.groups`]: () =>
    ({ groups: [{ groupId: "g_1", name: "Analysts", access: "query", members: 12, addedAt }], ...page }) satisfies inferOutput<Objects["groups"]>,
  [`${area}.who`]: () =>
    ({
      users: [
        { ...person("u_alice", "Alice Chen"), role: "owner", ...byGroup },
        { ...person("u_bob", "Bob Martin"), role: "member", ...direct },
      ],
      total: 2,
      byDefault: "none",
      ...page,
    }) satisfies inferOutput<Objects["who"]>,
  [`${area}.create`]: () => ({ id: objects[area][0]?.id ?? "" }),
  [`${area}.update`]: () => ({ id: objects[area][0]?.id ?? "", changed: true }),
  [`${area}.delete`]: () => ({}),
  ...Object.fromEntries(
    ["addMember", "changeMemberAccess", "removeMember", "addGroup", "changeGroupAccess", "removeGroup"].map((act) => [
      `${area}.${act}`,
      () => ({ changed: true }),
    ]),
  ),
});

export const fakeInventoryAnswers = (input: unknown): Record<string, () => unknown> => ({
  "groups.list": () => ({ groups: named(groups, input), ...page }) satisfies inferOutput<Trpc["groups"]["list"]>,
  "groups.get": () => one(groups, (input as { groupId?: string }).groupId) satisfies inferOutput<Trpc["groups"]["get"]>,
  "groups.members": () =>
    ({
      members: [
        { ...person("u_alice", "Alice Chen"), status: "active", addedAt },
        { ...person("u_eve", "Eve Adams"), status: "suspended", addedAt },
      ],
      ...page,
    }) satisfies inferOutput<Trpc["groups"]["members"]>,
  "groups.access": () =>
    ({
      objects: [
        { id: "c_1", type: "collection", name: "Company metrics", access: "query" },
        { id: "k_1", type: "connection", name: "Snowflake production", access: "view" },
      ],
      ...page,
    }) satisfies inferOutput<Trpc["groups"]["access"]>,
  "groups.create": () => ({ id: "g_1" }),
  "groups.update": () => ({ id: "g_1", changed: true }),
  "groups.delete": () => ({}),
  "groups.addMember": () => ({ changed: true }),
  "groups.removeMember": () => ({ changed: true }),
  ...objectAnswers("collections", input),
  ...objectAnswers("connections", input),
  "access.people": () =>
    ({
      people: [
        { ...person("u_carla", "Carla Diaz"), status: "active" },
        { ...person("u_dan", "Dan Brown"), status: "active" },
      ],
      ...page,
    }) satisfies inferOutput<Trpc["access"]["people"]>,
  "access.mine": () =>
    ({
      member: { ...person("u_alice", "Alice Chen"), status: "active" },
      groups: [{ id: "g_1", name: "Analysts" }],
      uses: [{ id: "k_1", type: "connection", name: "Snowflake production", kind: "snowflake", ...byGroup }],
      ...page,
    }) satisfies inferOutput<Trpc["access"]["mine"]>,
  "access.default": () =>
    ({ access: "none", members: 14, withoutOwn: 12, objects: [{ type: "collection", count: 4 }] }) satisfies inferOutput<Trpc["access"]["default"]>,
  "access.setDefault": () => ({ changed: true }),
});
