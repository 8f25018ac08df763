import type { inferOutput, Trpc } from "../trpc.ts";

type Imports = Trpc["imports"];
type ImportRun = inferOutput<Imports["list"]>[number];
type Preview = inferOutput<Imports["preview"]>;

const run: ImportRun = {
  id: "0193bbbb-0000-7000-8000-000000000001",
  vendor: "github",
  title: "GitHub audit log",
  fileName: "github-audit-2026-10.ndjson",
  state: "completed",
  error: null,
  records: 48_213,
  created: 48_102,
  duplicates: 96,
  conflictsTotal: 2,
  conflicts: [
    { line: 812, vendorId: "Xq9" },
    { line: 40_001, vendorId: "Zz1" },
  ],
  problemsTotal: 15,
  problems: Array.from({ length: 15 }, (_, at) => ({ line: 3 + at * 7, message: "This is no record of the GitHub audit log: it has no `action`." })),
  olderThanRetention: 0,
  bytesRead: 31_400_000,
  bytesTotal: 31_400_000,
  startedBy: "Alice Chen",
  startedAt: "2026-11-20T11:00:00.000Z",
  finishedAt: "2026-11-20T11:00:05.000Z",
  undoneBy: null,
  undoneEvents: 0,
  undoneAt: null,
};

const fakeRuns: readonly ImportRun[] = [
  run,
  {
    ...run,
    id: "0193bbbb-0000-7000-8000-000000000002",
    state: "running",
    fileName: "cloudtrail.json.gz",
    title: "AWS CloudTrail",
    created: 12_000,
    problemsTotal: 0,
    conflictsTotal: 0,
  },
  { ...run, id: "0193bbbb-0000-7000-8000-000000000003", state: "interrupted", fileName: "okta.ndjson", title: "Okta System Log", problemsTotal: 0 },
  {
    ...run,
    id: "0193bbbb-0000-7000-8000-000000000004",
    state: "failed",
    fileName: "holiday-photos.csv",
    title: "Billing audit",
    created: 0,
    duplicates: 0,
    conflictsTotal: 0,
    error: "This is no record of the Billing audit: it has no action at `event`.",
  },
  {
    ...run,
    id: "0193bbbb-0000-7000-8000-000000000005",
    state: "undone",
    fileName: "twice.ndjson",
    undoneEvents: 48_102,
    undoneBy: "Alice Chen",
    undoneAt: "2026-11-20T11:30:00.000Z",
  },
];

const known: Preview = {
  importer: { vendor: "github", title: "GitHub audit log", reason: "recognised" },
  recognisedPercent: 98,
  records: 50,
  events: Array.from({ length: 20 }, (_, at) => ({
    line: at + 1,
    occurred_at: `2026-10-01T08:${String(at).padStart(2, "0")}:11.475Z`,
    action: at % 3 === 0 ? "protected_branch.destroy" : "repo.create",
    actor: { type: "user" as const, id: "mona", name: at % 4 === 0 ? "mona-with-a-rather-long-login-name" : "mona" },
    resource: { type: "repository", name: "acme/website" },
    status: at % 5 === 0 ? ("failed" as const) : ("success" as const),
    ip: at % 2 === 0 ? "203.0.113.7" : null,
    description: "Created repository acme/website",
  })),
  problems: [{ line: 8, message: "This is no record of the GitHub audit log: it has no `action`." }],
  problemsTotal: 1,
  suggestion: { fields: { action: "event.name", occurred_at: "at", "actor.name": "who.name", "actor.email": "who.mail", status: "outcome", ip: "from" } },
  paths: [
    { path: "event.name", samples: ["invoice.paid", "invoice.voided"], records: 50 },
    { path: "at", samples: ["2026-10-01T08:00:11Z"], records: 50 },
    { path: "who.name", samples: ["Mona Lisa"], records: 50 },
    { path: "who.mail", samples: ["mona@acme.example"], records: 48 },
    { path: "outcome", samples: ["ok", "nope"], records: 50 },
    { path: "from", samples: ["203.0.113.7"], records: 31 },
  ],
};

/** A file whose beginning holds `github` is one of a vendor; any other needs a mapping. */
export function fakeImportAnswers(input: unknown): Record<string, () => unknown> {
  const asked = (input ?? {}) as { head?: string; mapping?: unknown; importId?: string };
  return {
    "imports.importers": () =>
      [
        { vendor: "github", title: "GitHub audit log", hint: "Organization settings, Audit log, Export, JSON.", docsUrl: "https://docs.github.com/" },
        { vendor: "okta", title: "Okta System Log", hint: "The answer of GET /api/v1/logs.", docsUrl: "https://developer.okta.com/" },
      ] satisfies inferOutput<Imports["importers"]>,
    "imports.list": () => fakeRuns satisfies readonly ImportRun[],
    "imports.get": () => ({ ...run, id: asked.importId ?? run.id }) satisfies ImportRun,
    "imports.preview": () =>
      (asked.head?.includes("github")
        ? known
        : asked.mapping
          ? { ...known, importer: { vendor: "mapping:unsaved", title: "unsaved", reason: "chosen" }, recognisedPercent: null }
          : { ...known, importer: null, recognisedPercent: null, events: [], problems: [], problemsTotal: 0 }) satisfies Preview,
    "imports.undo": () => ({ events: run.created }) satisfies inferOutput<Imports["undo"]>,
    "mappings.list": () =>
      [
        { id: "map_1", vendor: "mapping:billing-audit", name: "Billing audit", mapping: known.suggestion, updatedAt: "2026-11-01T00:00:00.000Z" },
      ] satisfies inferOutput<Trpc["mappings"]["list"]>,
    "mappings.update": () => ({ id: "map_1", vendor: "mapping:billing-audit" }) satisfies inferOutput<Trpc["mappings"]["update"]>,
    "mappings.delete": () => ({}) satisfies inferOutput<Trpc["mappings"]["delete"]>,
    "mappings.create": () => ({ id: "map_2", vendor: "mapping:shop" }) satisfies inferOutput<Trpc["mappings"]["create"]>,
  };
}
