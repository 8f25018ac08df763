import { builtInViewOf } from "@daybook/alerts";

/** One thing that a weekly review looks at. `q` is null where it hangs on what was seen for the first time in the week. */
export interface ReviewItem {
  /** snake_case; it stands in signatures, so it never changes. */
  id: string;
  title: string;
  about: string;
  q: string | null;
}

const ofView = (id: string): string => {
  const view = builtInViewOf(id);
  if (!view) throw new Error(`there is no built-in view ${id}`);
  return view.state.q;
};

/** What there is to look at, in the order of the page. A new one is a line here. */
export const reviewItems: readonly ReviewItem[] = [
  { id: "permission_changes", title: "Permission changes", about: "Somebody gained or lost access.", q: ofView("permission-changes") },
  {
    id: "admin_roles",
    title: "Role changes",
    about: "Somebody became an admin or an owner, or is one no more.",
    q: "action:(org_user_role_changed OR user_role_changed OR change_user_role OR team_role_updated)",
  },
  { id: "failed_operations", title: "Failed operations", about: "What was tried in vain, by people and by machines.", q: ofView("failed-operations") },
  { id: "large_exports", title: "Large exports", about: "More than 10,000 rows left at once.", q: ofView("large-exports") },
  {
    id: "sensitive_access",
    title: "Sensitive access",
    about: "What is tagged as sensitive was looked at, run, exported or shared.",
    q: ofView("sensitive-access"),
  },
  { id: "new_actions", title: "New actions", about: "Kinds of events that were never seen before that week.", q: null },
  {
    id: "new_actors",
    title: "New members, tokens and service users",
    about: "Who, and what, can act since that week.",
    q: "action:(org_user_invited OR org_user_reinvited OR invite_team_member OR user_invited OR user_created OR service_user_created OR token_created OR api_token_workspace_created OR api_token_member_key_generated)",
  },
  { id: "anonymous", title: "Anonymous access", about: "Acts of nobody who was known at the time.", q: ofView("anonymous") },
];
