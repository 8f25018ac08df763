import { readdir } from "node:fs/promises";
import { frameRecords, importerOf, parseLossless, stringifyLossless } from "@daybook/connectors";
import { builtInRedactor } from "@daybook/event";
import type { Json } from "@daybook/event";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixture } from "../../test/platform-on.ts";
import { look, testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import { importRecords } from "./import-records.ts";
import type { ImportResult } from "./import-records.ts";
import type { Context } from "../context.ts";
import { createRedactionRule } from "../redaction/rules.ts";
import { perform } from "../verb.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

const vendors: Record<string, string> = {
  "aws-cloudtrail": "cloudtrail",
  "azure-activity": "azure_activity",
  databricks: "databricks",
  entra: "entra",
  gcp: "gcp",
  "github-audit": "github",
  "google-workspace": "google_workspace",
  m365: "m365",
  "okta-system": "okta",
  slack: "slack",
  snowflake: "snowflake",
};
const files = (await readdir(new URL("../../../connectors/fixtures/", import.meta.url)))
  .filter((name) => /\.(ndjson|json|csv)$/.test(name) && name !== "slack-actions.json")
  .map((fileName) => ({ fileName, vendor: Object.entries(vendors).find(([prefix]) => fileName.startsWith(prefix))?.[1] ?? "" }));

const importText = (context: Context, text: string, vendor = "github") => importRecords(platform, context, { vendor, fileName: "upload.ndjson", text });
const tally = ({ records, created, duplicates, conflictsTotal, problemsTotal }: ImportResult) => ({
  records,
  created,
  duplicates,
  conflictsTotal,
  problemsTotal,
});
const organizationOf = ({ viewer }: Context) => viewer.organizationId;
const imported = (context: Context) =>
  look<{ raw: string; occurred_at: string; source: string; idempotency_key: string; action: string }>(
    platform,
    `select raw::text, occurred_at, source, idempotency_key, action from events
    where organization_id = '${organizationOf(context)}' and source like 'import:%' order by seq`,
  );
const importEvents = async (context: Context) =>
  (await platform.store.search(organizationOf(context), { query: { is: "equals", field: "action", values: ["events_imported"] }, limit: 10 })).events;

const record = (fields: Record<string, Json>): string =>
  JSON.stringify({ action: "repo.create", actor: "mona", created_at: 1_712_643_475_186, repo: "acme/website", ...fields });

describe("the vendors' samples", () => {
  test.each(files)(
    "every record of $fileName comes in, its raw form equal to the input but for what redaction took out, and again adds nothing",
    async ({ fileName, vendor }) => {
      const context = await testOrganization(platform);
      const text = (await fixture(fileName)) ?? "";
      const records = [...frameRecords(text)].map((frame) => ("record" in frame ? frame.record : expect.fail(`line ${frame.line}`)));
      expect(records.length).toBeGreaterThan(0);

      const first = await importRecords(platform, context, { vendor, fileName, text });
      expect(first.problems).toEqual([]);
      expect(first.records).toBe(records.length);
      const expected = records.reduce<number>((sum, each) => sum + eventsOf(vendor, each), 0);
      expect(first.created + first.duplicates).toBe(expected);

      const rows = await imported(context);
      expect(rows.length).toBe(first.created);
      // A record that stands twice in a file is one event; every distinct record is there, digit for digit.
      const canonical = (value: Json) => stringifyLossless(sorted(value));
      expect(new Set(rows.map(({ raw }) => canonical(parseLossless(raw))))).toEqual(new Set(records.map((each) => canonical(redacted(each)))));
      expect(new Set(rows.map(({ source }) => source))).toEqual(new Set([`import:${vendor}`]));

      const again = await importRecords(platform, context, { vendor, fileName, text });
      expect(tally(again)).toEqual({ records: records.length, created: 0, duplicates: expected, conflictsTotal: 0, problemsTotal: 0 });
      expect((await imported(context)).length).toBe(first.created);
    },
  );

  const redacted = (record: Json): Json => builtInRedactor.json(record, "raw", []);

  const eventsOf = (vendor: string, record: Json): number => {
    const events = importerOf(vendor)?.toEvents(record, { index: 0 });
    return Array.isArray(events) ? events.length : 0;
  };

  test("a file read line by line gives the same events as its whole text", async () => {
    const [whole, lines] = [await testOrganization(platform), await testOrganization(platform)];
    const text = (await fixture("okta-system.ndjson")) ?? "";
    await importText(whole, text, "okta");
    await importRecords(platform, lines, {
      vendor: "okta",
      fileName: "okta",
      text: (async function* () {
        yield* text.split("\n");
      })(),
    });
    const shape = async (context: Context) => (await imported(context)).map(({ raw, idempotency_key, action }) => ({ raw, idempotency_key, action }));
    expect(await shape(lines)).toEqual(await shape(whole));
  });
});

describe("a record", () => {
  test("with a number that no double holds keeps every digit", async () => {
    const context = await testOrganization(platform);
    const digits = "900719925474099312345";
    await importText(context, record({ _document_id: "a" }).replace("}", `,"repo_id":${digits},"ratio":0.1000000000000000055511151231257827}`));
    const [row] = await imported(context);
    expect(row?.raw).toContain(digits);
    expect(row?.raw).toContain("0.1000000000000000055511151231257827");
  });

  test("of a time long ago stands at that time, in a partition made for it", async () => {
    const context = await testOrganization(platform);
    expect(await importText(context, record({ created_at: 1_000_000_000_000 }))).toMatchObject({ created: 1 });
    expect(new Date((await imported(context))[0]?.occurred_at ?? "").toISOString()).toBe("2001-09-09T01:46:40.000Z");
  });

  test("older than the organization keeps events is refused and counted", async () => {
    const context = await testOrganization(platform);
    await look(platform, `update organizations set retention_days = 30 where id = '${organizationOf(context)}'`);
    const result = await importText(context, [record({}), record({ created_at: Date.now() - 3_600_000 })].join("\n"));
    expect(result).toMatchObject({ created: 1, olderThanRetention: 1, problemsTotal: 1 });
    expect(result.problems[0]).toEqual({ line: 1, message: expect.stringContaining("keeps events since") });
  });

  test("that is malformed or foreign is told with its line, and the rest comes in", async () => {
    const context = await testOrganization(platform);
    const lines = [record({ _document_id: "1" }), '{"action": "repo.cre', "", "2024|pipe|separated", record({ _document_id: "2" }), "[1,2]", '"\\u0000"'];
    const result = await importText(context, lines.join("\n"));
    expect(result.created).toBe(2);
    expect([...new Set(result.problems.map(({ line }) => line))]).toEqual([2, 4, 6, 7]);
    for (const { message } of result.problems) expect(message).toMatch(/\.$/);
  });

  test("without an id is known by its content, whatever the order of its keys", async () => {
    const context = await testOrganization(platform);
    expect(await importText(context, record({ team: "a" }))).toMatchObject({ created: 1 });
    const turned = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(record({ team: "a" })) as object).toReversed()));
    expect(await importText(context, turned)).toMatchObject({ created: 0, duplicates: 1 });
    expect(await importText(context, record({ team: "b" }))).toMatchObject({ created: 1 });
  });
});

