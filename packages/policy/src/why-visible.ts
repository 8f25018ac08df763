import { actionsOfScope } from "@daybook/catalog";
import { matches } from "@daybook/query";
import type { Searchable } from "@daybook/query";
import { may } from "./may.ts";
import type { AuditorGrant, MemberViewer, Viewer } from "./viewer.ts";
import { coveredBy, visibleTo } from "./visible-to.ts";

/** Whether somebody sees an event, and the sentence that says why. */
export interface Visibility {
  visible: boolean;
  reason: string;
}

const ofOwners = new Set(actionsOfScope("owners"));
const ofOrganization = new Set(actionsOfScope("organization"));

/** The decision is `visibleTo`, which every read is joined with; this only puts it in words. */
export function whyVisible(viewer: Viewer, event: Searchable): Visibility {
  const visible = matches(visibleTo(viewer), event);
  return { visible, reason: visible ? whySeen(viewer, event) : whyNotSeen(viewer, event) };
}

function whySeen(viewer: Viewer, event: Searchable): string {
  if (viewer.kind !== "member") return viewer.kind === "daybook" ? "Daybook itself sees the whole log." : "The token may read the whole log.";
  const who = viewer.actor.name ?? viewer.userId;
  switch (viewer.role) {
    case "owner":
      return `${who} is an owner, and owners see the whole log.`;
    case "admin":
      return `${who} is an admin, and admins see all but what concerns owners alone.`;
    case "member":
      if (event.actor.id === viewer.userId) return `${who} did it.`;
      if (event.on_behalf_of.some(({ id }) => id === viewer.userId)) return `It was done on behalf of ${who}.`;
      return `${who} is an admin of team ${teamNamed(event)}.`;
    case "auditor":
      return viewer.auditorGrants
        .filter((grant) => matches(coveredBy(grant), event))
        .map((grant) => `A grant to ${who} covers it: ${inWords(grant)}.`)
        .join(" ");
  }
}

function whyNotSeen(viewer: Viewer, event: Searchable): string {
  const asked = may(viewer, "events:read");
  if (!asked.allowed || viewer.kind !== "member") return asked.reason;
  const who = viewer.actor.name ?? viewer.userId;
  switch (viewer.role) {
    case "owner":
    case "admin":
      return "Events about the plan, and what the operator did, are for owners alone.";
    case "member":
      return isOfAdministeredTeam(viewer, event)
        ? `Events about the organization are not in team logs${ofOwners.has(event.action) ? ", and this one is for owners alone" : ""}.`
        : `${who} neither did it nor caused it${event.team ? `, and is no admin of team ${teamNamed(event)}` : ""}.`;
    case "auditor":
      return `No grant to ${who} covers it. ${viewer.auditorGrants.map((grant) => `One covers ${inWords(grant)}.`).join(" ")}`;
  }
}

const isOfAdministeredTeam = ({ teams }: MemberViewer, event: Searchable): boolean =>
  (ofOrganization.has(event.action) || ofOwners.has(event.action)) && teams.some(({ teamId, role }) => role === "admin" && teamId === event.team?.id);

const teamNamed = ({ team }: Searchable): string => (team?.name === undefined ? (team?.id ?? "") : `“${team.name}”`);

/** What a grant covers, of which time, until when. */
function inWords({ words, from, to, expiresAt }: Pick<AuditorGrant, "words" | "from" | "to" | "expiresAt">): string {
  const window = [from && `from ${from.slice(0, 10)}`, to && `before ${to.slice(0, 10)}`].filter(Boolean).join(" ");
  return `${words}${window && `, ${window}`}, until ${expiresAt.slice(0, 10)}`;
}
