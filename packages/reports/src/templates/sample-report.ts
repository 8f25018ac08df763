import type { ReportData } from "../define-report.ts";
import { type CountRow, digestOf } from "../digest.ts";
import { lastFullWeek } from "../period.ts";

const period = lastFullWeek(new Date("2026-11-23T07:00:00Z"), { weekday: 1, zone: "Europe/Paris" });

const row = (at: string, action: string, operation: string, actor: string, count: number, status: CountRow["status"] = "success"): CountRow => ({
  at,
  action,
  operation,
  actorId: `u_${actor.toLowerCase().replaceAll(/[^a-z]/g, "")}`,
  actorName: actor,
  status,
  count,
});

const everyDay = [210, 262, 198, 241, 187, 41, 36].flatMap((count, day) => [
  row(period.days[day] ?? "", "notebook_executed", "executed", "Alice Jones", Math.round(count * 0.42)),
  row(period.days[day] ?? "", "query_executed", "executed", "svc-bi", Math.round(count * 0.31)),
  row(period.days[day] ?? "", "report_viewed", "viewed", "Bob Smith", Math.round(count * 0.2)),
  row(period.days[day] ?? "", "query_executed", "executed", "svc-bi", Math.max(1, Math.round(count * 0.04)), "failed"),
]);

const rows: CountRow[] = [
  ...everyDay,
  row("2026-11-16T22:00:00.000Z", "org_user_role_changed", "updated", "Alice Jones", 2),
  row("2026-11-18T09:00:00.000Z", "connection_member_added_with_role", "created", "Carol Diaz", 1),
  row("2026-11-19T13:00:00.000Z", "user_login_failed", "authenticated", "Dan Okafor", 6, "failed"),
  row("2026-11-20T03:00:00.000Z", "export_data_sql_exported", "exported", "svc-bi", 3),
  row("2026-11-10", "notebook_executed", "executed", "Alice Jones", 480),
  row("2026-11-11", "query_executed", "executed", "svc-bi", 390),
  row("2026-11-12", "report_viewed", "viewed", "Bob Smith", 198),
  row("2026-11-12", "query_executed", "executed", "svc-bi", 52, "failed"),
  row("2026-11-13", "org_user_role_changed", "updated", "Alice Jones", 3),
];

const titles: Record<string, string> = {
  notebook_executed: "Notebook executed",
  query_executed: "Query executed",
  report_viewed: "Report viewed",
  org_user_role_changed: "Member’s role changed",
  connection_member_added_with_role: "Member added to a connection",
  user_login_failed: "Sign-in failed",
  export_data_sql_exported: "Query result exported",
};

export const sampleReport: ReportData = {
  organization: { name: "Acme", slug: "acme" },
  schedule: { name: "Weekly security review" },
  origin: "https://daybook.acme.example",
  digest: digestOf({
    period,
    rows,
    isPermissionChange: ({ action }) => action === "org_user_role_changed" || action === "connection_member_added_with_role",
    titleOf: (action) => titles[action] ?? action,
  }),
};
