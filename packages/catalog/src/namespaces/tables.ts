import { defineEvents } from "../define-events.ts";

export const tables = defineEvents({
  id: "tables",
  title: "Tables",
  sample: { type: "table", name: "customers" },
  events: {
    table_rows_inserted: { title: "Rows inserted", sentence: "Inserted {rows_affected} rows into table {resource}", operation: "created" },
    table_rows_updated: { title: "Rows updated", sentence: "Updated {rows_affected} rows in table {resource}", operation: "updated" },
    table_rows_deleted: { title: "Rows deleted", sentence: "Deleted {rows_affected} rows from table {resource}", operation: "deleted", severity: "notable" },
    table_data_imported: { title: "Data imported", sentence: "Imported data into table {resource}", operation: "imported" },
    table_data_exported: { title: "Data exported", sentence: "Exported data of table {resource}", operation: "exported", severity: "notable" },
  },
});
