import type { Drill } from "./define-drill.ts";
import { fuzz } from "./fuzz.ts";
import { kill } from "./kill.ts";
import { tokens } from "./tokens.ts";

export const drills = [fuzz, kill, tokens] as const satisfies readonly Drill[];
