import { defineEvents } from "../define-events.ts";

export const notebooks = defineEvents({
  id: "notebooks",
  title: "Notebooks",
  sample: { type: "notebook", name: "Sales Analysis Q2" },
  events: {
    notebook_created: { title: "Notebook created", sentence: "Created notebook {resource}", operation: "created" },
    notebook_updated: { title: "Notebook updated", sentence: "Updated notebook {resource}", operation: "updated" },
    notebook_deleted: { title: "Notebook deleted", sentence: "Deleted notebook {resource}", operation: "deleted" },
    notebook_viewed: { title: "Notebook viewed", sentence: "Viewed notebook {resource}", operation: "viewed" },
    notebook_executed: { title: "Notebook executed", sentence: "Executed notebook {resource}", operation: "executed" },
    notebook_cancelled: { title: "Notebook cancelled", sentence: "Cancelled notebook {resource}", operation: "cancelled" },
    notebook_shared: { title: "Notebook shared", sentence: "Shared notebook {resource}", operation: "shared" },
    notebook_revoked: { title: "Access to notebook revoked", sentence: "Revoked access to notebook {resource}", operation: "revoked", severity: "notable" },
    notebook_promoted: { title: "Notebook promoted", sentence: "Promoted notebook {resource}", operation: "promoted", severity: "notable" },
    notebook_published: { title: "Notebook made public", sentence: "Made notebook {resource} public", operation: "shared", severity: "notable" },
    notebook_cell_added: { title: "Cell added to notebook", sentence: "Added a cell to notebook {resource}", operation: "created" },
  },
});
