import { defineEvents } from "../define-events.ts";

export const functions = defineEvents({
  id: "functions",
  title: "Functions",
  sample: { type: "function", name: "normalise_phone" },
  events: {
    function_created: { title: "Function created", sentence: "Created function {resource}", operation: "created" },
    function_updated: { title: "Function updated", sentence: "Updated function {resource}", operation: "updated" },
    function_deleted: { title: "Function deleted", sentence: "Deleted function {resource}", operation: "deleted" },
  },
});