describe("one vendor id with other content", () => {
  const a = record({ _document_id: "same", repo: "acme/a" });
  const b = record({ _document_id: "same", repo: "acme/b" });

  test("is kept beside the first and reported with its line", async () => {
    const context = await testOrganization(platform);
    await importText(context, a);
    const result = await importText(context, [record({ _document_id: "other" }), b].join("\n"));
    expect(result).toMatchObject({ created: 2, conflicts: [{ line: 2, vendorId: "same" }], conflictsTotal: 1 });
  });

  test.each([
    ["both in one file", [[a, b]]],
    ["overlapping files", [[a], [b, a]]],
    ["overlapping files the other way", [[b], [a, b, a]]],
    ["twice in one file, in turns", [[a, b, a, b]]],
  ])("%s: both are there once, and importing everything again adds nothing", async (_title, uploads) => {
    const context = await testOrganization(platform);
    for (const lines of uploads) await importText(context, lines.join("\n"));
    const repos = () => imported(context).then((rows) => rows.map(({ raw }) => (JSON.parse(raw) as { repo: string }).repo).toSorted());
    expect(await repos()).toEqual(["acme/a", "acme/b"]);
    for (const lines of uploads) expect(await importText(context, lines.join("\n"))).toMatchObject({ created: 0, conflictsTotal: 0 });
    expect(await repos()).toEqual(["acme/a", "acme/b"]);
  });
});

