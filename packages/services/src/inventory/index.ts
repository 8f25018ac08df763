export * from "./access-of.ts";
export * from "./default-access.ts";
export * from "./groups.ts";
export * from "./limits.ts";
export * from "./put-access.ts";
export { memberRef, thingRef } from "./refs.ts";
export * from "./shared-verbs.ts";
