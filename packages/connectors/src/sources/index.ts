import type { Source } from "../define-source.ts";
import { dbt } from "./dbt.ts";

/** Every source that Daybook has. The console's form, the verb and the conformance test read this list. */
export const sources = [dbt] as const satisfies readonly Source[];

export const sourceOf = (id: string): Source | undefined => sources.find((source) => source.id === id);
