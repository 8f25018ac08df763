import { defineEvents } from "../define-events.ts";

export const configuration = defineEvents({
  id: "configuration",
  title: "Configuration",
  sample: { type: "configuration", name: "Quiet hours" },
  events: {
    configuration_created: { title: "Configuration created", sentence: "Created configuration {resource}", operation: "created" },
    configuration_edited: { title: "Configuration edited", sentence: "Edited configuration {resource}", operation: "updated" },
    configuration_deleted: { title: "Configuration deleted", sentence: "Deleted configuration {resource}", operation: "deleted" },
    create_configuration: { title: "Create configuration", sentence: "Created configuration {resource}", operation: "created" },
    edit_configuration: { title: "Edit configuration", sentence: "Edited configuration {resource}", operation: "updated" },
    delete_configuration: { title: "Delete configuration", sentence: "Deleted configuration {resource}", operation: "deleted" },
  },
});
