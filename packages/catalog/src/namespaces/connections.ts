import { defineEvents } from "../define-events.ts";
import { text } from "../details.ts";
import { connectionRole, connectionRoleChange, lostWithIt } from "../shared-details.ts";

export const connections = defineEvents({
  id: "connections",
  title: "Connections",
  sample: { type: "connection", name: "Snowflake production" },
  events: {
    connection_created: {
      title: "Connection created",
      sentence: "Created connection {resource}",
      operation: "created",
      details: { "metadata.kind": text("What it connects to", "snowflake") },
    },
    connection_updated: { title: "Connection updated", sentence: "Updated connection {resource}", operation: "updated" },
    connection_deleted: {
      title: "Connection deleted",
      sentence: "Deleted connection {resource}",
      operation: "deleted",
      details: lostWithIt,
      severity: "notable",
    },
    connection_removed: { title: "Connection removed", sentence: "Removed connection {resource}", operation: "deleted", severity: "notable" },
    connection_authorized: { title: "Connection authorized", sentence: "Authorized connection {resource}", operation: "updated" },
    connection_reauthorized: { title: "Connection authorized again", sentence: "Authorized connection {resource} again", operation: "updated" },
    connection_invite_created: {
      title: "Invitation to connection made",
      sentence: "Created connection invite {resource}",
      operation: "created",
      details: { "metadata.email": text("Address that was invited", "partner@brightwater.example", { format: "email" }) },
    },
    connection_invite_consumed: {
      title: "Invitation to connection accepted",
      sentence: "Accepted the invitation to connection {resource}",
      operation: "updated",
      details: { "metadata.partner": text("Who accepted; the actor is anonymous when they have no account here", "Brightwater") },
      severity: "notable",
    },
    connection_member_added_with_role: {
      title: "Member added to connection",
      sentence: "Added {related.user|a member} to connection {resource} with role {metadata.role|unknown}",
      operation: "created",
      details: connectionRole,
      severity: "notable",
    },
    connection_member_removed: {
      title: "Member removed from connection",
      sentence: "Removed {related.user|a member} from connection {resource}",
      operation: "deleted",
      severity: "notable",
    },
    connection_member_access_changed: {
      title: "Member's access to connection changed",
      sentence: "Changed the access of {related.user|a member} to connection {resource}",
      operation: "updated",
      details: connectionRoleChange,
      severity: "notable",
    },
    connection_group_added_with_role: {
      title: "Group added to connection",
      sentence: "Added group {related.group} to connection {resource} with role {metadata.role|unknown}",
      operation: "created",
      details: connectionRole,
      severity: "notable",
    },
    connection_group_removed: {
      title: "Group removed from connection",
      sentence: "Removed group {related.group} from connection {resource}",
      operation: "deleted",
      severity: "notable",
    },
    connection_group_access_changed: {
      title: "Group's access to connection changed",
      sentence: "Changed the access of group {related.group} to connection {resource}",
      operation: "updated",
      details: connectionRoleChange,
      severity: "notable",
    },
  },
});
