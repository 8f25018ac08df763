import { defineBuiltInView } from "./define-built-in-view.ts";

export const weeklyReview = defineBuiltInView({
  id: "weekly-review",
  name: "Weekly review",
  description: "What changed in the last seven days, by kind of change; without looking, running and signing in.",
  logType: "activity",
  state: { q: "-operation:(viewed OR executed OR authenticated OR started)", range: "7d", by: "operation" },
});
