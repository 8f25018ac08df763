import { defineBuiltInView } from "./define-built-in-view.ts";

export const sensitiveAccess = defineBuiltInView({
  id: "sensitive-access",
  name: "Sensitive access",
  description: "Somebody looked at, ran or exported what is tagged as sensitive, confidential, critical or pii.",
  logType: "activity",
  state: { q: "operation:(viewed OR executed OR exported OR shared) tag:(sensitive OR confidential OR critical OR pii)" },
});
