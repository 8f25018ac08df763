import type { RouteRow } from "../row.ts";
import { publicApi } from "./public-api.ts";

/** Routes of the public API: who may call each, and with what. */
export const routes: Record<string, RouteRow> = { ...publicApi };

/** Routes that no row tells, each with its reason and the test that holds it. */
export const closedRoutes: readonly { matches: RegExp; because: string }[] = [
  { matches: /^GET \/(openapi\.json|docs\/|livez|readyz|healthz)/, because: "are for everybody and tell of no organization" },
  { matches: / \/trpc\/:path$/, because: "are the procedures, of which each has rows of its own" },
  { matches: /^(GET|POST) \/api\/auth\//, because: "are for who is not signed in; they answer for one address and no organization" },
  { matches: / \/v1\/operator\//, because: "are for whoever runs this Daybook, and know no persona of an organization" },
  {
    matches: /^POST \/api\/imports$/,
    because: "is the one upload of the console; `imports.preview` and `imports.undo` stand for its grant, and its own tests for the rest",
  },
];
