import { accessSearch } from "../access-actions.ts";
import { permissionChanges as alertKind } from "../kinds/permission-changes.ts";
import { defineBuiltInView } from "./define-built-in-view.ts";

/** What the alert of the same name fires for, as it stands before anybody changed its settings. */
export const permissionChanges = defineBuiltInView({
  id: "permission-changes",
  name: alertKind.title,
  description: alertKind.description,
  logType: "activity",
  state: { q: `${accessSearch} status:success` },
});
