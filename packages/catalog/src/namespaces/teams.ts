import { defineEvents } from "../define-events.ts";
import { text } from "../details.ts";
import { invitedTo, roleChange } from "../shared-details.ts";

export const teams = defineEvents({
  id: "teams",
  title: "Teams",
  sample: { type: "team", name: "Insights" },
  events: {
    team_created: { title: "Team created", sentence: "Created team {resource}", operation: "created" },
    team_updated: { title: "Team updated", sentence: "Updated team {resource}", operation: "updated" },
    team_deleted: { title: "Team deleted", sentence: "Deleted team {resource}", operation: "deleted", severity: "notable" },
    team_viewed: { title: "Team viewed", sentence: "Viewed team {resource}", operation: "viewed" },
    team_executed: { title: "Team acted for", sentence: "Ran for team {resource}", operation: "executed" },
    team_cancelled: { title: "Team cancelled", sentence: "Cancelled team {resource}", operation: "cancelled" },
    team_shared: { title: "Team shared", sentence: "Shared team {resource}", operation: "shared", details: invitedTo },
    team_revoked: { title: "Access to team revoked", sentence: "Revoked access to team {resource}", operation: "revoked", severity: "notable" },
    team_promoted: { title: "Team promoted", sentence: "Promoted team {resource}", operation: "promoted", severity: "notable" },
    team_role_updated: {
      title: "Team role changed",
      sentence: "Changed the role of {related.user|a member} in team {resource}",
      operation: "updated",
      details: roleChange,
      severity: "notable",
    },
    team_member_added: {
      title: "Member added to team",
      sentence: "Added {related.user|a member} to team {resource}",
      operation: "created",
      details: { "metadata.role": text("Role in the team", "Member") },
      severity: "notable",
    },
    team_member_removed: {
      title: "Member removed from team",
      sentence: "Removed {related.user|a member} from team {resource}",
      operation: "deleted",
      severity: "notable",
    },
  },
});
