import { defineEvents } from "../define-events.ts";
import { choice } from "../details.ts";

export const metadata = defineEvents({
  id: "metadata",
  title: "Metadata",
  sample: { type: "table", name: "orders" },
  events: {
    metadata_added: {
      title: "Metadata added",
      sentence: "Added {metadata.field|metadata} to {resource}",
      operation: "created",
      details: { "metadata.field": choice("Which metadata", "owners", "description", "tags", "critical_asset") },
    },
    metadata_edited: {
      title: "Metadata edited",
      sentence: "Edited {metadata.field|metadata} of {resource}",
      operation: "updated",
      details: { "metadata.field": choice("Which metadata", "owners", "description", "tags", "critical_asset") },
    },
    metadata_deleted: {
      title: "Metadata deleted",
      sentence: "Deleted {metadata.field|metadata} of {resource}",
      operation: "deleted",
      details: { "metadata.field": choice("Which metadata", "owners", "description", "tags", "critical_asset") },
    },
    add_metadata: {
      title: "Add metadata",
      sentence: "Added {metadata.field|metadata} to {resource}",
      operation: "created",
      details: { "metadata.field": choice("Which metadata", "owners", "description", "tags", "critical_asset") },
    },
    edit_metadata: {
      title: "Edit metadata",
      sentence: "Edited {metadata.field|metadata} of {resource}",
      operation: "updated",
      details: { "metadata.field": choice("Which metadata", "owners", "description", "tags", "critical_asset") },
    },
    delete_metadata: {
      title: "Delete metadata",
      sentence: "Deleted {metadata.field|metadata} of {resource}",
      operation: "deleted",
      details: { "metadata.field": choice("Which metadata", "owners", "description", "tags", "critical_asset") },
    },
  },
});
