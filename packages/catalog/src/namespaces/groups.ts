import { defineEvents } from "../define-events.ts";
import { whole } from "../details.ts";

export const groups = defineEvents({
  id: "groups",
  title: "Groups",
  sample: { type: "group", name: "Analysts" },
  events: {
    group_created: { title: "Group created", sentence: "Created group {resource}", operation: "created" },
    group_updated: { title: "Group updated", sentence: "Updated group {resource}", operation: "updated" },
    group_member_added: {
      title: "Member added to group",
      sentence: "Added {related.user|a member} to group {resource}",
      operation: "created",
      severity: "notable",
    },
    group_member_removed: {
      title: "Member removed from group",
      sentence: "Removed {related.user|a member} from group {resource}",
      operation: "deleted",
      severity: "notable",
    },
    group_deleted: {
      title: "Group deleted",
      sentence: "Deleted group {resource}",
      operation: "deleted",
      details: {
        "counts.members": whole("Members that it had", 12),
        "counts.collections": whole("Collections that it could use", 3),
        "counts.connections": whole("Connections that it could use", 2),
      },
      severity: "notable",
    },
  },
});
