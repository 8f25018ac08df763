import { createRoute, redirect } from "@tanstack/react-router";
import { currentSession } from "../shell/session.ts";
import { rootRoute } from "./base.tsx";
import { pagePart } from "./page-part.ts";

/** A short link puts the address that it stands for in its own place, so that going back does not come here again. */
export const shortLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/s/$id",
  loader: async ({ params, location }) => {
    const session = await currentSession();
    if (!session) throw redirect({ to: "/sign-in", search: { next: location.href } });
    const { openLink } = await import("../features/views/open-link.ts");
    const answer = await openLink(session.organizations, params.id);
    if ("path" in answer) throw redirect({ href: answer.path, replace: true });
    return answer;
  },
  component: pagePart(() => import("../features/views/link-page.tsx"), "LinkPage"),
});
