import { createRoute, createRouter, notFound, redirect } from "@tanstack/react-router";
import { operationStates, type OperationState } from "@daybook/event";
import { readCatalogSearch } from "./features/catalog/catalog-search.ts";
import { eventTabs, type EventTab } from "./features/logs/logs-search.ts";
import { accessRoutes, frontDoorRoutes } from "./routes/access.tsx";
import { isSetupNeeded, organizationRoute, rootRoute, text } from "./routes/base.tsx";
import { investigateRoutes } from "./routes/investigate.tsx";
import { Crash, NotFound } from "./shell/crash.tsx";
import { logTypeParams, readLogAddress } from "./routes/logs-address.ts";
import { pagePart } from "./routes/page-part.ts";
import { shortLinkRoute } from "./routes/short-link.tsx";
import { parseSearchText, printSearchText } from "./shell/search-text.ts";
import { currentSession, homeOrganization } from "./shell/session.ts";

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: async () => {
    const session = await currentSession();
    if (!session) throw redirect((await isSetupNeeded()) ? { to: "/setup" } : { to: "/sign-in" });
    const home = homeOrganization(session);
    if (!home) throw notFound();
    throw redirect({ to: "/o/$org/logs/$logType", params: { org: home.slug, logType: "activity" } });
  },
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  validateSearch: (search: Record<string, unknown>): { token?: string } => {
    const token = text(search["token"]);
    return token ? { token } : {};
  },
  beforeLoad: async () => {
    if (!(await isSetupNeeded())) throw redirect({ to: "/" });
  },
  component: pagePart(() => import("./features/setup/setup-page.tsx"), "SetupPage"),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string; problem?: string } => {
    const [next, problem] = [text(search["next"]), text(search["problem"])];
    return { ...(next && { next }), ...(problem && { problem }) };
  },
  component: pagePart(() => import("./features/sign-in/sign-in-page.tsx"), "SignInPage"),
});

const organizationHomeRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/o/$org/logs/$logType", params: { org: params.org, logType: "activity" } });
  },
});

const logsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/logs/$logType",
  params: logTypeParams,
  validateSearch: readLogAddress,
  component: pagePart(() => import("./features/logs/logs-page.tsx"), "LogsPage"),
});

const eventRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/events/$id",
  validateSearch: (search: Record<string, unknown>): { tab?: EventTab } => {
    const tab = eventTabs.find((each) => each === search["tab"]);
    return tab && tab !== "details" ? { tab } : {};
  },
  component: pagePart(() => import("./features/event/event-page.tsx"), "EventPage"),
});

const operationsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/operations",
  validateSearch: (search: Record<string, unknown>): { state?: Exclude<OperationState, "running">; operation?: string } => {
    const state = operationStates.find((each) => each === search["state"]);
    const operation = text(search["operation"]);
    return { ...(state && state !== "running" ? { state } : {}), ...(operation ? { operation } : {}) };
  },
  component: pagePart(() => import("./features/operations/operations-page.tsx"), "OperationsPage"),
});

/** `incident` and `act` are what the buttons of an alert mail say; the act still takes a click. */
interface IncidentsSearch {
  state?: "resolved";
  incident?: string;
  act?: "acknowledge";
}

const incidentsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/incidents",
  validateSearch: (search: Record<string, unknown>): IncidentsSearch => {
    const incident = text(search["incident"]);
    return {
      ...(search["state"] === "resolved" ? { state: "resolved" } : {}),
      ...(incident ? { incident } : {}),
      ...(incident && search["act"] === "acknowledge" ? { act: "acknowledge" } : {}),
    };
  },
  component: pagePart(() => import("./features/incidents/incidents-page.tsx"), "IncidentsPage"),
});

const alertsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/alerts",
  component: pagePart(() => import("./features/alerts/alerts-page.tsx"), "AlertsPage"),
});
const catalogRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/catalog",
  validateSearch: readCatalogSearch,
  component: pagePart(() => import("./features/catalog/catalog-page.tsx"), "CatalogPage"),
});
const integrationsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/integrations",
  component: pagePart(() => import("./features/integrations/integrations-page.tsx"), "IntegrationsPage"),
});
const importsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/imports",
  component: pagePart(() => import("./features/imports/imports-page.tsx"), "ImportsPage"),
});
const reportsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/reports",
  component: pagePart(() => import("./features/reports/reports-page.tsx"), "ReportsPage"),
});
const retentionRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/retention",
  component: pagePart(() => import("./features/retention/retention-page.tsx"), "RetentionPage"),
});

const mailboxRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/mailbox",
  validateSearch: (search: Record<string, unknown>): { mail?: string } => {
    const mail = text(search["mail"]);
    return mail ? { mail } : {};
  },
  component: pagePart(() => import("./features/mailbox/mailbox-page.tsx"), "MailboxPage"),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  setupRoute,
  signInRoute,
  ...frontDoorRoutes,
  shortLinkRoute,
  organizationRoute.addChildren([
    organizationHomeRoute,
    logsRoute,
    eventRoute,
    operationsRoute,
    incidentsRoute,
    alertsRoute,
    catalogRoute,
    integrationsRoute,
    importsRoute,
    reportsRoute,
    mailboxRoute,
    retentionRoute,
    ...accessRoutes,
    ...investigateRoutes,
  ]),
]);

export const createConsoleRouter = () =>
  createRouter({
    routeTree,
    parseSearch: parseSearchText,
    stringifySearch: printSearchText,
    // Without it, what a route's own reading of the search left out would reach its component all the same.
    search: { strict: true },
    defaultPreload: "intent",
    defaultPreloadDelay: 60,
    defaultErrorComponent: Crash,
    defaultNotFoundComponent: NotFound,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
