import { defineEvents } from "../define-events.ts";
import { whole } from "../details.ts";
import { switchedOff, switchedOn } from "../shared-details.ts";

export const scenarios = defineEvents({
  id: "scenarios",
  title: "Scenarios",
  sample: { type: "scenario", name: "Sync won deals" },
  events: {
    scenario_created: { title: "Scenario created", sentence: "Created scenario {resource}", operation: "created" },
    scenario_updated: { title: "Scenario updated", sentence: "Updated scenario {resource}", operation: "updated" },
    scenario_deleted: { title: "Scenario deleted", sentence: "Deleted scenario {resource}", operation: "deleted", severity: "notable" },
    scenario_activated: { title: "Scenario activated", sentence: "Activated scenario {resource}", operation: "updated", details: switchedOn },
    scenario_deactivated: { title: "Scenario deactivated", sentence: "Deactivated scenario {resource}", operation: "updated", details: switchedOff },
    scenario_executed: {
      title: "Scenario executed",
      sentence: "Executed scenario {resource}",
      operation: "executed",
      details: { "counts.operations": whole("Operations it took", 42) },
    },
  },
});
