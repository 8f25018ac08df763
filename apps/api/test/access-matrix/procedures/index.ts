import type { ProcedureRow } from "../row.ts";
import { account } from "./account.ts";
import { console } from "./console.ts";
import { inventory } from "./inventory.ts";
import { log } from "./log.ts";
import { people } from "./people.ts";
import { tokens } from "./tokens.ts";

/** The reviewed table: every procedure of the console, who may call it, and with what. A procedure without a row fails the matrix. */
export const procedures: Record<string, ProcedureRow> = { ...account, ...console, ...inventory, ...log, ...people, ...tokens };
