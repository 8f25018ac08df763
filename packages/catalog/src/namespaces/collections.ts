import { defineEvents } from "../define-events.ts";
import { accessChange, collectionAccess, invitedTo, lostWithIt } from "../shared-details.ts";

export const collections = defineEvents({
  id: "collections",
  title: "Collections",
  sample: { type: "collection", name: "Sales" },
  events: {
    collection_created: { title: "Collection created", sentence: "Created collection {resource}", operation: "created" },
    collection_updated: { title: "Collection updated", sentence: "Updated collection {resource}", operation: "updated" },
    collection_deleted: {
      title: "Collection deleted",
      sentence: "Deleted collection {resource}",
      operation: "deleted",
      details: lostWithIt,
      severity: "notable",
    },
    collection_viewed: { title: "Collection viewed", sentence: "Viewed collection {resource}", operation: "viewed" },
    collection_executed: { title: "Collection executed", sentence: "Executed collection {resource}", operation: "executed" },
    collection_cancelled: { title: "Collection cancelled", sentence: "Cancelled collection {resource}", operation: "cancelled" },
    collection_shared: { title: "Collection shared", sentence: "Shared collection {resource}", operation: "shared", details: invitedTo },
    collection_revoked: {
      title: "Access to collection revoked",
      sentence: "Revoked access to collection {resource}",
      operation: "revoked",
      severity: "notable",
    },
    collection_promoted: { title: "Collection promoted", sentence: "Promoted collection {resource}", operation: "promoted", severity: "notable" },
    collection_member_added: {
      title: "Member added to collection",
      sentence: "Added {related.user|a member} to collection {resource}",
      operation: "created",
      details: collectionAccess,
      severity: "notable",
    },
    collection_member_removed: {
      title: "Member removed from collection",
      sentence: "Removed {related.user|a member} from collection {resource}",
      operation: "deleted",
      severity: "notable",
    },
    collection_member_access_changed: {
      title: "Member's access to collection changed",
      sentence: "Changed the access of {related.user|a member} to collection {resource}",
      operation: "updated",
      details: accessChange,
      severity: "notable",
    },
    collection_group_added: {
      title: "Group added to collection",
      sentence: "Added group {related.group} to collection {resource}",
      operation: "created",
      details: collectionAccess,
      severity: "notable",
    },
    collection_group_removed: {
      title: "Group removed from collection",
      sentence: "Removed group {related.group} from collection {resource}",
      operation: "deleted",
      severity: "notable",
    },
    collection_group_access_changed: {
      title: "Group's access to collection changed",
      sentence: "Changed the access of group {related.group} to collection {resource}",
      operation: "updated",
      details: accessChange,
      severity: "notable",
    },
  },
});
