import { grants, type Grant } from "@daybook/policy";
import type { AuditEvent, LogType } from "@daybook/event";
import type { Trpc } from "../trpc.ts";
import { fakeAuditorAnswers } from "./fake-auditors.ts";
import { fakeCatalogAnswers } from "./fake-catalog.ts";
import { fakeEvents, rowOf } from "./fake-events.ts";
import { fakeImportAnswers } from "./fake-imports.ts";
import { fakeInventoryAnswers } from "./fake-inventory.ts";
import { fakeMemberAnswers } from "./fake-members.ts";
import { fakeRedactionAnswers } from "./fake-redaction.ts";
import { fakeOperationAnswers } from "./fake-operations.ts";
import { fakeTeamAnswers } from "./fake-teams.ts";
import { fakeSecurityAnswers } from "./fake-security.ts";
import { fakeTokenAnswers } from "./fake-tokens.ts";

type Of<P> = P extends { "~types": { input: infer Input; output: infer Output } } ? { input: Input; output: Output } : never;
type Events = Trpc["events"];
type Filter = NonNullable<NonNullable<Of<Events["list"]>["input"]>["filter"]>;
interface Scope {
  logType: LogType;
  filter: Filter;
}
type ListInput = Scope & { cursor?: string; limit?: number };

export interface FakeState {
  signedIn: boolean;
  setupNeeded: boolean;
  events: AuditEvent[];
}

export const fakeState = (change: Partial<FakeState> = {}): FakeState => ({
  signedIn: true,
  setupNeeded: false,
  events: fakeEvents(420, Date.parse("2026-11-20T12:03:10.245Z")),
  ...change,
});

const everything = { role: "owner" as const, grants: Object.keys(grants) as Grant[], without: [], teams: [], formerSlugs: [], barred: null };
const organizations = [
  { ...everything, id: "0193aaaa-0000-7000-8000-000000000001", name: "Acme", slug: "acme", timeZone: "Europe/Paris", demo: false },
  { ...everything, id: "0193aaaa-0000-7000-8000-000000000002", name: "Northwind Demo", slug: "northwind-demo", timeZone: "Europe/Paris", demo: true },
];

/** Answers as the server would, from a list in memory; only what the screens ask. */
export function fakeAnswer(state: FakeState, path: string, input: unknown): unknown {
  const answers: Record<string, () => unknown> = {
    "session.me": () =>
      (state.signedIn ? { user: { id: "u_alice", name: "Alice Chen", email: "alice@company.com" }, organizations } : null) satisfies Of<
        Trpc["session"]["me"]
      >["output"],
    "setup.status": () => ({ needed: state.setupNeeded }),
    "setup.passwordRules": () => ({ lengthMin: 12 }),
    "setup.create": () => ({ organization: { id: organizations[0]?.id ?? "", slug: "acme" }, token: "dbk_live_ws_0123456789abcdef" }),
    "events.list": () => list(state, input as ListInput),
    "events.get": () => get(state, (input as Of<Events["get"]>["input"]).id),
    "events.related": () => [{ by: "actor", count: 12, capped: false, events: state.events.slice(0, 4).map(rowOf) }] satisfies Of<Events["related"]>["output"],
    "events.histogram": () => histogram(state, input as Scope),
    "events.facets": () => facets(state, input as Scope),
    ...fakeOperationAnswers(state.events, input),
    ...fakeAuditorAnswers(),
    ...fakeCatalogAnswers(input),
    ...fakeMemberAnswers(),
    ...fakeRedactionAnswers(),
    ...fakeTeamAnswers(),
    ...fakeImportAnswers(input),
    ...fakeInventoryAnswers(input),
    ...fakeTokenAnswers(input),
    ...fakeSecurityAnswers(),
    ...screens(state),
  };
  const answer = answers[path];
  if (!answer) throw new Error(`The fake has no answer to ${path}.`);
  return answer();
}

function matching({ events }: FakeState, { logType, filter }: Scope): AuditEvent[] {
  return events.filter((event) => event.log_type === logType && holds(event, filter));
}

