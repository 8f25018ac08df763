/** Keys of a search whose values can be counted, in the order in which they are offered. */
export const facetKeys = [
  "status",
  "operation",
  "action",
  "namespace",
  "resource_type",
  "resource",
  "actor",
  "actor_type",
  "team",
  "source",
  "ip",
  "origin",
] as const;
export type FacetKey = (typeof facetKeys)[number];
