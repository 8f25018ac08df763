import type { Drill } from "./define-drill.ts";
import { fuzz } from "./fuzz.ts";

export const drills = [fuzz] as const satisfies readonly Drill[];
