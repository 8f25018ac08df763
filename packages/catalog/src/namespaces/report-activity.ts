import { defineEvents } from "../define-events.ts";
import { changed, required, text } from "../details.ts";

export const reportActivity = defineEvents({
  id: "report_activity",
  title: "Report activity",
  sample: { type: "report", name: "Q2 Sales Report" },
  events: {
    report_activity_report_created: { title: "New report created", sentence: "Created report {resource}", operation: "created" },
    report_activity_report_edited: { title: "Report edited", sentence: "Edited report {resource}", operation: "updated" },
    report_activity_report_deleted: { title: "Report deleted", sentence: "Deleted report {resource}", operation: "deleted", severity: "notable" },
    report_activity_report_moved: {
      title: "Report moved",
      sentence: "Moved report {resource}",
      operation: "updated",
      details: { "changes.collection": required(changed("Where it was and is", "Personal", "Sales")) },
    },
    report_activity_sql_added: {
      title: "SQL added to report",
      sentence: "Added SQL to report {resource}",
      operation: "created",
      details: { "metadata.query": text("Name of the query", "Revenue by month") },
    },
    report_activity_sql_deleted: {
      title: "SQL deleted from report",
      sentence: "Deleted SQL from report {resource}",
      operation: "deleted",
      details: { "metadata.query": text("Name of the query", "Revenue by month") },
    },
    report_activity_visualization_added: {
      title: "Visualization added to report",
      sentence: "Added a visualization to report {resource}",
      operation: "created",
      details: { "metadata.visualization": text("Name of the visualization", "Revenue by month") },
    },
    report_activity_visualization_deleted: {
      title: "Visualization deleted from report",
      sentence: "Deleted a visualization from report {resource}",
      operation: "deleted",
      details: { "metadata.visualization": text("Name of the visualization", "Revenue by month") },
    },
    report_activity_python_notebook_added: {
      title: "Python notebook added to report",
      sentence: "Added a Python notebook to report {resource}",
      operation: "created",
      details: { "metadata.notebook": text("Name of the notebook", "Forecast") },
    },
    report_activity_r_notebook_added: {
      title: "R notebook added to report",
      sentence: "Added an R notebook to report {resource}",
      operation: "created",
      details: { "metadata.notebook": text("Name of the notebook", "Forecast") },
    },
  },
});
