import type { Drill } from "./define-drill.ts";
import { fuzz } from "./fuzz.ts";
import { kill } from "./kill.ts";

export const drills = [fuzz, kill] as const satisfies readonly Drill[];
