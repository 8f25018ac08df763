import { actionsOfScope } from "@daybook/catalog";
import { allOf, anyOf, equals, everything, not, nothing, occurred } from "@daybook/query";
import type { Query } from "@daybook/query";
import { includes, may } from "./may.ts";
import type { AuditorGrant, MemberViewer, Viewer } from "./viewer.ts";

/** Events about the organization itself never stand in a team's log. */
const notInTeamLogs = not(equals("action", ...actionsOfScope("organization"), ...actionsOfScope("owners")));
/** What concerns owners alone: the plan, and what the operator does. */
const notForAdmins = not(equals("action", ...actionsOfScope("owners")));

/** What alert rules watch: incidents are for admins too, and their mails for whomever a rule names. */
export const watchedByRules: Query = notForAdmins;

/** The log of some teams. */
export const teamLog = (...teamIds: string[]): Query => allOf(equals("team.id", ...teamIds), notInTeamLogs);

/** Where the plan leaves out the log, its events are in nobody's view, whichever page they would stand on. */
const readsLog = (viewer: Viewer): boolean => may(viewer, "events:read").allowed && (viewer.kind === "daybook" || includes(viewer.plan, "log").allowed);

/** The events that a viewer may see, as a query that every read is joined with. */
export function visibleTo(viewer: Viewer): Query {
  if (!readsLog(viewer)) return nothing;
  switch (viewer.kind) {
    case "daybook":
      return everything;
    case "token":
      // Admins make tokens: one sees no more than its maker could.
      return notForAdmins;
    case "member_key":
      return nothing;
    case "member":
      return visibleToMember(viewer);
  }
}

function visibleToMember(viewer: MemberViewer): Query {
  switch (viewer.role) {
    case "owner":
      return everything;
    case "admin":
      return notForAdmins;
    case "member": {
      const own = equals("did_or_caused", viewer.userId);
      const teams = viewer.teams.filter(({ role }) => role === "admin").map(({ teamId }) => teamId);
      return teams.length === 0 ? own : anyOf(own, teamLog(...teams));
    }
    case "auditor":
      return anyOf(...viewer.auditorGrants.map(coveredBy));
  }
}

/** What somebody sees the log through: grants left over from another role show nothing and hide nothing. */
export const auditorGrantsOf = (viewer: Viewer): readonly AuditorGrant[] => (viewer.kind === "member" && viewer.role === "auditor" ? viewer.auditorGrants : []);

export const coveredBy = ({ query, from, to }: AuditorGrant): Query => allOf(query, occurred({ ...(from !== null && { from }), ...(to !== null && { to }) }));

/** What a viewer may take out of the log: each grant of an auditor says for itself whether it allows that. */
export const exportableTo = (viewer: Viewer): Query => {
  if (!may(viewer, "events:export").allowed || !readsLog(viewer)) return nothing;
  const grants = auditorGrantsOf(viewer);
  return grants.length === 0 ? visibleTo(viewer) : anyOf(...grants.filter(({ mayExport }) => mayExport).map(coveredBy));
};

/** Whether figures of the whole log may be told: they tell of everybody's events. */
export function seesWholeLog(viewer: Viewer): boolean {
  if (!readsLog(viewer)) return false;
  return viewer.kind !== "member" || viewer.role === "owner" || viewer.role === "admin";
}

const ofOwners = new Set(actionsOfScope("owners"));

/** Actions that nobody but owners hears of, by figures or otherwise. */
export const isForOwnersAlone = (action: string): boolean => ofOwners.has(action);

/** Whether it may be told how often an action was seen. */
export const seesFiguresOf = (viewer: Viewer, action: string): boolean =>
  seesWholeLog(viewer) && (!isForOwnersAlone(action) || (viewer.kind === "member" ? viewer.role === "owner" : viewer.kind === "daybook"));
