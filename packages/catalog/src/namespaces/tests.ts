import { defineEvents } from "../define-events.ts";

export const tests = defineEvents({
  id: "tests",
  title: "Data tests",
  sample: { type: "test", name: "orders.total is not null" },
  events: {
    test_added: { title: "Test added", sentence: "Added test {resource}", operation: "created" },
    test_edited: { title: "Test edited", sentence: "Edited test {resource}", operation: "updated" },
    test_deleted: { title: "Test deleted", sentence: "Deleted test {resource}", operation: "deleted" },
    create_test: { title: "Create test", sentence: "Created test {resource}", operation: "created" },
    edit_test: { title: "Edit test", sentence: "Edited test {resource}", operation: "updated" },
    delete_test: { title: "Delete test", sentence: "Deleted test {resource}", operation: "deleted" },
  },
});