function holds(event: AuditEvent, filter: Filter): boolean {
  const text = JSON.stringify(event).toLowerCase();
  const any = (values: readonly string[] | undefined, ...own: (string | undefined)[]) => !values?.length || values.some((value) => own.includes(value));
  return (
    (filter.q ?? "")
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word)) &&
    any(filter.status, event.status) &&
    any(filter.action, event.action) &&
    any(filter.operation, event.operation) &&
    any(filter.namespace, event.namespace) &&
    any(filter.actor, event.actor.id, event.actor.email, event.actor.name) &&
    any(filter.resourceType, event.resource?.type) &&
    any(filter.resource, event.resource?.name, event.resource?.id) &&
    (!filter.from || event.occurred_at >= filter.from) &&
    (!filter.to || event.occurred_at < filter.to)
  );
}

function list(state: FakeState, input: ListInput): Of<Events["list"]>["output"] {
  const all = matching(state, input);
  const start = input.cursor ? Number(input.cursor) : 0;
  const end = start + (input.limit ?? 100);
  return { events: all.slice(start, end).map(rowOf), nextCursor: end < all.length ? String(end) : null, completeUntil: "2026-11-20T12:03:11.000Z", lastSeq: 0 };
}

function get(state: FakeState, id: string): Of<Events["get"]>["output"] {
  const event = state.events.find((each) => each.id === id);
  if (!event) throw new Error("There is no such event.");
  return {
    event,
    raw: event.seq % 2 === 0 ? { actor: "cat", action: "protected_branch.destroy", created_at: 1621305118553 } : null,
    visibleBecause: "Alice Chen is an owner, and owners see the whole log.",
  };
}

function histogram(state: FakeState, input: Scope): Of<Events["histogram"]>["output"] {
  const bucketSeconds = 14_400;
  const buckets = new Map<number, Of<Events["histogram"]>["output"]["buckets"][number]>();
  const all = matching(state, input);
  for (const event of all) {
    const start = Math.floor(Date.parse(event.occurred_at) / (bucketSeconds * 1000)) * bucketSeconds * 1000;
    const bucket = buckets.get(start) ?? { start: new Date(start).toISOString(), success: 0, failed: 0, in_progress: 0, pending_approval: 0 };
    bucket[event.status] += 1;
    buckets.set(start, bucket);
  }
  return { zone: "Europe/Paris", bucketSeconds, total: all.length, buckets: [...buckets.entries()].sort(([a], [b]) => a - b).map(([, bucket]) => bucket) };
}

function facets(state: FakeState, input: Scope): Of<Events["facets"]>["output"] {
  const count = (key: (event: AuditEvent) => string | undefined, label: (event: AuditEvent) => string | undefined = key) => {
    const found = new Map<string, { value: string; label: string; count: number }>();
    for (const event of matching(state, { logType: input.logType, filter: {} })) {
      const value = key(event) ?? "anonymous";
      const held = found.get(value) ?? { value, label: label(event) ?? value, count: 0 };
      found.set(value, { ...held, count: held.count + 1 });
    }
    return [...found.values()].sort((a, b) => b.count - a.count);
  };
  return {
    actions: count(
      ({ action }) => action,
      ({ action }) => action.replaceAll("_", " "),
    ),
    actors: count(
      ({ actor }) => actor.email ?? actor.id,
      ({ actor }) => actor.name ?? "Anonymous",
    ),
    operations: count(({ operation }) => operation),
    statuses: count(({ status }) => status),
    resourceTypes: count(({ resource }) => resource?.type),
    approximate: false,
  };
}

const mailHtml =
  "<!doctype html><html><body style='font-family:sans-serif;padding:24px'><h1 style='font-size:20px'>Weekly audit summary</h1><p>1,204 events, 49 failed.</p></body></html>";
const run = {
  id: "run_1",
  operationId: "op_1",
  state: "succeeded" as const,
  trigger: { name: "Alice Chen" },
  requestedAt: "2026-11-20T10:59:59.000Z",
  startedAt: "2026-11-20T11:00:00.000Z",
  finishedAt: "2026-11-20T11:04:12.000Z",
  durationMs: 252_000,
  counts: { models: 312, failed: 2 },
  error: null,
};
const mail = {
  id: "m_1",
  to: ["alice@company.com"],
  subject: "49 failures, 3 large exports: Acme weekly",
  state: "delivered" as const,
  createdAt: "2026-11-16T07:00:03.000Z",
  sentAt: "2026-11-16T07:00:04.000Z",
  kind: "report" as const,
  error: null,
};
const reportRun = {
  id: "rr_1",
  period: { from: "2026-11-08T23:00:00.000Z", to: "2026-11-15T23:00:00.000Z" },
  trigger: "schedule" as const,
  sentAt: "2026-11-16T07:00:03.000Z",
  recipients: ["alice@company.com"],
  mailIds: ["m_1"],
  eventsTotal: 1204,
  periodsSkipped: 0,
};

