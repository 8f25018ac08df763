import { defineEvents } from "../define-events.ts";
import { choice } from "../details.ts";

export const organizationVariables = defineEvents({
  id: "organization_variables",
  title: "Organization variables",
  sample: { type: "organization_variable", name: "FISCAL_YEAR" },
  events: {
    organization_variable_created: {
      title: "Organization variable created",
      sentence: "Created organization variable {resource}",
      operation: "created",
      details: { "metadata.type": choice("Type of its value; the value itself may be secret", "text", "number", "boolean", "date") },
      scope: "organization",
    },
    organization_variable_updated: {
      title: "Organization variable updated",
      sentence: "Updated organization variable {resource}",
      operation: "updated",
      details: { "metadata.type": choice("Type of its value; the value itself may be secret", "text", "number", "boolean", "date") },
      scope: "organization",
    },
    organization_variable_deleted: {
      title: "Organization variable deleted",
      sentence: "Deleted organization variable {resource}",
      operation: "deleted",
      scope: "organization",
    },
  },
});
