import type { AlertKind } from "../define-alert-kind.ts";
import { permissionChanges } from "./permission-changes.ts";

export { permissionChanges };

/** Every alert kind. A new one is a file beside this one and a line here. */
export const alertKinds = [permissionChanges] as const satisfies readonly AlertKind[];

export const alertKindOf = (id: string): AlertKind | undefined => alertKinds.find((kind) => kind.id === id);
