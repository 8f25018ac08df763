import { defineEvents } from "../define-events.ts";
import { text, whole } from "../details.ts";
import { invitedTo } from "../shared-details.ts";

export const queries = defineEvents({
  id: "queries",
  title: "Queries",
  sample: { type: "query", name: "Top 10 Customers" },
  events: {
    query_created: { title: "Query created", sentence: "Created query {resource}", operation: "created" },
    query_updated: { title: "Query updated", sentence: "Updated query {resource}", operation: "updated" },
    query_deleted: { title: "Query deleted", sentence: "Deleted query {resource}", operation: "deleted" },
    query_viewed: { title: "Query viewed", sentence: "Viewed query {resource}", operation: "viewed" },
    query_executed: {
      title: "Query executed",
      sentence: "Executed query {resource}",
      operation: "executed",
      details: {
        rows_returned: whole("Rows that it returned", 10),
        "metadata.query": text("The statement, with secrets taken out", "show tables in sales_db"),
        "related.database": text("The database it ran on", "sales_db"),
      },
    },
    query_cancelled: { title: "Query cancelled", sentence: "Cancelled query {resource}", operation: "cancelled" },
    query_shared: { title: "Query shared", sentence: "Shared query {resource}", operation: "shared", details: invitedTo },
    query_revoked: { title: "Access to query revoked", sentence: "Revoked access to query {resource}", operation: "revoked", severity: "notable" },
    query_promoted: { title: "Query promoted", sentence: "Promoted query {resource}", operation: "promoted", severity: "notable" },
  },
});
