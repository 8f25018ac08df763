import type { EventRow } from "@daybook/event";
import { ActorChip, actorName } from "../../../../ui/actor-mark.tsx";
import type { CellFilter, Column } from "./column.ts";

/** People are found by their address, which stays when a name changes. */
function filter({ actor }: EventRow): CellFilter | null {
  const value = actor.email ?? actor.id ?? actor.name;
  return value === undefined ? { key: "actor_type", value: actor.type } : { key: "actor", value };
}

export const actorColumn: Column = {
  title: "Actor",
  width: 184,
  min: 84,
  text: ({ actor }) => actorName(actor),
  filter,
  plain: ({ row }) => ({ text: actorName(row.actor), className: "truncate pl-6" }),
  Cell: ({ row }) => <ActorChip actor={row.actor} />,
};

export const userColumn: Column = {
  title: "User",
  width: 190,
  min: 100,
  text: ({ actor }) => actor.email ?? actorName(actor),
  filter,
  plain: ({ row }) => {
    const user = row.actor.email ?? actorName(row.actor);
    return { text: user, className: "truncate", title: user };
  },
};
