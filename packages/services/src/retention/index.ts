export { getRetention, previewRetention, purgeNow, purgeQueue, setRetention } from "./policy.ts";
export type { PurgeView, RetentionView } from "./policy.ts";
export { purgeExpired } from "./purge-expired.ts";
