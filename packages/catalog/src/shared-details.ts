import { changed, choice, flag, moment, nullable, required, text, texts, whole } from "./details.ts";
import type { Details } from "./details.ts";

/** What several namespaces say in the same words. */

export const roleChange: Details = { "changes.role": required(changed("Role before and after", "Member", "Admin")) };

export const invitation: Details = {
  "metadata.email": text("Address that was invited", "bob@company.com", { format: "email" }),
  "metadata.role": text("Role that waits for them", "Member"),
};

export const signIn: Details = {
  "metadata.method": choice("How they proved who they are", "password", "password_totp", "recovery_code", "passkey", "single_sign_on", "sso", "magic_link"),
};
export const failedSignIn: Details = { ...signIn, "error.message": text("Why it failed", "Wrong password") };

/** The three roles that a connection knows. */
export const connectionRole: Details = { "metadata.role": required(choice("Role on the connection", "query", "manage", "view")) };
export const connectionRoleChange: Details = {
  "changes.role": { ...required(changed("Role before and after", "view", "query")), values: ["manage", "query", "view"] },
};
export const collectionAccess: Details = { "metadata.access": required(choice("Access to the collection", "query", "manage", "view")) };
export const accessChange: Details = {
  "changes.access": { ...required(changed("Access before and after", "view", "query")), values: ["manage", "query", "view"] },
};

export const defaultAccessChange: Details = {
  "changes.access": {
    ...required(changed("What members without access of their own have, before and after", "none", "view")),
    values: ["none", "manage", "query", "view"],
  },
};

/** Access that a deleted object takes along. */
export const lostWithIt: Details = {
  "counts.members": whole("Members who had access of their own", 5),
  "counts.groups": whole("Groups that had access", 2),
};

export const switchedOn: Details = { "changes.enabled": changed("Whether it is on", false, true) };
export const switchedOff: Details = { "changes.enabled": changed("Whether it is on", true, false) };

export const newToken: Details = {
  "metadata.scopes": texts("What it may do", "events:read"),
  "metadata.expires_at": nullable(moment("When it ends by itself; null: never", "2027-01-31T00:00:00Z")),
};

export const invitedTo: Details = { "related.user": text("Who it was shared with", "team-members@company.com") };
export const accessOfSomebody: Details = {
  "related.user": text("Whose access it is", "contractors@company.com"),
  "metadata.access": choice("What it lets them do", "read", "write", "admin"),
  reason: text("Why, in the words of who did it", "Quarterly review"),
};

export const fileFormat = { "metadata.format": choice("Format of the file", "csv", "json", "xlsx", "parquet", "pdf") } satisfies Details;
/** How much left: alert rules and reports on large exports read it. */
export const rowsOut: Details = { rows_returned: required(whole("Rows that left", 1_204)) };

/** Which environment of the workspace was synchronised, and what came of it. */
export const environment: Details = {
  "metadata.environment_id": text("Environment's id", "env_42"),
  "metadata.environment_name": text("Environment's name", "Production"),
  "metadata.kind": text("Kind of the source", "dbt"),
  "metadata.run_id": text("The run, as the source numbers it", "run_1042"),
};

/** Records of a data store count only when somebody changed them in the interface or through the API, not when a module did. */
export const byHandOrApi: Details = {
  origin: required(choice("Where it was done", "interface", "api")),
  "related.data_store": text("The data store it is in", "Customers"),
};

export const noteOnIncident: Details = { reason: text("What was found or decided", "Planned migration, approved by the data team") };
export const scheduleDetails: Details = {
  "metadata.frequency": choice("How often it goes out", "weekly", "daily", "monthly"),
  "counts.recipients": whole("Who gets it", 3),
  "metadata.paused": flag("Whether it waits", false),
};
