import type { SearchRequest } from "@daybook/store";
import { spanEnd } from "./search-data.ts";

type Query = SearchRequest["query"];
type Field = Extract<Query, { is: "equals" }>["field"];

export interface SearchCase {
  name: string;
  /** Free text has a goal of its own. */
  kind: "filter" | "text";
  /** Taken in turn, so that no answer comes from the statement before. */
  queries: Query[];
}

const equals = (field: Field, ...values: string[]): Query => ({ is: "equals", field, values });
const allOf = (...of: Query[]): Query => ({ is: "all", of });
const text = (...words: string[]): Query => ({ is: "text", words });
const network = (...networks: string[]): Query => ({ is: "network", networks });
const metadata = (path: string, ...values: string[]): Query => ({ is: "metadata", path, values });
const compare = (field: Extract<Query, { is: "compare" }>["field"], value: number): Query => ({ is: "compare", field, op: ">", value });

/** As `action:` and `actor:` ask. */
const asTyped = (action: string, actor: string): Query =>
  allOf(
    { is: "any", of: [equals("action", action), equals("operation", action)] },
    { is: "any", of: [equals("actor.email", actor), equals("actor.id", actor), equals("actor.name", actor)] },
  );

const daysAgo = (days: number): string => new Date(spanEnd.getTime() - days * 86_400_000).toISOString();
const before = (days: number): Query => ({ is: "occurred", to: daysAgo(days) });

const filter = (name: string, ...queries: Query[]): SearchCase => ({ name, kind: "filter", queries });
const words = (name: string, ...queries: Query[]): SearchCase => ({ name, kind: "text", queries });

const frequent: [Field, string[]][] = [
  ["action", ["notebook_viewed", "query_executed", "report_viewed"]],
  ["namespace", ["notebook", "query", "report"]],
  ["operation", ["viewed", "updated", "executed"]],
  ["status", ["failed", "in_progress", "success"]],
  ["actor.id", ["usr_0", "usr_1", "usr_2"]],
  ["actor.name", ["Alice Smith", "Bob Smith"]],
  ["actor.email", ["alice.smith0@example.com", "bob.smith0@example.com"]],
  ["actor.type", ["user", "service_user"]],
  ["resource.type", ["notebook", "database", "workspace"]],
  ["team.id", ["team_0", "team_20", "team_39"]],
  ["team.name", ["Team 0", "Team 39"]],
  ["source", ["api", "app:dbt"]],
  ["origin", ["interface", "api"]],
  ["error.code", ["timeout", "quota_exceeded"]],
  ["log_type", ["activity", "system"]],
];
const rare: [Field, string[]][] = [
  ["action", ["workspace_plan_updated", "sso_settings_updated"]],
  ["actor.id", ["usr_3990", "usr_3500", "usr_2999"]],
  ["actor.name", ["Priya Weber"]],
  ["resource.id", ["res_16854828", `res_${(150_000 * 7919 + 65_536).toString(16)}`]],
  ["resource.name", ["Q1 Revenue Pipeline 47704", "Q3 Churn Forecast 1234"]],
  ["session_id", ["ses_3_20251103", "ses_900_20260201"]],
  ["ip", ["10.3.103.7", "10.19.199.250"]],
];
const absentFields: Field[] = [
  "action",
  "actor.id",
  "actor.email",
  "resource.id",
  "resource.name",
  "team.id",
  "ip",
  "session_id",
  "request_id",
  "error.code",
  "source",
];

/** The cases of the goals: each filter alone, combinations, rare and absent values, words, phrases, and two that never meet. */
export const searchCases: readonly SearchCase[] = [
  filter("no filter, newest", { is: "everything" }),
  filter("no filter, 200 days ago", before(200)),
  ...frequent.map(([field, values]) => filter(`${field}, frequent`, ...values.map((value) => equals(field, value)))),
  ...rare.map(([field, values]) => filter(`${field}, rare`, ...values.map((value) => equals(field, value)))),
  ...absentFields.map((field) => filter(`${field}, absent`, equals(field, "nothing-of-the-kind"))),
  filter("did or caused, or by name", {
    is: "any",
    of: [equals("did_or_caused", "usr_3990"), equals("actor.email", "usr_3990"), equals("actor.name", "usr_3990")],
  }),
  filter("frequent action, rare actor, in any of their fields", asTyped("notebook_viewed", "usr_3990"), asTyped("query_executed", "usr_3500")),
  filter("pattern of an action, not by people", allOf({ is: "like", field: "action", patterns: ["*plan*"] }, { is: "not", of: equals("actor.type", "user") })),
  filter("team, status and action", allOf(equals("team.id", "team_3"), equals("status", "failed"), equals("action", "report_exported"))),
  filter("two filters that never meet", allOf(equals("action", "notebook_viewed"), equals("resource.type", "database"))),
  filter("two filters that hardly meet", allOf(equals("actor.id", "usr_900"), equals("action", "workspace_plan_updated"))),
  filter("actor, 200 days ago", allOf(equals("actor.id", "usr_40"), before(200))),
  filter("IP address", network("10.3.103.7/32"), network("10.19.199.250/32")),
  filter("IP network, frequent", network("10.1.0.0/16"), network("10.0.0.0/8")),
  filter("IP network, rare", network("10.7.187.0/24"), network("10.7.187.128/25")),
  filter("IP network, absent", network("192.168.1.0/24"), network("172.16.0.0/12"), network("2001:db8::/32")),
  filter("changed, frequent", { is: "changed", path: "status" }),
  filter("changed, rare", { is: "changed", path: "visibility" }, { is: "changed", path: "settings.visibility", before: "draft" }),
  filter("changed, absent", { is: "changed", path: "owner" }),
  filter("metadata, frequent", metadata("environment", "staging")),
  filter("metadata, rare", metadata("environment", "canary")),
  filter("metadata, absent", metadata("environment", "moon"), metadata("region", "eu")),
  filter("duration over 150 s", compare("duration_ms", 150_000)),
  filter("rows over a million", compare("rows", 1_000_000)),
  filter("has reason, absent", { is: "has", part: "reason" }),
  filter("has error", { is: "has", part: "error" }),
  words("frequent word", text("notebook"), text("alice"), text("sales"), text("q2")),
  words("beginning of a word", text("noteb"), text("ali"), text("onboar")),
  words("rare word", text("47704"), text("workspace", "priya"), text("16854828")),
  words("absent word", text("zeppelin"), text("notebooks"), text("xy")),
  words("address", text("alice.smith0@example.com"), text("alice.smith1"), text("10.3.103.7")),
  words("phrase", text('created notebook "q1 sales'), text('deleted report "q3 hiring')),
  words("long phrase", text('priya weber viewed notebook "q1 revenue pipeline 47704"'), text('alice smith exported report "q2 sales forecast 9911"')),
  words("two frequent words that never meet", text("sales", "database")),
  words("word and filter", allOf(text("sales"), equals("status", "failed"), equals("team.id", "team_39"))),
];
