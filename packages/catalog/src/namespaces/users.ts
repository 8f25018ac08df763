import { defineEvents } from "../define-events.ts";

export const users = defineEvents({
  id: "users",
  title: "Users",
  events: {
    user_logged_in: { title: "Signed in", sentence: "Signed in", operation: "authenticated" },
    user_logged_out: { title: "Signed out", sentence: "Signed out", operation: "authenticated" },
    user_login_failed: { title: "Sign-in failed", sentence: "Failed to sign in", operation: "authenticated", severity: "notable" },
    org_user_role_changed: { title: "Member's role changed", sentence: "Changed the role of {resource}", operation: "updated", severity: "notable" },
    org_user_invited: { title: "Member invited", sentence: "Invited {resource}", operation: "created" },
    access_denied: { title: "Access denied", sentence: "Was denied {metadata.verb}", operation: "failed", severity: "notable" },
  },
});
