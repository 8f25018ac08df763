import { defineEvents } from "../define-events.ts";
import { texts } from "../details.ts";

export const serviceUsers = defineEvents({
  id: "service_users",
  title: "Service users",
  sample: { type: "service_user", name: "svc-forecast" },
  events: {
    service_user_created: {
      title: "Service user created",
      sentence: "Created service user {resource}",
      operation: "created",
      details: { "metadata.scopes": texts("What it may do", "events:write") },
      severity: "notable",
    },
    service_user_updated: { title: "Service user updated", sentence: "Updated service user {resource}", operation: "updated" },
    service_user_removed: { title: "Service user removed", sentence: "Removed service user {resource}", operation: "deleted", severity: "notable" },
    service_user_deleted: { title: "Service user deleted", sentence: "Deleted service user {resource}", operation: "deleted", severity: "notable" },
  },
});
