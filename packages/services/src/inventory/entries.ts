import { Refusal } from "@daybook/event";
import type { Access, SharedKind } from "@daybook/policy";
import { groups, sharedAccess, sharedObjects } from "@daybook/store";
import type { SharedObject, Tx } from "@daybook/store";
import type { z } from "zod";
import type { Recorded } from "../verb.ts";
import { noSuchGroup } from "./groups.ts";
import { accessEntriesMax } from "./limits.ts";
import { asRelated, demandPresent, holdMember } from "./refs.ts";
import type { memberRef, Ref } from "./refs.ts";

/** Who is given access: a member, or a group with whoever is in it. */
export type SubjectRef = { member: z.output<typeof memberRef> } | { group: Ref };

/** One entry of access, held until the transaction ends: nobody else changes who may use the object meanwhile. */
export interface OpenEntry {
  object: SharedObject;
  subject: { userId: string } | { groupId: string };
  /** The subject's name. */
  name: string;
  related: { type: string; id: string; name: string };
  /** What stands. */
  was: Access | null;
  present: () => void;
}

/** Opens the entry of a subject on an object, whether it stands or not. */
export async function openEntry(
  tx: Tx,
  organizationId: string,
  kind: SharedKind,
  { objectId, subject: ref }: { objectId: Ref; subject: SubjectRef },
): Promise<OpenEntry> {
  const object = await lockObject(tx, organizationId, kind, objectId);
  if ("member" in ref) {
    const member = await holdMember(tx, organizationId, ref.member);
    const subject = { userId: member.userId };
    const was = await sharedAccess.find(tx, organizationId, object.id, subject);
    return { object, subject, name: member.name, related: asRelated(member), was, present: () => demandPresent(member) };
  }
  const group = await groups.lock(tx, organizationId, ref.group, "share");
  if (!group) throw noSuchGroup();
  const subject = { groupId: group.id };
  const was = await sharedAccess.find(tx, organizationId, object.id, subject);
  return { object, subject, name: group.name, related: { type: "group", id: group.id, name: group.name }, was, present: () => undefined };
}

/** Writes an entry and says what its event says; nothing to say where it stands already. */
export async function writeEntry(
  tx: Tx,
  organizationId: string,
  kind: SharedKind,
  { entry, access, at }: { entry: OpenEntry; access: Access; at: Date },
): Promise<Recorded | null> {
  const { object, subject, was } = entry;
  if (was === access) return null;
  if (was === null) {
    entry.present();
    const { members, groups: groupCount } = await sharedAccess.count(tx, organizationId, object.id);
    if (("userId" in subject ? members : groupCount) >= accessEntriesMax)
      throw new Refusal(
        "conflict",
        `At most ${accessEntriesMax} ${"userId" in subject ? "members" : "groups"} can have access of their own to one ${kind.noun}.`,
      );
  }
  await sharedAccess.put(tx, organizationId, object.id, { subject, access, at });
  return told(kind, entry, access);
}

export async function eraseEntry(tx: Tx, organizationId: string, kind: SharedKind, entry: OpenEntry): Promise<Recorded | null> {
  if (entry.was === null) return null;
  await sharedAccess.remove(tx, organizationId, entry.object.id, entry.subject);
  return told(kind, entry, null);
}

const told = (kind: SharedKind, { object, related, was }: OpenEntry, access: Access | null): Recorded => ({
  resource: { type: kind.type, id: object.id, name: object.name },
  related_resources: [related],
  changes: { before: was === null ? {} : { [kind.accessField]: was }, after: access === null ? {} : { [kind.accessField]: access } },
  ...(access !== null && { metadata: { [kind.accessField]: access } }),
});

export async function lockObject(tx: Tx, organizationId: string, kind: SharedKind, ref: Ref): Promise<SharedObject> {
  const row = await sharedObjects.lock(tx, organizationId, { type: kind.type, ...ref });
  if (!row) throw noSuchObject(kind);
  return row;
}

/** Another organization's object and one that does not exist get the same answer. */
export const noSuchObject = ({ noun }: SharedKind): Refusal => new Refusal("not_found", `There is no such ${noun} in this organization.`);
