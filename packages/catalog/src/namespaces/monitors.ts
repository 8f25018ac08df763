import { defineEvents } from "../define-events.ts";

export const monitors = defineEvents({
  id: "monitors",
  title: "Monitors",
  sample: { type: "monitor", name: "Freshness of orders" },
  events: {
    monitor_added: { title: "Monitor added", sentence: "Added monitor {resource}", operation: "created" },
    monitor_edited: { title: "Monitor edited", sentence: "Edited monitor {resource}", operation: "updated" },
    monitor_deleted: { title: "Monitor deleted", sentence: "Deleted monitor {resource}", operation: "deleted" },
    create_monitor: { title: "Create monitor", sentence: "Created monitor {resource}", operation: "created" },
    edit_monitor: { title: "Edit monitor", sentence: "Edited monitor {resource}", operation: "updated" },
    delete_monitor: { title: "Delete monitor", sentence: "Deleted monitor {resource}", operation: "deleted" },
  },
});
