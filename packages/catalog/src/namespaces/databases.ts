import { defineEvents } from "../define-events.ts";
import { text, whole } from "../details.ts";
import { invitedTo } from "../shared-details.ts";

export const databases = defineEvents({
  id: "databases",
  title: "Databases",
  sample: { type: "database", name: "sales_db" },
  events: {
    database_created: { title: "Database created", sentence: "Created database {resource}", operation: "created" },
    database_updated: { title: "Database updated", sentence: "Updated database {resource}", operation: "updated" },
    database_deleted: { title: "Database deleted", sentence: "Deleted database {resource}", operation: "deleted", severity: "notable" },
    database_viewed: {
      title: "Database viewed",
      sentence: "Viewed database {resource}",
      operation: "viewed",
      details: { "counts.tables": whole("Tables that were listed", 24) },
    },
    database_executed: {
      title: "Database executed",
      sentence: "Executed database {resource}",
      operation: "executed",
      details: { "metadata.query": text("The statement, with secrets taken out", "vacuum analyze") },
    },
    database_cancelled: { title: "Database cancelled", sentence: "Cancelled database {resource}", operation: "cancelled" },
    database_shared: { title: "Database shared", sentence: "Shared database {resource}", operation: "shared", details: invitedTo, severity: "notable" },
    database_revoked: {
      title: "Access to database revoked",
      sentence: "Revoked access to database {resource}",
      operation: "revoked",
      details: { "related.user": text("Whose access it was", "contractors@company.com") },
      severity: "notable",
    },
    database_promoted: { title: "Database promoted", sentence: "Promoted database {resource}", operation: "promoted", severity: "notable" },
  },
});