function screens(state: FakeState): Record<string, () => unknown> {
  const schema = {
    type: "object",
    properties: {
      folder: { type: "string", title: "Folder", hint: "Where manifest.json and run_results.json are." },
      token: { type: "string", title: "Token", secret: true },
      every: { type: "integer", title: "Every", unit: "minutes", minimum: 1, default: 60 },
    },
    required: ["folder"],
  };
  return {
    "incidents.list": () =>
      [
        {
          id: "i_1",
          ruleId: "rule_1",
          ruleName: "Permission changes",
          kind: "permission_changes",
          severity: "high",
          state: "open",
          title: "Alice Chen changed the role of bob@company.com",
          openedAt: "2026-11-20T11:58:00.000Z",
          lastEventAt: "2026-11-20T12:01:00.000Z",
          eventCount: 3,
          acknowledgedBy: null,
          resolvedBy: null,
          note: null,
          deliveries: [{ to: "security@company.com", state: "sent", at: "2026-11-20T12:01:02.000Z" }],
          events: state.events.slice(0, 3).map(rowOf),
        },
      ] satisfies Of<Trpc["incidents"]["list"]>["output"],
    "rules.list": () =>
      [
        {
          id: "rule_1",
          name: "Permission changes",
          kind: "permission_changes",
          kindTitle: "Permission changes",
          enabled: true,
          recipients: ["security@company.com"],
          settings: { every: 15 },
          settingsSchema: schema,
          lastFiredAt: "2026-11-20T11:58:00.000Z",
          incidentsOpen: 1,
        },
      ] satisfies Of<Trpc["rules"]["list"]>["output"],
    "sources.kinds": () =>
      [{ id: "dbt", title: "dbt", docsUrl: "https://docs.getdbt.com/", settingsSchema: schema }] satisfies Of<Trpc["sources"]["kinds"]>["output"],
    "sources.list": () => [{ id: "s_1", kind: "dbt", name: "dbt production", settings: {}, lastRun: run }] satisfies Of<Trpc["sources"]["list"]>["output"],
    "sources.runs": () =>
      [run, { ...run, id: "run_2", state: "failed", error: "The folder /srv/dbt/target has no manifest.json.", counts: {} }] satisfies Of<
        Trpc["sources"]["runs"]
      >["output"],
    "reports.list": () =>
      [
        {
          id: "sch_1",
          name: "Weekly audit summary",
          template: "weekly",
          recipients: ["alice@company.com"],
          zone: "Europe/Paris",
          weekday: 1,
          hour: 8,
          paused: false,
          nextRunAt: "2026-11-23T07:00:00.000Z",
          lastRun: reportRun,
        },
      ] satisfies Of<Trpc["reports"]["list"]>["output"],
    "reports.runs": () => [reportRun],
    "reports.preview": () =>
      ({ subject: mail.subject, html: mailHtml, text: "1,204 events, 49 failed.", period: reportRun.period }) satisfies Of<
        Trpc["reports"]["preview"]
      >["output"],
    "mailbox.list": () => ({ transport: "mailbox", mails: [mail] }) satisfies Of<Trpc["mailbox"]["list"]>["output"],
    "mailbox.get": () => ({ ...mail, html: mailHtml, text: "1,204 events, 49 failed." }) satisfies Of<Trpc["mailbox"]["get"]>["output"],
    "retention.get": () =>
      ({
        days: 365,
        oldestEventAt: "2026-11-07T00:00:00.000Z",
        eventCount: 8412,
        purges: [
          {
            id: "p_1",
            at: "2026-11-20T01:00:00.000Z",
            before: "2025-11-20T00:00:00.000Z",
            count: 412_003,
            partitionsDropped: 1,
            trigger: "schedule",
            finishedAt: "2026-11-20T01:00:02.000Z",
          },
        ],
      }) satisfies Of<Trpc["retention"]["get"]>["output"],
    "retention.preview": () => ({ before: "2026-11-10T00:00:00.000Z", count: 812 }) satisfies Of<Trpc["retention"]["preview"]>["output"],
    "demo.status": () => ({ loaded: true, organization: { id: "o_2", slug: "northwind-demo" } }),
  };
}
