import { createRootRouteWithContext, createRoute, notFound, Outlet, redirect } from "@tanstack/react-router";
import { AppShell } from "../shell/app-shell.tsx";
import { NotFound } from "../shell/crash.tsx";
import { OrganizationProvider } from "../shell/organization.tsx";
import { SessionEnded } from "../shell/session-ended.tsx";
import { currentSession } from "../shell/session.ts";
import { doorOf } from "../trpc.ts";
import { Toaster } from "../ui/toast.tsx";

export const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

export const rootRoute = createRootRouteWithContext()({
  component: () => (
    <>
      <Outlet />
      <SessionEnded />
      <Toaster />
    </>
  ),
  notFoundComponent: NotFound,
});

export const isSetupNeeded = async (): Promise<boolean> => (await doorOf(null).client.setup.status.query()).needed;

/** Everything of one organization stands under it. */
export const organizationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/o/$org",
  beforeLoad: async ({ params, location }) => {
    const session = await currentSession();
    if (!session) throw redirect((await isSetupNeeded()) ? { to: "/setup" } : { to: "/sign-in", search: { next: location.href } });
    const organization = session.organizations.find(({ slug }) => slug === params.org);
    // A link from before the organization had another name.
    const renamed = organization ?? session.organizations.find(({ formerSlugs }) => formerSlugs.includes(params.org));
    if (renamed && renamed !== organization) throw redirect({ href: location.href.replace(`/o/${params.org}`, `/o/${renamed.slug}`), replace: true });
    if (!organization) throw notFound();
    return { session, organization };
  },
  notFoundComponent: NotFound,
  component: function OrganizationLayout() {
    const { session, organization } = organizationRoute.useRouteContext();
    return (
      <OrganizationProvider key={organization.id} session={session} organization={organization}>
        <AppShell />
      </OrganizationProvider>
    );
  },
});
