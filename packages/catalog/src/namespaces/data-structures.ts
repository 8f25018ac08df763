import { defineEvents } from "../define-events.ts";

export const dataStructures = defineEvents({
  id: "data_structures",
  title: "Data structures",
  sample: { type: "data_structure", name: "Customer" },
  events: {
    data_structure_created: { title: "Data structure created", sentence: "Created data structure {resource}", operation: "created" },
    data_structure_updated: { title: "Data structure updated", sentence: "Updated data structure {resource}", operation: "updated" },
    data_structure_deleted: { title: "Data structure deleted", sentence: "Deleted data structure {resource}", operation: "deleted" },
  },
});