describe("the import itself", () => {
  test("is one event with its counts", async () => {
    const context = await testOrganization(platform);
    await importText(context, [record({ _document_id: "1" }), record({ _document_id: "1" }), "nonsense"].join("\n"));
    const [row, ...more] = await importEvents(context);
    expect(more).toEqual([]);
    const found = await platform.store.readEvent(organizationOf(context), { id: row?.id ?? "", query: { is: "everything" } });
    expect(found?.event).toMatchObject({
      actor: { name: "Olivia Owner" },
      resource: { type: "import", name: "upload.ndjson" },
      status: "success",
      metadata: { vendor: "github", records: 3, created: 1, duplicates: 1, conflicts: 0, problems: 1, older_than_retention: 0 },
    });
  });

  test("of a file without one record failed, and says why", async () => {
    const context = await testOrganization(platform);
    expect(await importText(context, "not json")).toMatchObject({ records: 1, created: 0, problemsTotal: 1 });
    expect((await importEvents(context))[0]).toMatchObject({ status: "failed", error: { code: "invalid" } });
  });

  test("tells how far it is after each batch", async () => {
    const context = await testOrganization(platform);
    const text = Array.from({ length: 2_500 }, (_, index) => record({ _document_id: `n${index}` })).join("\n");
    const seen: number[] = [];
    const result = await importRecords(platform, context, { vendor: "github", fileName: "big", text }, ({ created }) => seen.push(created));
    expect(seen).toEqual([1_000, 2_000, 2_500]);
    expect(result.created).toBe(2_500);
  });

  test("by a member without the grant is refused, and the denial recorded", async () => {
    const owner = await testOrganization(platform);
    const member = await testMember(platform, owner, "member");
    await expect(importText(member, record({}))).rejects.toMatchObject({ code: "forbidden" });
    expect(await imported(owner)).toEqual([]);
    const denied = await platform.store.search(organizationOf(owner), { query: { is: "equals", field: "action", values: ["access_denied"] }, limit: 10 });
    expect(denied.events).toMatchObject([{ status: "failed", actor: { name: "Some member" } }]);
  });

  test("of an unknown vendor is refused with the names of those that there are", async () => {
    const context = await testOrganization(platform);
    await expect(importText(context, record({}), "gitlab")).rejects.toThrow(/"gitlab".*github, okta, cloudtrail/);
  });
});

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null || JSON.isRawJSON(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}

describe("an import whose records become few events", () => {
  test("or very many keeps what each was read from, where copies of the whole record would be too large to hold", async () => {
    const context = await testOrganization(platform);
    const page = (count: number, pad: number) =>
      JSON.stringify({
        next: "p2",
        hits: Array.from({ length: count }, (_, at) => ({ action: "a.b", time: "2026-11-10T08:00:00Z", id: `${count}-${at}`, pad: "y".repeat(pad) })),
      });
    const mapping = { split: "hits", fields: { action: "action", occurred_at: "time", id: "id" } };
    const text = [page(2, 10), page(900, 800)].join("\n");
    const result = await importRecords(platform, context, { vendor: "mapping:pages", mapping, fileName: "pages.ndjson", text });
    expect(tally(result)).toMatchObject({ records: 2, created: 902, problemsTotal: 0 });
    const raws = (await imported(context)).map(({ raw }) => JSON.parse(raw) as Record<string, Json>);
    expect(raws.slice(0, 2)).toEqual([JSON.parse(page(2, 10)), JSON.parse(page(2, 10))]);
    expect(raws.slice(2).map(({ id }) => id)).toEqual(Array.from({ length: 900 }, (_, at) => `900-${at}`));
  });

  test("tells how far it is although nothing of it comes in", async () => {
    const context = await testOrganization(platform);
    const told: number[] = [];
    const text = (async function* () {
      for (let at = 0; at < 25_000; at += 1) yield "{}";
    })();
    await importRecords(platform, context, { vendor: "github", fileName: "wrong.ndjson", text }, ({ problemsTotal }) => told.push(problemsTotal));
    expect(told).toEqual([10_000, 20_000, 25_000]);
  });

  test("shows that it goes on however slowly its records arrive", async () => {
    const context = await testOrganization(platform);
    let clock = Date.parse("2026-11-16T10:00:00Z");
    const told: number[] = [];
    const text = (async function* () {
      for (let at = 0; at < 3; at += 1) {
        clock += 11_000;
        yield record({ _document_id: `slow ${at}` });
      }
    })();
    const slow = { ...platform, now: () => new Date(clock) };
    await importRecords(slow, context, { vendor: "github", fileName: "slow.ndjson", text }, ({ created }) => told.push(created));
    expect(told).toEqual([1, 2, 3, 3]);
  });
});

test("a redaction rule made while an import runs holds for what is read after it", async () => {
  const context = await testOrganization(platform, { name: "Ruled" });
  async function* lines() {
    for (let n = 0; n < 1_000; n += 1) yield record({ _document_id: `early-${n}`, note: "salary 1000" });
    yield record({ _document_id: "between", note: "salary 1000" });
    while ((await imported(context)).length < 1_000) await new Promise((resolve) => setTimeout(resolve, 10));
    await perform(platform, context, createRedactionRule, { name: "Salaries", kind: "key", expression: "note" });
    for (let n = 0; n < 3_000; n += 1) yield record({ _document_id: `late-${n}`, note: "salary 1000" });
  }
  await importRecords(platform, context, { vendor: "github", fileName: "long.ndjson", text: lines() });
  const raws = (await imported(context)).map(({ raw }) => raw);
  expect(raws).toHaveLength(4_001);
  expect(raws.slice(0, 1_000).every((raw) => raw.includes("salary 1000"))).toBe(true);
  expect(raws.slice(-1_000).some((raw) => raw.includes("salary 1000"))).toBe(false);
});
