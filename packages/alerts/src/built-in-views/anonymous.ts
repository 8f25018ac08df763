import { defineBuiltInView } from "./define-built-in-view.ts";

export const anonymous = defineBuiltInView({
  id: "anonymous",
  name: "Anonymous",
  description: "Acts of nobody who was known at the time, such as accepting an invitation.",
  logType: "activity",
  state: { q: "actor_type:anonymous" },
});
