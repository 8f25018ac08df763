import { router } from "./init.ts";
import { incidentsRouter, rulesRouter } from "./routers/alerting.ts";
import { catalogRouter } from "./routers/catalog.ts";
import { demoRouter } from "./routers/demo.ts";
import { importsRouter, mappingsRouter } from "./routers/importing.ts";
import { mailboxRouter } from "./routers/delivery.ts";
import { eventsRouter } from "./routers/events.ts";
import { operationsRouter } from "./routers/operations.ts";
import { redactionRouter } from "./routers/redaction.ts";
import { reportsRouter } from "./routers/reporting.ts";
import { retentionRouter } from "./routers/retention.ts";
import { sessionRouter } from "./routers/session.ts";
import { setupRouter } from "./routers/setup.ts";
import { sourcesRouter } from "./routers/syncing.ts";
import { tokensRouter } from "./routers/tokens.ts";

/** Everything that the console can ask. One line per area. */
export const appRouter = router({
  session: sessionRouter,
  setup: setupRouter,
  events: eventsRouter,
  catalog: catalogRouter,
  incidents: incidentsRouter,
  rules: rulesRouter,
  imports: importsRouter,
  mappings: mappingsRouter,
  mailbox: mailboxRouter,
  operations: operationsRouter,
  redaction: redactionRouter,
  reports: reportsRouter,
  retention: retentionRouter,
  sources: sourcesRouter,
  tokens: tokensRouter,
  demo: demoRouter,
});

export type AppRouter = typeof appRouter;
