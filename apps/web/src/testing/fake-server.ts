import { grants, type Grant } from "@daybook/policy";
import type { AuditEvent } from "@daybook/event";
import type { Trpc } from "../trpc.ts";
import { fakeAccountAnswers } from "./fake-account.ts";
import { fakeAuditorAnswers } from "./fake-auditors.ts";
import { fakeCatalogAnswers } from "./fake-catalog.ts";
import { fakeEvents, rowOf } from "./fake-events.ts";
import { fakeLogAnswers } from "./fake-log.ts";
import { fakeImportAnswers } from "./fake-imports.ts";
import { fakeInvestigationAnswers } from "./fake-investigations.ts";
import { fakeInventoryAnswers } from "./fake-inventory.ts";
import { fakeMemberAnswers } from "./fake-members.ts";
import { fakeRedactionAnswers } from "./fake-redaction.ts";
import { fakeOperationAnswers } from "./fake-operations.ts";
import { fakeTeamAnswers } from "./fake-teams.ts";
import { fakeSecurityAnswers } from "./fake-security.ts";
import { fakeTokenAnswers } from "./fake-tokens.ts";
import { fakeViewAnswers } from "./fake-views.ts";

type Of<P> = P extends { "~types": { input: infer Input; output: infer Output } } ? { input: Input; output: Output } : never;
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
    ...fakeLogAnswers(state.events, input),
    ...fakeOperationAnswers(state.events, input),
    ...fakeAccountAnswers(),
    ...fakeAuditorAnswers(),
    ...fakeCatalogAnswers(input),
    ...fakeMemberAnswers(),
    ...fakeRedactionAnswers(),
    ...fakeTeamAnswers(),
    ...fakeImportAnswers(input),
    ...fakeInventoryAnswers(input),
    ...fakeInvestigationAnswers(input),
    ...fakeTokenAnswers(input),
    ...fakeSecurityAnswers(),
    ...fakeViewAnswers(state, input),
    ...screens(state),
  };
  const answer = answers[path];
  if (!answer) throw new Error(`The fake has no answer to ${path}.`);
  return answer();
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
