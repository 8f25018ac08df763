import { catalog } from "./catalog.ts";
import type { Command, OfflineCommand } from "./define-command.ts";
import { demoLoad } from "./demo-load.ts";
import { demoRemove } from "./demo-remove.ts";
import { importFile } from "./import-file.ts";
import { tokenCreate } from "./token-create.ts";

export const commands = [importFile, tokenCreate, demoLoad, demoRemove, catalog] as const satisfies readonly (Command | OfflineCommand)[];
