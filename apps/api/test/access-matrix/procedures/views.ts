import type { Outcome } from "../outcome.ts";
import type { Persona, Target } from "../personas.ts";
import { audiences } from "../row.ts";
import type { ProcedureRow } from "../row.ts";

const { admins, members, readers, team } = audiences;

/** The view is shared with its team. To whoever is not in it there is no such view, and an auditor, who comes from outside, is in none. */
const seen = (persona: Persona, target: Target): Outcome | undefined => {
  if (persona === "auditor" && (target === "own" || target === "other_team")) return "not_found";
  if ((persona === "member" || persona === "team_admin") && target === "other_team") return "not_found";
  return undefined;
};
/** What its team sees, admins of the team change. */
const changed = (persona: Persona, target: Target): Outcome | undefined => (persona === "member" && target === "own" ? "forbidden" : seen(persona, target));

const read = (input: NonNullable<ProcedureRow["input"]>): ProcedureRow => ({ may: readers, object: true, input, except: seen });
const change = (input: NonNullable<ProcedureRow["input"]>): ProcedureRow => ({ may: readers, object: true, input, except: changed });
const made = { name: "New view", logType: "activity", state: { q: "status:failed" } };

/** Saved views and short links. */
export const views: Record<string, ProcedureRow> = {
  "views.list": { may: readers },
  "views.get": read(({ view }) => ({ viewId: view })),
  "views.opening": { may: readers, input: () => ({ logType: "activity" }) },
  "views.create": { may: readers, input: () => made },
  "views.create#organization": { may: admins, input: () => ({ ...made, sharing: { with: "organization" } }) },
  "views.create#team": { may: team, object: true, input: ({ team: teamId }) => ({ ...made, sharing: { with: "team", teamId } }) },
  "views.update": change(({ view }) => ({ viewId: view, version: 1, name: "Renamed view" })),
  "views.delete": change(({ view }) => ({ viewId: view })),
  "views.restore": change(({ view }) => ({ viewId: view })),
  "views.star": read(({ view }) => ({ viewId: view })),
  // A star can be taken back from whatever it is on, also from what is gone.
  "views.unstar": { may: readers, input: ({ view }) => ({ viewId: view }) },
  "views.setDefault": read(({ view }) => ({ logType: "activity", for: "member", viewId: view })),
  "views.setDefault#organization": { may: admins, input: () => ({ logType: "activity", for: "organization", viewId: "failed-operations" }) },
  // The other organization has another name in URLs, so this path is none of its pages.
  "links.create": { may: readers, input: () => ({ path: "/o/acme/logs/activity" }), passes: [400] },
  "links.open": { may: members, object: true, input: ({ link }) => ({ id: link }) },
};
