import { defineEvents } from "../define-events.ts";
import { choice, text } from "../details.ts";
import { accessOfSomebody } from "../shared-details.ts";

export const permissions = defineEvents({
  id: "permissions",
  title: "Permissions",
  sample: { type: "permission", name: "Read sales_db" },
  events: {
    permission_created: { title: "Permission created", sentence: "Created permission {resource}", operation: "created" },
    permission_updated: { title: "Permission updated", sentence: "Updated permission {resource}", operation: "updated" },
    permission_deleted: { title: "Permission deleted", sentence: "Deleted permission {resource}", operation: "deleted", severity: "notable" },
    permission_viewed: { title: "Permission viewed", sentence: "Viewed permission {resource}", operation: "viewed" },
    permission_executed: { title: "Permission used", sentence: "Used permission {resource}", operation: "executed" },
    permission_cancelled: { title: "Permission cancelled", sentence: "Cancelled permission {resource}", operation: "cancelled" },
    permission_shared: { title: "Permission shared", sentence: "Shared permission {resource}", operation: "shared", severity: "notable" },
    permission_revoked: {
      title: "Permission revoked",
      sentence: "Revoked access to {resource}",
      operation: "revoked",
      sample: { type: "database", name: "sales_db" },
      details: accessOfSomebody,
      severity: "notable",
    },
    permission_promoted: { title: "Permission promoted", sentence: "Promoted permission {resource}", operation: "promoted", severity: "notable" },
    permission_granted: {
      title: "Permission granted",
      sentence: "Granted access to {resource}",
      operation: "granted",
      sample: { type: "database", name: "sales_db" },
      details: accessOfSomebody,
      severity: "notable",
    },
    permission_requested: {
      title: "Permission asked for",
      sentence: "Asked for access to {resource}",
      operation: "created",
      sample: { type: "database", name: "sales_db" },
      details: {
        "metadata.access": choice("Access that was asked for", "read", "write", "admin"),
        reason: text("Why, in the words of who did it", "Needed for the quarterly close"),
      },
    },
    permission_denied: {
      title: "Permission denied",
      sentence: "Denied access to {resource}",
      operation: "revoked",
      sample: { type: "database", name: "sales_db" },
      details: {
        "metadata.access": choice("Access that was asked for", "read", "write", "admin"),
        reason: text("Why, in the words of who did it", "Needed for the quarterly close"),
      },
    },
  },
});
