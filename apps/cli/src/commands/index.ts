import { catalog } from "./catalog.ts";
import type { Command, OfflineCommand } from "./define-command.ts";
import { demoLoad } from "./demo-load.ts";
import { demoRemove } from "./demo-remove.ts";
import { errors } from "./errors.ts";
import { importFile } from "./import-file.ts";
import { importList } from "./import-list.ts";
import { importUndo } from "./import-undo.ts";
import { tokenCreate } from "./token-create.ts";

/** A longer name stands before one that begins with it. */
export const commands = [importList, importUndo, importFile, tokenCreate, demoLoad, demoRemove, catalog, errors] as const satisfies readonly (
  | Command
  | OfflineCommand
)[];
