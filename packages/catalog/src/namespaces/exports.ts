import { defineEvents } from "../define-events.ts";
import { whole } from "../details.ts";
import { fileFormat, rowsOut } from "../shared-details.ts";

export const exports = defineEvents({
  id: "exports",
  title: "Exported data",
  sample: { type: "report", name: "Q2 Sales Report" },
  events: {
    export_data_sql_exported: {
      title: "Query output exported",
      sentence: "Exported the output of query {resource}",
      operation: "exported",
      sample: { type: "query", name: "Top 10 Customers" },
      details: { ...rowsOut, ...fileFormat },
      severity: "notable",
    },
    export_data_report_exported_csv: {
      title: "Report exported as CSV",
      sentence: "Exported report {resource} as CSV",
      operation: "exported",
      details: rowsOut,
      severity: "notable",
    },
    export_data_report_exported_pdf: {
      title: "Report exported as PDF",
      sentence: "Exported report {resource} as PDF",
      operation: "exported",
      details: { "counts.pages": whole("Pages", 4) },
      severity: "notable",
    },
    report_exported: {
      title: "Report exported",
      sentence: "Exported report {resource}",
      operation: "exported",
      details: { ...rowsOut, ...fileFormat },
      severity: "notable",
    },
  },
});
