import { defineBuiltInView } from "./define-built-in-view.ts";

export const failedSyncs = defineBuiltInView({
  id: "failed-syncs",
  name: "Failed syncs",
  description: "Synchronisations, and parts of them, that failed.",
  logType: "system",
  state: { q: "namespace:syncs status:failed" },
});
