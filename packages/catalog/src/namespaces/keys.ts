import { defineEvents } from "../define-events.ts";
import { text } from "../details.ts";

export const keys = defineEvents({
  id: "keys",
  title: "Keys",
  sample: { type: "key", name: "landing-bucket" },
  events: {
    key_created: {
      title: "Key created",
      sentence: "Created key {resource}",
      operation: "created",
      details: { "metadata.kind": text("Kind of key", "aws") },
      severity: "notable",
    },
    key_updated: { title: "Key updated", sentence: "Updated key {resource}", operation: "updated", severity: "notable" },
    key_deleted: { title: "Key deleted", sentence: "Deleted key {resource}", operation: "deleted", severity: "notable" },
  },
});
