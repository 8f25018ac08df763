import type { ProcedureRow } from "../row.ts";
import { account } from "./account.ts";
import { console } from "./console.ts";
import { inventory } from "./inventory.ts";
import { investigations } from "./investigations.ts";
import { log } from "./log.ts";
import { people } from "./people.ts";
import { tokens } from "./tokens.ts";
import { views } from "./views.ts";

/** The reviewed table: every procedure of the console, who may call it, and with what. A procedure without a row fails the matrix. */
export const procedures: Record<string, ProcedureRow> = { ...account, ...console, ...inventory, ...investigations, ...log, ...people, ...tokens, ...views };
