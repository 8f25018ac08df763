import type { Dialect } from "../define-dialect.ts";
import { cloudevents } from "./cloudevents.ts";
import { otlp } from "./otlp.ts";
import { retraced } from "./retraced.ts";
import { workos } from "./workos.ts";

/** Every write API of another product that Daybook answers to. The server mounts, and the conformance test holds, what stands in this list. */
export const dialects = [cloudevents, otlp, retraced, workos] as const satisfies readonly Dialect[];
