import { createRoute, redirect } from "@tanstack/react-router";
import { readInventorySearch } from "../features/inventory/inventory-search.ts";
import { organizationRoute, rootRoute } from "./base.tsx";
import { pagePart } from "./page-part.ts";
import { logTypeParams, readLogAddress, readTeamLogAddress } from "./logs-address.ts";

/** People, what they belong to and what they may use; settings; one's own account. */
const organizationAreaRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/organization",
  component: pagePart(() => import("../features/organization/organization-area.tsx"), "OrganizationArea"),
});
const organizationAreaHome = createRoute({
  getParentRoute: () => organizationAreaRoute,
  path: "/",
  beforeLoad: ({ params, context }) => {
    const to = context.organization.grants.includes("members:read") ? "/o/$org/organization/members" : "/o/$org/organization/teams";
    throw redirect({ to, params: { org: params.org } });
  },
});
const membersRoute = createRoute({
  getParentRoute: () => organizationAreaRoute,
  path: "/members",
  component: pagePart(() => import("../features/members/members-page.tsx"), "MembersPage"),
});
const teamsRoute = createRoute({
  getParentRoute: () => organizationAreaRoute,
  path: "/teams",
  component: pagePart(() => import("../features/teams/teams-page.tsx"), "TeamsPage"),
});
const groupsRoute = createRoute({
  getParentRoute: () => organizationAreaRoute,
  path: "/groups",
  validateSearch: readInventorySearch,
  component: pagePart(() => import("../features/groups/groups-page.tsx"), "GroupsPage"),
});
const collectionsRoute = createRoute({
  getParentRoute: () => organizationAreaRoute,
  path: "/collections",
  validateSearch: readInventorySearch,
  component: pagePart(() => import("../features/collections/collections-page.tsx"), "CollectionsPage"),
});
const connectionsRoute = createRoute({
  getParentRoute: () => organizationAreaRoute,
  path: "/connections",
  validateSearch: readInventorySearch,
  component: pagePart(() => import("../features/connections/connections-page.tsx"), "ConnectionsPage"),
});
const auditorsRoute = createRoute({
  getParentRoute: () => organizationAreaRoute,
  path: "/auditors",
  component: pagePart(() => import("../features/auditors/auditors-page.tsx"), "AuditorsPage"),
});
const serviceUsersRoute = createRoute({
  getParentRoute: () => organizationAreaRoute,
  path: "/service-users",
  component: pagePart(() => import("../features/service-users/service-users-page.tsx"), "ServiceUsersPage"),
});
const organizationLogsRoute = createRoute({
  getParentRoute: () => organizationAreaRoute,
  path: "/audit-logs/$logType",
  params: logTypeParams,
  validateSearch: readLogAddress,
  component: pagePart(() => import("../features/organization/organization-logs.tsx"), "OrganizationLogs"),
});
const teamRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/teams/$team",
  component: pagePart(() => import("../features/teams/team-area.tsx"), "TeamArea"),
});
const teamHomeRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: "/",
  component: pagePart(() => import("../features/teams/team-members.tsx"), "TeamMembers"),
});
const teamLogsRoute = createRoute({
  getParentRoute: () => teamRoute,
  path: "/logs/$logType",
  params: logTypeParams,
  validateSearch: readTeamLogAddress,
  component: pagePart(() => import("../features/teams/team-logs.tsx"), "TeamLogs"),
});
const settingsRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/settings",
  component: pagePart(() => import("../features/settings/settings-area.tsx"), "SettingsArea"),
});
const settingsHome = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/o/$org/settings/general", params });
  },
});
const generalRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/general",
  component: pagePart(() => import("../features/settings/general-page.tsx"), "GeneralPage"),
});
const securityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/security",
  component: pagePart(() => import("../features/security/security-page.tsx"), "SecurityPage"),
});
const planRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/plan",
  component: pagePart(() => import("../features/plan/plan-page.tsx"), "PlanPage"),
});
const redactionRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/redaction",
  component: pagePart(() => import("../features/redaction/redaction-page.tsx"), "RedactionPage"),
});
const tokensRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/tokens",
  component: pagePart(() => import("../features/tokens/tokens-page.tsx"), "TokensPage"),
});
/** The way to the log that starts at the settings: it ends at the one explorer. */
const settingsLogRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/security/audit-log",
  component: pagePart(() => import("../features/security/audit-log-door.tsx"), "AuditLogDoor"),
});
const accountRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/account",
  component: pagePart(() => import("../features/account/account-page.tsx"), "AccountPage"),
});
const preferencesRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: "/preferences",
  component: pagePart(() => import("../features/preferences/preferences-page.tsx"), "PreferencesPage"),
});
const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invite/$token",
  component: pagePart(() => import("../features/invite/invite-page.tsx"), "InvitePage"),
});
const forgotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/forgot-password",
  component: pagePart(() => import("../features/sign-in/forgot-password-page.tsx"), "ForgotPasswordPage"),
});
const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reset-password/$token",
  component: pagePart(() => import("../features/sign-in/reset-password-page.tsx"), "ResetPasswordPage"),
});

export const accessRoutes = [
  organizationAreaRoute.addChildren([
    organizationAreaHome,
    membersRoute,
    teamsRoute,
    groupsRoute,
    collectionsRoute,
    connectionsRoute,
    auditorsRoute,
    serviceUsersRoute,
    organizationLogsRoute,
  ]),
  teamRoute.addChildren([teamHomeRoute, teamLogsRoute]),
  settingsRoute.addChildren([settingsHome, generalRoute, securityRoute, settingsLogRoute, planRoute, redactionRoute, tokensRoute]),
  accountRoute,
  preferencesRoute,
] as const;

export const frontDoorRoutes = [inviteRoute, forgotRoute, resetRoute] as const;
