import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterContextProvider } from "@tanstack/react-router";
import { grants, type Grant } from "@daybook/policy";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { printSearchText } from "../shell/search-text.ts";
import { OrganizationProvider } from "../shell/organization.tsx";

const organization = {
  id: "0193aaaa-0000-7000-8000-000000000001",
  name: "Acme",
  slug: "acme",
  timeZone: "Europe/Paris",
  demo: false,
  role: "owner" as const,
  grants: Object.keys(grants) as Grant[],
  without: [],
  teams: [],
  formerSlugs: [],
  barred: null,
};
const session = { user: { id: "u_alice", name: "Alice Chen", email: "alice@company.com" }, organizations: [organization] };

// The addresses that links of a part lead to; nothing is loaded behind them.
const root = createRootRoute();
const paths = ["/o/$org/logs/$logType", "/o/$org/teams/$team/logs/$logType", "/o/$org/events/$id", "/o/$org/operations"];
const router = createRouter({
  routeTree: root.addChildren(paths.map((path) => createRoute({ getParentRoute: () => root, path }))),
  history: createMemoryHistory(),
  stringifySearch: printSearchText,
});
await router.load();

/** A part of the console as it stands under an organization, as text. */
export const htmlInConsole = (part: ReactNode): string =>
  renderToStaticMarkup(
    <RouterContextProvider router={router as never}>
      <OrganizationProvider organization={organization} session={session}>
        {part}
      </OrganizationProvider>
    </RouterContextProvider>,
  );
