import { defineEvents } from "../define-events.ts";

export const organization = defineEvents({
  id: "organization",
  title: "Organization",
  events: {
    organization_created: { title: "Organization created", sentence: "Created organization {resource}", operation: "created", severity: "notable" },
    demo_data_loaded: { title: "Demo data loaded", sentence: "Loaded demo data into {resource}", operation: "created" },
    demo_data_removed: { title: "Demo data removed", sentence: "Removed demo data {resource}", operation: "deleted" },
    events_imported: { title: "Events imported", sentence: "Imported events from {resource}", operation: "imported" },
    audit_log_accessed: { title: "Audit log read through the API", sentence: "Read the audit log through the API", operation: "viewed" },
  },
});
