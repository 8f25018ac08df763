import { defineEvents } from "../define-events.ts";
import { changed, choice, moment, required, text } from "../details.ts";
import type { Details } from "../details.ts";

const view: Details = {
  "metadata.log_type": required(choice("Log that it is of", "activity", "system")),
  "metadata.sharing": required(choice("Who opens it besides its owner", "organization", "team", "nobody")),
};

export const views = defineEvents({
  id: "views",
  title: "Saved views",
  sample: { type: "saved_view", name: "Failed logins" },
  events: {
    saved_view_created: {
      title: "View saved",
      sentence: "Saved view {resource}",
      operation: "created",
      details: view,
      scope: "organization",
    },
    saved_view_updated: {
      title: "View changed",
      sentence: "Changed view {resource}",
      operation: "updated",
      details: { ...view, "changes.q": changed("The search text", "status:failed", "status:failed action:user_login") },
      scope: "organization",
    },
    saved_view_deleted: { title: "View deleted", sentence: "Deleted view {resource}", operation: "deleted", details: view, scope: "organization" },
    saved_view_restored: {
      title: "Deletion of view undone",
      sentence: "Undid the deletion of view {resource}",
      operation: "created",
      details: view,
      scope: "organization",
    },
    saved_view_starred: { title: "View starred", sentence: "Starred view {resource}", operation: "updated", scope: "organization" },
    saved_view_unstarred: { title: "Star taken from view", sentence: "Took the star from view {resource}", operation: "updated", scope: "organization" },
    saved_view_default_changed: {
      title: "Default view changed",
      sentence: "Changed the view that a log opens with to {resource}",
      operation: "updated",
      details: {
        "metadata.log_type": required(choice("Log that it is of", "activity", "system")),
        "metadata.for": required(choice("Whose default it is", "member", "organization")),
        "changes.view": changed("The view's id", "failed-operations", "permission-changes"),
      },
      scope: "organization",
    },
    short_link_created: {
      title: "Short link created",
      sentence: "Created short link {resource}",
      operation: "created",
      sample: { type: "short_link", name: "/s/Q1nC2u0yX7mWb3fR5tKd8A" },
      details: {
        "metadata.path": required(text("Where it leads", "/logs/activity?q=status%3Afailed")),
        "metadata.expires_at": moment("When it ends", "2027-11-21T00:00:00.000Z"),
      },
      scope: "organization",
    },
  },
});
