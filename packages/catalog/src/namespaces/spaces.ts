import { defineEvents } from "../define-events.ts";

export const spaces = defineEvents({
  id: "spaces",
  title: "Spaces",
  sample: { type: "space", name: "Brightwater partnership" },
  events: {
    space_created: { title: "Space created", sentence: "Created space {resource}", operation: "created" },
    space_changed: { title: "Space changed", sentence: "Changed space {resource}", operation: "updated" },
    space_deleted: { title: "Space deleted", sentence: "Deleted space {resource}", operation: "deleted", severity: "notable" },
  },
});
