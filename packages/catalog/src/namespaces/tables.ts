import { defineEvents } from "../define-events.ts";
import { required, whole } from "../details.ts";
import { fileFormat, rowsOut } from "../shared-details.ts";

export const tables = defineEvents({
  id: "tables",
  title: "Tables",
  sample: { type: "table", name: "customers" },
  events: {
    table_created: { title: "Table created", sentence: "Created table {resource}", operation: "created" },
    table_updated: { title: "Table updated", sentence: "Updated table {resource}", operation: "updated" },
    table_deleted: { title: "Table deleted", sentence: "Deleted table {resource}", operation: "deleted", severity: "notable" },
    table_viewed: { title: "Table viewed", sentence: "Viewed table {resource}", operation: "viewed" },
    table_rows_inserted: {
      title: "Rows inserted",
      sentence: "Inserted {rows_affected} rows into table {resource}",
      operation: "created",
      details: { rows_affected: required(whole("Rows", 1_000)) },
    },
    table_rows_updated: {
      title: "Rows updated",
      sentence: "Updated {rows_affected} rows in table {resource}",
      operation: "updated",
      details: { rows_affected: required(whole("Rows", 1_000)) },
    },
    table_rows_deleted: {
      title: "Rows deleted",
      sentence: "Deleted {rows_affected} rows from table {resource}",
      operation: "deleted",
      details: { rows_affected: required(whole("Rows", 1_000)) },
      severity: "notable",
    },
    table_data_imported: {
      title: "Data imported",
      sentence: "Imported data into table {resource}",
      operation: "imported",
      details: { rows_affected: whole("Rows that came in", 1_000), ...fileFormat },
    },
    table_data_exported: {
      title: "Data exported",
      sentence: "Exported data of table {resource}",
      operation: "exported",
      details: { ...rowsOut, ...fileFormat },
      severity: "notable",
    },
  },
});
