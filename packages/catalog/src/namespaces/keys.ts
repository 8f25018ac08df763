import { defineEvents } from "../define-events.ts";

export const keys = defineEvents({
  id: "keys",
  title: "Keys",
  sample: { type: "key", name: "landing-bucket" },
  events: {
    key_created: { title: "Key created", sentence: "Created key {resource}", operation: "created", severity: "notable" },
    key_updated: { title: "Key updated", sentence: "Updated key {resource}", operation: "updated", severity: "notable" },
    key_deleted: { title: "Key deleted", sentence: "Deleted key {resource}", operation: "deleted", severity: "notable" },
  },
});
