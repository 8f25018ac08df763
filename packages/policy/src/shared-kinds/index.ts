import { collection } from "./collection.ts";
import { connection } from "./connection.ts";
import type { SharedKind } from "./define-shared-kind.ts";

/** Every kind of thing that the inventory holds. Verbs, procedures, routes and screens are made of this list. */
export const sharedKinds = [collection, connection] as const satisfies readonly SharedKind[];

export type SharedType = (typeof sharedKinds)[number]["type"];
export type SharedArea = (typeof sharedKinds)[number]["area"];
export const sharedTypes: readonly SharedType[] = sharedKinds.map(({ type }) => type);

export { collection, connection };
export { sharedActs } from "./define-shared-kind.ts";
export type { SharedKind } from "./define-shared-kind.ts";
