import { defineEvents } from "../define-events.ts";

export const metadata = defineEvents({
  id: "metadata",
  title: "Metadata",
  sample: { type: "table", name: "orders" },
  events: {
    metadata_added: { title: "Metadata added", sentence: "Added {metadata.field|metadata} to {resource}", operation: "created" },
    metadata_edited: { title: "Metadata edited", sentence: "Edited {metadata.field|metadata} of {resource}", operation: "updated" },
    metadata_deleted: { title: "Metadata deleted", sentence: "Deleted {metadata.field|metadata} of {resource}", operation: "deleted" },
    add_metadata: { title: "Add metadata", sentence: "Added {metadata.field|metadata} to {resource}", operation: "created" },
    edit_metadata: { title: "Edit metadata", sentence: "Edited {metadata.field|metadata} of {resource}", operation: "updated" },
    delete_metadata: { title: "Delete metadata", sentence: "Deleted {metadata.field|metadata} of {resource}", operation: "deleted" },
  },
});
