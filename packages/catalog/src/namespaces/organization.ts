import { defineEvents } from "../define-events.ts";

export const organization = defineEvents({
  id: "organization",
  title: "Organization",
  sample: { type: "organization", name: "Larkspur Analytics" },
  events: {
    organization_created: {
      title: "Organization created",
      sentence: "Created organization {resource}",
      operation: "created",
      scope: "organization",
      severity: "notable",
    },
    demo_data_loaded: { title: "Demo data loaded", sentence: "Loaded demo data into {resource}", operation: "created", scope: "organization" },
    demo_data_removed: { title: "Demo data removed", sentence: "Removed demo data {resource}", operation: "deleted", scope: "organization" },
    events_imported: { title: "Events imported", sentence: "Imported events from {resource}", operation: "imported", scope: "organization" },
    audit_log_accessed: { title: "Audit log read through the API", sentence: "Read the audit log through the API", operation: "viewed", scope: "organization" },
    workspace_default_access_changed: {
      title: "Default access of the workspace changed",
      sentence: "Changed the default access of the workspace",
      operation: "updated",
      scope: "organization",
      severity: "critical",
    },
    audit_log_viewed: { title: "Audit log viewed", sentence: "Viewed audit log {resource}", operation: "viewed", scope: "organization" },
    audit_log_exported: {
      title: "Audit log exported",
      sentence: "Exported audit log {resource}",
      operation: "exported",
      scope: "organization",
      severity: "notable",
    },
    auditor_access_granted: {
      title: "Auditor's access granted",
      sentence: "Granted auditor access {resource}",
      operation: "granted",
      scope: "organization",
      severity: "notable",
    },
    auditor_access_revoked: {
      title: "Auditor's access revoked",
      sentence: "Revoked auditor access {resource}",
      operation: "revoked",
      scope: "organization",
      severity: "notable",
    },
  },
});
