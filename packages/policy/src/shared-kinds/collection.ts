import { defineSharedKind } from "./define-shared-kind.ts";

export const collection = defineSharedKind({
  type: "collection",
  area: "collections",
  noun: "collection",
  nouns: "collections",
  reads: "collections:read",
  manages: "collections:manage",
  byDefault: true,
  accessField: "access",
  suggestedKinds: [],
  actions: {
    created: "collection_created",
    updated: "collection_updated",
    deleted: "collection_deleted",
    memberAdded: "collection_member_added",
    memberAccessChanged: "collection_member_access_changed",
    memberRemoved: "collection_member_removed",
    groupAdded: "collection_group_added",
    groupAccessChanged: "collection_group_access_changed",
    groupRemoved: "collection_group_removed",
  },
});
