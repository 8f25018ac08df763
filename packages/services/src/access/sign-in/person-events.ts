import type { KnownAction } from "@daybook/catalog";
import type { EventContext, EventInput } from "@daybook/event";
import { members } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { asDaybook } from "../../context.ts";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { record } from "../../record.ts";
import { actingMember, parseRole } from "../viewers.ts";
import type { Person } from "../viewers.ts";

export interface PersonEvent extends Omit<EventInput, "action"> {
  action: KnownAction;
}

export interface Concerning {
  person: Person;
  request: EventContext;
  /** Default: the person. `nobody_known` did not prove who they are. */
  by?: "nobody_known" | "daybook" | "operator";
  /** An organization whose log has it already, in other words. */
  but?: string;
  /** The one organization that it concerns, where it is not all of them. */
  only?: string | undefined;
}

/**
 * An account belongs to no organization, so what happens to it stands in the log of each that its person is a member of, demos aside. The transaction
 * is that of the change: no event, no change.
 */
export async function recordOfPerson(platform: Platform, tx: Tx, { person, request, by, but, only }: Concerning, event: PersonEvent): Promise<void> {
  for (const { id, role, demo } of await members.organizationsOf(tx, person.id)) {
    if (demo || id === but || (only !== undefined && id !== only)) continue;
    const context: Context =
      by === undefined
        ? { viewer: actingMember({ organizationId: id, role: parseRole(role), person }), origin: "interface", request }
        : { ...asDaybook(id, by === "operator" ? "Operator" : "Daybook"), origin: by === "nobody_known" ? "interface" : "automation", request };
    await record(platform, tx, context, {
      resource: { type: "user", id: person.id, name: person.email },
      ...event,
      ...(by === "nobody_known" && { actor: { type: "anonymous", name: "Anonymous" } }),
    });
  }
}
