import type { Command } from "./define-command.ts";
import { demoLoad } from "./demo-load.ts";
import { demoRemove } from "./demo-remove.ts";
import { importFile } from "./import-file.ts";
import { tokenCreate } from "./token-create.ts";

export const commands = [importFile, tokenCreate, demoLoad, demoRemove] as const satisfies readonly Command[];
