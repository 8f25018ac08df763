import { defineEvents } from "../define-events.ts";
import { changed } from "../details.ts";
import { invitedTo } from "../shared-details.ts";

export const dashboards = defineEvents({
  id: "dashboards",
  title: "Dashboards",
  sample: { type: "dashboard", name: "Revenue overview" },
  events: {
    dashboard_created: { title: "Dashboard created", sentence: "Created dashboard {resource}", operation: "created" },
    dashboard_updated: { title: "Dashboard updated", sentence: "Updated dashboard {resource}", operation: "updated" },
    dashboard_deleted: { title: "Dashboard deleted", sentence: "Deleted dashboard {resource}", operation: "deleted", severity: "notable" },
    dashboard_viewed: { title: "Dashboard viewed", sentence: "Viewed dashboard {resource}", operation: "viewed" },
    dashboard_shared: { title: "Dashboard shared", sentence: "Shared dashboard {resource}", operation: "shared", details: invitedTo },
    dashboard_published: {
      title: "Dashboard made public",
      sentence: "Made dashboard {resource} public",
      operation: "shared",
      details: { "changes.visibility": changed("Who can see it", "private", "public") },
      severity: "notable",
    },
  },
});
