import type { Namespace } from "../define-events.ts";
import { alerts } from "./alerts.ts";
import { apiTokens } from "./api-tokens.ts";
import { collections } from "./collections.ts";
import { configuration } from "./configuration.ts";
import { connections } from "./connections.ts";
import { dashboards } from "./dashboards.ts";
import { dataProducts } from "./data-products.ts";
import { dataStores } from "./data-stores.ts";
import { dataStructures } from "./data-structures.ts";
import { databases } from "./databases.ts";
import { experiments } from "./experiments.ts";
import { exports } from "./exports.ts";
import { functions } from "./functions.ts";
import { groups } from "./groups.ts";
import { integrations } from "./integrations.ts";
import { investigations } from "./investigations.ts";
import { keys } from "./keys.ts";
import { metadata } from "./metadata.ts";
import { monitors } from "./monitors.ts";
import { notebooks } from "./notebooks.ts";
import { organization } from "./organization.ts";
import { organizationVariables } from "./organization-variables.ts";
import { permissions } from "./permissions.ts";
import { pipelines } from "./pipelines.ts";
import { queries } from "./queries.ts";
import { redaction } from "./redaction.ts";
import { reportActivity } from "./report-activity.ts";
import { reports } from "./reports.ts";
import { retention } from "./retention.ts";
import { scenarios } from "./scenarios.ts";
import { serviceUsers } from "./service-users.ts";
import { spaces } from "./spaces.ts";
import { syncs } from "./syncs.ts";
import { tables } from "./tables.ts";
import { teamVariables } from "./team-variables.ts";
import { teams } from "./teams.ts";
import { tests } from "./tests.ts";
import { users } from "./users.ts";
import { views } from "./views.ts";
import { webhooks } from "./webhooks.ts";

export const namespaces = [
  users,
  groups,
  teams,
  teamVariables,
  permissions,
  serviceUsers,
  organization,
  organizationVariables,
  apiTokens,
  keys,
  collections,
  connections,
  dataProducts,
  spaces,
  pipelines,
  scenarios,
  webhooks,
  functions,
  dataStores,
  dataStructures,
  notebooks,
  dashboards,
  experiments,
  databases,
  tables,
  queries,
  exports,
  reportActivity,
  reports,
  alerts,
  investigations,
  tests,
  monitors,
  configuration,
  metadata,
  integrations,
  syncs,
  redaction,
  retention,
  views,
] as const satisfies readonly Namespace[];

type Known<N> = N extends { events: infer E } ? keyof E & string : never;
/** Every action of the catalog; what Daybook writes itself is among them. */
export type KnownAction = Known<(typeof namespaces)[number]>;
