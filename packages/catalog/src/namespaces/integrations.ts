import { defineEvents } from "../define-events.ts";

export const integrations = defineEvents({
  id: "integrations",
  title: "Integrations",
  sample: { type: "integration", name: "dbt production" },
  events: {
    integration_added: { title: "Integration added", sentence: "Added integration {resource}", operation: "created" },
    integration_edited: { title: "Integration edited", sentence: "Edited integration {resource}", operation: "updated" },
    integration_deleted: { title: "Integration deleted", sentence: "Deleted integration {resource}", operation: "deleted", severity: "notable" },
    add_integration: { title: "Add integration", sentence: "Added integration {resource}", operation: "created" },
    edit_integration: { title: "Edit integration", sentence: "Edited integration {resource}", operation: "updated" },
    delete_integration: { title: "Delete integration", sentence: "Deleted integration {resource}", operation: "deleted", severity: "notable" },
  },
});
