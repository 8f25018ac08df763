/**
 * Door 1: PostgreSQL. The only SQL of Daybook: the append that gives every event its place, search, feeds, and the tables of everything
 * else. Events are append-only: no statement here updates one. It will never know who may see what, nor what an event means.
 */
export * as alertRules from "./alert-rules.ts";
export type { AlertRule } from "./alert-rules.ts";
export type { Executor, Tx } from "./connect.ts";
export * as consumers from "./consumers.ts";
export { hash128, payloadHash } from "./events/append.ts";
export type { AppendItem, AppendOutcome } from "./events/append.ts";
export { isExactInRollUp } from "./events/counts.ts";
export type { Bucket, BucketUnit, FacetValue } from "./events/counts.ts";
export { textOf } from "./error-text.ts";
export { feedEventsMax } from "./events/feed.ts";
export * as demos from "./demos.ts";
export type { Demo } from "./demos.ts";
export { isConnectionError } from "./fence.ts";
export * as incidents from "./incidents.ts";
export type { Incident } from "./incidents.ts";
export * as mails from "./mails.ts";
export type { ListedMail, Mail, MailAbout, MailProgress, MailReceipt } from "./mails.ts";
export { isMigrated, migrate } from "./migrate.ts";
export { appendedChannel, wake, wakeChannel } from "./notify.ts";
export type { Listening } from "./notify.ts";
export * as members from "./members.ts";
export * as operations from "./operations.ts";
export type { NamedOperation, OperationPlace } from "./operations.ts";
export * as organizations from "./organizations.ts";
export type { Organization } from "./organizations.ts";
export * as purgeEvents from "./purge-events.ts";
export * as purges from "./purges.ts";
export type { Purge } from "./purges.ts";
export * as reportFigures from "./report-figures.ts";
export type { HourFigure } from "./report-figures.ts";
export * as reportRuns from "./report-runs.ts";
export type { ReportRun } from "./report-runs.ts";
export * as reportSchedules from "./report-schedules.ts";
export type { ReportSchedule } from "./report-schedules.ts";
export * as schema from "./schema/index.ts";
export * as sightings from "./sightings.ts";
export type { Sighting } from "./sightings.ts";
export * as sources from "./sources.ts";
export * as syncRuns from "./sync-runs.ts";
export type { Hold, SyncRun } from "./sync-runs.ts";
export type { Source } from "./sources.ts";
export * as tokens from "./tokens.ts";
export { openStore } from "./store.ts";
export type { Store } from "./store.ts";
