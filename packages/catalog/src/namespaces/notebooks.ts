import { defineEvents } from "../define-events.ts";
import { changed, text, whole } from "../details.ts";
import { invitedTo } from "../shared-details.ts";

export const notebooks = defineEvents({
  id: "notebooks",
  title: "Notebooks",
  sample: { type: "notebook", name: "Sales Analysis Q2" },
  events: {
    notebook_created: {
      title: "Notebook created",
      sentence: "Created notebook {resource}",
      operation: "created",
      details: { "counts.cells": whole("Cells it begins with", 5) },
    },
    notebook_updated: { title: "Notebook updated", sentence: "Updated notebook {resource}", operation: "updated" },
    notebook_deleted: { title: "Notebook deleted", sentence: "Deleted notebook {resource}", operation: "deleted" },
    notebook_viewed: { title: "Notebook viewed", sentence: "Viewed notebook {resource}", operation: "viewed" },
    notebook_executed: {
      title: "Notebook executed",
      sentence: "Executed notebook {resource}",
      operation: "executed",
      details: { "counts.cells": whole("Cells that ran", 10) },
    },
    notebook_cancelled: { title: "Notebook cancelled", sentence: "Cancelled notebook {resource}", operation: "cancelled" },
    notebook_shared: { title: "Notebook shared", sentence: "Shared notebook {resource}", operation: "shared", details: invitedTo },
    notebook_revoked: { title: "Access to notebook revoked", sentence: "Revoked access to notebook {resource}", operation: "revoked", severity: "notable" },
    notebook_promoted: { title: "Notebook promoted", sentence: "Promoted notebook {resource}", operation: "promoted", severity: "notable" },
    notebook_published: {
      title: "Notebook made public",
      sentence: "Made notebook {resource} public",
      operation: "shared",
      details: { "changes.visibility": changed("Who can see it", "private", "public") },
      severity: "notable",
    },
    notebook_cell_added: {
      title: "Cell added to notebook",
      sentence: "Added a cell to notebook {resource}",
      operation: "created",
      details: { "metadata.cell": text("Name of the cell", "Data Import") },
    },
    notebook_cell_edited: {
      title: "Cell of notebook edited",
      sentence: "Edited a cell of notebook {resource}",
      operation: "updated",
      details: { "metadata.cell": text("Name of the cell", "Data Import") },
    },
    notebook_cell_deleted: {
      title: "Cell of notebook deleted",
      sentence: "Deleted a cell of notebook {resource}",
      operation: "deleted",
      details: { "metadata.cell": text("Name of the cell", "Data Import") },
    },
  },
});
