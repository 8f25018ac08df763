import { defineEvents } from "../define-events.ts";
import { text } from "../details.ts";

export const integrations = defineEvents({
  id: "integrations",
  title: "Integrations",
  sample: { type: "integration", name: "dbt production" },
  events: {
    integration_added: {
      title: "Integration added",
      sentence: "Added integration {resource}",
      operation: "created",
      details: { "metadata.kind": text("Kind of integration", "dbt") },
    },
    integration_edited: {
      title: "Integration edited",
      sentence: "Edited integration {resource}",
      operation: "updated",
      details: { "metadata.kind": text("Kind of integration", "dbt") },
    },
    integration_deleted: { title: "Integration deleted", sentence: "Deleted integration {resource}", operation: "deleted", severity: "notable" },
    add_integration: {
      title: "Add integration",
      sentence: "Added integration {resource}",
      operation: "created",
      details: { "metadata.kind": text("Kind of integration", "dbt") },
    },
    edit_integration: {
      title: "Edit integration",
      sentence: "Edited integration {resource}",
      operation: "updated",
      details: { "metadata.kind": text("Kind of integration", "dbt") },
    },
    delete_integration: { title: "Delete integration", sentence: "Deleted integration {resource}", operation: "deleted", severity: "notable" },
  },
});
