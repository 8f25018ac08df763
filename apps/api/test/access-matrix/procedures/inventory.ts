import { audiences } from "../row.ts";
import type { ProcedureRow } from "../row.ts";

const { admins } = audiences;
const on = (input: NonNullable<ProcedureRow["input"]>, more: Partial<ProcedureRow> = {}): ProcedureRow => ({ may: admins, object: true, input, ...more });

const sharedKind = (kind: "collection" | "connection"): Record<string, ProcedureRow> => {
  const rows: Record<string, ProcedureRow> = {
    list: { may: admins },
    get: on((ids) => ({ objectId: ids[kind] })),
    members: on((ids) => ({ objectId: ids[kind] })),
    groups: on((ids) => ({ objectId: ids[kind] })),
    who: on((ids) => ({ objectId: ids[kind] })),
    create: { may: admins, input: () => ({ name: `A new ${kind}` }) },
    update: on((ids) => ({ objectId: ids[kind], name: "Renamed" })),
    delete: on((ids) => ({ objectId: ids[kind] })),
    addMember: on((ids) => ({ objectId: ids[kind], userId: ids.user, access: "view" })),
    // Nobody of these has access of their own yet, which is told like an object that is not there.
    changeMemberAccess: on((ids) => ({ objectId: ids[kind], userId: ids.user, access: "query" }), { passes: [404] }),
    removeMember: on((ids) => ({ objectId: ids[kind], userId: ids.user }), { passes: [404] }),
    addGroup: on((ids) => ({ objectId: ids[kind], groupId: ids.group, access: "view" })),
    changeGroupAccess: on((ids) => ({ objectId: ids[kind], groupId: ids.group, access: "query" }), { passes: [404] }),
    removeGroup: on((ids) => ({ objectId: ids[kind], groupId: ids.group }), { passes: [404] }),
  };
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [`${kind}s.${name}`, row]));
};

/** Groups, collections, connections, and who may use them. */
export const inventory: Record<string, ProcedureRow> = {
  "groups.list": { may: admins },
  "groups.get": on(({ group }) => ({ groupId: group })),
  "groups.members": on(({ group }) => ({ groupId: group })),
  "groups.access": on(({ group }) => ({ groupId: group })),
  "groups.create": { may: admins, input: () => ({ name: "A new group" }) },
  "groups.update": on(({ group }) => ({ groupId: group, name: "Renamed" })),
  "groups.delete": on(({ group }) => ({ groupId: group })),
  "groups.addMember": on(({ group, user }) => ({ groupId: group, userId: user })),
  "groups.removeMember": on(({ group, user }) => ({ groupId: group, userId: user }), { passes: [404] }),
  ...sharedKind("collection"),
  ...sharedKind("connection"),
  // A former member stays known by name, with nothing that they may use.
  "access.of": on(({ user }) => ({ userId: user }), {
    except: (persona, target) => (admins.who.includes(persona) && target === "deleted" ? "done" : undefined),
  }),
  "access.people": { may: admins },
  "access.default": { may: admins },
  "access.setDefault": { may: admins, input: () => ({ access: "view" }) },
};
