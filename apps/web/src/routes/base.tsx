import { createRootRouteWithContext, createRoute, notFound, Outlet, redirect } from "@tanstack/react-router";
import { AppShell } from "../shell/app-shell.tsx";
import { NotFound } from "../shell/crash.tsx";
import { OrganizationProvider } from "../shell/organization.tsx";
import { currentSession } from "../shell/session.ts";
import { doorOf } from "../trpc.ts";
import { Toaster } from "../ui/toast.tsx";

export const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

export const rootRoute = createRootRouteWithContext()({
  component: () => (
    <>
      <Outlet />
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
