import type { Actor, EventContext, Team } from "@daybook/event";

/** Somebody who works at Larkspur Analytics. */
export interface Person {
  actor: Actor & { id: string; name: string; email: string };
  team: Team & { name: string };
  job: "engineer" | "analyst" | "scientist" | "lead";
  agent: string;
  /** From the office, and from home; all of them addresses that are kept free for examples (RFC 5737). */
  office: string;
  home: string;
  /** Begins the day earlier or later than others, in minutes. */
  early: number;
}

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";
const chromeMac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const chromeWindows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15";
const edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0";

/** Their ids are those of teams in the demo's organization, so that its events stand in the logs of its teams. */
export const teams = {
  platform: { id: "0199d000-0000-7000-8000-000000000001", name: "Data Platform" },
  insights: { id: "0199d000-0000-7000-8000-000000000002", name: "Insights" },
  revenue: { id: "0199d000-0000-7000-8000-000000000003", name: "Revenue" },
} as const satisfies Record<string, Team>;

const person = (number: number, name: string, team: Person["team"], job: Person["job"], agent: string): Person => ({
  actor: { type: "user", id: `usr_${String(number).padStart(2, "0")}`, name, email: `${name.toLowerCase().replace(" ", ".")}@larkspur.example` },
  team,
  job,
  agent,
  office: `203.0.113.${10 + number}`,
  home: `198.51.100.${20 + number * 3}`,
  early: ((number * 37) % 100) - 45,
});

export const ingrid = person(1, "Ingrid Solberg", teams.platform, "lead", chromeMac);
export const aiko = person(2, "Aiko Tanaka", teams.platform, "engineer", firefox);
const mateo = person(3, "Mateo Rivas", teams.platform, "engineer", firefox);
const priya = person(4, "Priya Raman", teams.platform, "engineer", chromeMac);
export const jonas = person(5, "Jonas Weber", teams.platform, "engineer", chromeMac);
export const naomi = person(6, "Naomi Clarke", teams.insights, "lead", safari);
const samuel = person(7, "Samuel Okafor", teams.insights, "scientist", chromeMac);
export const lena = person(8, "Lena Fischer", teams.insights, "analyst", chromeWindows);
export const tomasz = person(9, "Tomasz Nowak", teams.insights, "analyst", chromeWindows);
const ravi = person(10, "Ravi Menon", teams.insights, "scientist", firefox);
const hugo = person(11, "Hugo Laurent", teams.revenue, "lead", edge);
export const grace = person(12, "Grace Kim", teams.revenue, "analyst", chromeMac);
export const diego = person(13, "Diego Torres", teams.revenue, "analyst", edge);
const emma = person(14, "Emma Lindqvist", teams.revenue, "analyst", safari);

export const people = [ingrid, aiko, mateo, priya, jonas, naomi, samuel, lena, tomasz, ravi, hugo, grace, diego, emma] as const;
/** Those who invite, grant and revoke. */
export const admins = [ingrid, aiko, naomi, hugo] as const;
export const engineers = people.filter(({ job }) => job === "engineer");

/** Machines, keys and outsiders, each with the address that it comes from. */
export interface Other {
  actor: Actor & { name: string };
  context: EventContext;
}

const other = (actor: Other["actor"], ip: string, user_agent: string): Other => ({ actor, context: { ip, user_agent } });

export const dbtUser = other({ type: "service_user", id: "svc_dbt", name: "svc-dbt" }, "203.0.113.200", "dbt-core/1.12.0");
export const biUser = other({ type: "service_user", id: "svc_bi", name: "svc-bi" }, "203.0.113.201", "bi-sync/4.2");
export const scheduler = other({ type: "service_user", id: "svc_scheduler", name: "svc-scheduler" }, "203.0.113.202", "larkspur-scheduler/2.8");
export const siemKey = other({ type: "api_key", id: "tok_siem", name: "SIEM pull" }, "192.0.2.40", "siem-collector/7.3");
export const crmKey = other({ type: "api_key", id: "tok_crm", name: "CRM sync" }, "192.0.2.51", "crm-connector/1.9 node");
export const copilot = other({ type: "agent", id: "agt_copilot", name: "Larkspur Copilot" }, "203.0.113.210", "copilot/0.6");
export const partner = other({ type: "anonymous", name: "Anonymous" }, "192.0.2.130", safari);
export const auditor = other({ type: "user", id: "usr_90", name: "Kim Hartley", email: "kim@hartley-audit.example" }, "192.0.2.77", chromeWindows);
export const system: Other = { actor: { type: "system", id: "larkspur", name: "Larkspur" }, context: {} };
