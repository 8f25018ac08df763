import type { KnownAction } from "@daybook/catalog";
import type { Grant } from "../grants.ts";

/** What members and groups are given access to: one kind of thing in the inventory, as a value. */
export interface SharedKind {
  /** The type of its events' resource. */
  type: string;
  /** Its part of the API and of the console's address, and the first word of its verbs. */
  area: string;
  /** For sentences and headings. */
  noun: string;
  nouns: string;
  /** Who may see them and who may use them. */
  reads: Grant;
  manages: Grant;
  /** Whether members without access of their own have the default access of the workspace. */
  byDefault: boolean;
  /** What the documents call access to it: the name of the field in its events. */
  accessField: "access" | "role";
  /** What somebody may enter as its `kind`; any other text is taken as well. */
  suggestedKinds: readonly string[];
  actions: Record<SharedAct, KnownAction>;
}

/** What can happen to one of them, each with an action of its own. */
export const sharedActs = [
  "created",
  "updated",
  "deleted",
  "memberAdded",
  "memberAccessChanged",
  "memberRemoved",
  "groupAdded",
  "groupAccessChanged",
  "groupRemoved",
] as const;
export type SharedAct = (typeof sharedActs)[number];

export const defineSharedKind = <const K extends SharedKind>(kind: K): K => kind;
