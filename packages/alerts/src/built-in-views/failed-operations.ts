import { defineBuiltInView } from "./define-built-in-view.ts";

export const failedOperations = defineBuiltInView({
  id: "failed-operations",
  name: "Failed operations",
  description: "What was tried and did not succeed, refused attempts too.",
  logType: "activity",
  state: { q: "status:failed" },
});
