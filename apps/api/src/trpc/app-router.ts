import { router } from "./init.ts";
import { accountRouter, sessionsRouter } from "./routers/account.ts";
import { incidentsRouter, rulesRouter } from "./routers/alerting.ts";
import { auditorsRouter } from "./routers/auditors.ts";
import { catalogRouter } from "./routers/catalog.ts";
import { demoRouter } from "./routers/demo.ts";
import { importsRouter, mappingsRouter } from "./routers/importing.ts";
import { casesRouter, reviewsRouter } from "./routers/investigations.ts";
import { accessRouter, groupsRouter, sharedRouters } from "./routers/inventory.ts";
import { invitationsRouter } from "./routers/invitations.ts";
import { mailboxRouter } from "./routers/delivery.ts";
import { eventsRouter } from "./routers/events.ts";
import { membersRouter } from "./routers/members.ts";
import { operationsRouter } from "./routers/operations.ts";
import { organizationRouter } from "./routers/organization.ts";
import { planRouter } from "./routers/plan.ts";
import { redactionRouter } from "./routers/redaction.ts";
import { reportsRouter } from "./routers/reporting.ts";
import { retentionRouter } from "./routers/retention.ts";
import { securityRouter, signInProvidersRouter } from "./routers/security.ts";
import { sessionRouter } from "./routers/session.ts";
import { setupRouter } from "./routers/setup.ts";
import { sourcesRouter } from "./routers/syncing.ts";
import { teamsRouter } from "./routers/teams.ts";
import { keysRouter, serviceUsersRouter, tokensRouter } from "./routers/tokens.ts";
import { linksRouter, viewsRouter } from "./routers/views.ts";

/** Everything that the console can ask. One line per area. */
export const appRouter = router({
  session: sessionRouter,
  sessions: sessionsRouter,
  account: accountRouter,
  setup: setupRouter,
  events: eventsRouter,
  auditors: auditorsRouter,
  cases: casesRouter,
  catalog: catalogRouter,
  groups: groupsRouter,
  ...sharedRouters,
  access: accessRouter,
  incidents: incidentsRouter,
  rules: rulesRouter,
  imports: importsRouter,
  mappings: mappingsRouter,
  invitations: invitationsRouter,
  mailbox: mailboxRouter,
  members: membersRouter,
  operations: operationsRouter,
  organization: organizationRouter,
  plan: planRouter,
  redaction: redactionRouter,
  reports: reportsRouter,
  reviews: reviewsRouter,
  retention: retentionRouter,
  security: securityRouter,
  signInProviders: signInProvidersRouter,
  sources: sourcesRouter,
  teams: teamsRouter,
  tokens: tokensRouter,
  keys: keysRouter,
  serviceUsers: serviceUsersRouter,
  views: viewsRouter,
  links: linksRouter,
  demo: demoRouter,
});

export type AppRouter = typeof appRouter;
