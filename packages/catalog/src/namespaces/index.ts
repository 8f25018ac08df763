import type { Namespace } from "../define-events.ts";
import { alerts } from "./alerts.ts";
import { apiTokens } from "./api-tokens.ts";
import { organization } from "./organization.ts";
import { reports } from "./reports.ts";
import { retention } from "./retention.ts";
import { syncs } from "./syncs.ts";
import { users } from "./users.ts";

export const namespaces = [users, organization, apiTokens, alerts, syncs, reports, retention] as const satisfies readonly Namespace[];

type Known<N> = N extends { events: infer E } ? keyof E & string : never;
/** Every action that Daybook itself can write. */
export type KnownAction = Known<(typeof namespaces)[number]>;
