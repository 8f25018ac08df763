import { defineEvents } from "../define-events.ts";
import { choice } from "../details.ts";

export const teamVariables = defineEvents({
  id: "team_variables",
  title: "Team variables",
  sample: { type: "team_variable", name: "REGION" },
  events: {
    team_variable_created: {
      title: "Team variable created",
      sentence: "Created team variable {resource}",
      operation: "created",
      details: { "metadata.type": choice("Type of its value; the value itself may be secret", "text", "number", "boolean", "date") },
    },
    team_variable_updated: {
      title: "Team variable updated",
      sentence: "Updated team variable {resource}",
      operation: "updated",
      details: { "metadata.type": choice("Type of its value; the value itself may be secret", "text", "number", "boolean", "date") },
    },
    team_variable_deleted: { title: "Team variable deleted", sentence: "Deleted team variable {resource}", operation: "deleted" },
  },
});
