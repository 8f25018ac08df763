import { defineEvents } from "../define-events.ts";
import { whole } from "../details.ts";
import { invitedTo } from "../shared-details.ts";

export const experiments = defineEvents({
  id: "experiments",
  title: "Experiments",
  sample: { type: "experiment", name: "Uplift model" },
  events: {
    experiment_created: { title: "Experiment created", sentence: "Created experiment {resource}", operation: "created" },
    experiment_updated: { title: "Experiment updated", sentence: "Updated experiment {resource}", operation: "updated" },
    experiment_deleted: { title: "Experiment deleted", sentence: "Deleted experiment {resource}", operation: "deleted" },
    experiment_viewed: { title: "Experiment viewed", sentence: "Viewed experiment {resource}", operation: "viewed" },
    experiment_executed: {
      title: "Experiment executed",
      sentence: "Executed experiment {resource}",
      operation: "executed",
      details: { "counts.runs": whole("Runs", 12) },
    },
    experiment_cancelled: { title: "Experiment cancelled", sentence: "Cancelled experiment {resource}", operation: "cancelled" },
    experiment_shared: { title: "Experiment shared", sentence: "Shared experiment {resource}", operation: "shared", details: invitedTo },
    experiment_revoked: {
      title: "Access to experiment revoked",
      sentence: "Revoked access to experiment {resource}",
      operation: "revoked",
      severity: "notable",
    },
    experiment_promoted: { title: "Experiment promoted", sentence: "Promoted experiment {resource}", operation: "promoted", severity: "notable" },
  },
});
