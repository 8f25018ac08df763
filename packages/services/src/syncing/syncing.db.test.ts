import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFolderDoor } from "@daybook/archive";
import { Refusal } from "@daybook/event";
import type { AuditEvent } from "@daybook/event";
import { allOf, equals, everything } from "@daybook/query";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dbtFolder, platformOn } from "../../test/platform-on.ts";
import { look, testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { perform, read } from "../verb.ts";
import { runSyncs } from "./run-syncs.ts";
import { listRuns, runSource } from "./runs.ts";
import { createSource, listSourceKinds, listSources, removeSource } from "./sources.ts";

let base: TestPlatform;
beforeAll(async () => {
  base = await testPlatform();
});
afterAll(() => base.close());

const readingFolder = (read: Platform["folder"]["read"]): Platform => platformOn(base.store, { folder: { read } });
const on = (fixture: string): Platform => platformOn(base.store, { folder: dbtFolder(fixture) });
const refusing = (refusal: Refusal) => readingFolder(() => Promise.reject(refusal));

async function newSource(context: Context, name = "Warehouse models", folder = "/srv/dbt/target"): Promise<string> {
  const { id } = await perform(base, context, createSource, { kind: "dbt", name, settings: { folder } });
  return id;
}

const runNow = (context: Context, sourceId: string) => perform(base, context, runSource, { sourceId });
const lastRun = async (context: Context, sourceId: string) => (await read(base, context, listRuns, { sourceId }))[0];

/** Events in the order of the log. */
async function log(context: Context, query = everything): Promise<AuditEvent[]> {
  const { events } = await base.store.feed(context.viewer.organizationId, { afterSeq: 0, query, limit: 1_000 });
  return events;
}

const actionsOf = (events: AuditEvent[]) => events.map(({ action }) => action);
const systemLog = (context: Context, operationId: string) => log(context, allOf(equals("log_type", "system"), equals("operation_id", operationId)));

describe("a synchronisation", () => {
  test("that succeeds writes its begin and its end into the system log under one operation", async () => {
    const context = await testOrganization(base);
    const sourceId = await newSource(context);
    const { runId, operationId } = await runNow(context, sourceId);
    expect(await lastRun(context, sourceId)).toMatchObject({ id: runId, state: "queued", startedAt: null, trigger: { name: "Olivia Owner" } });

    await runSyncs(on("success"));

    const run = await lastRun(context, sourceId);
    expect(run).toMatchObject({ id: runId, operationId, state: "succeeded", error: null, counts: { success: expect.any(Number) } });
    expect(run?.durationMs).toBeGreaterThanOrEqual(0);
    const [begin, end, ...more] = await systemLog(context, operationId);
    expect(more).toEqual([]);
    expect(begin).toMatchObject({ action: "dbt_data_sync_started", status: "in_progress", resource: { type: "source", id: sourceId } });
    expect(end).toMatchObject({ action: "dbt_data_sync_completed", status: "success", counts: run?.counts, duration_ms: run?.durationMs });
    expect(end?.on_behalf_of).toMatchObject([{ name: "Olivia Owner" }]);
    expect(actionsOf(await log(context, equals("operation_id", operationId)))).toEqual(["sync_requested", "dbt_data_sync_started", "dbt_data_sync_completed"]);
  });

  test("of a dbt run with an error fails by the worst result, names the node, and logs it as an event", async () => {
    const context = await testOrganization(base);
    const sourceId = await newSource(context);
    const { operationId } = await runNow(context, sourceId);
    await runSyncs(on("with-error"));
    const events = await systemLog(context, operationId);
    const nodes = events.filter(({ action }) => action === "dbt_node_failed");
    expect(nodes.length).toBeGreaterThan(0);
    expect(actionsOf(events)).toEqual(["dbt_data_sync_started", ...nodes.map(() => "dbt_node_failed"), "dbt_data_sync_completed"]);
    expect(nodes[0]).toMatchObject({ status: "failed", error: { message: expect.any(String) }, resource: { id: expect.stringContaining(".") } });
    const run = await lastRun(context, sourceId);
    expect(run).toMatchObject({ state: "failed", counts: { error: nodes.length } });
    expect(run?.error).toContain(`"${nodes[0]?.resource?.name}"`);
    expect(events.at(-1)).toMatchObject({ status: "failed", error: { message: expect.stringContaining("failed") } });
  });

  test("of the same artifacts a second time ends again, and tells no failed node twice", async () => {
    const context = await testOrganization(base);
    const sourceId = await newSource(context);
    for (let round = 0; round < 2; round += 1) {
      await runNow(context, sourceId);
      await runSyncs(on("with-error"));
    }
    const actions = actionsOf(await log(context, equals("log_type", "system")));
    const count = (action: string) => actions.filter((each) => each === action).length;
    expect([count("dbt_data_sync_started"), count("dbt_data_sync_completed"), count("dbt_node_failed")]).toEqual([2, 2, 1]);
  });

  test.each<[string, string | null, RegExp]>([
    ["a missing folder", null, /does not exist/],
    ["a folder without artifacts", "", /neither run_results.json nor manifest.json/],
    ["malformed JSON", '{"results": [', /run_results.json is not valid JSON/],
    ["JSON of something else", "[]", /not the artifact/],
  ])("of %s fails with words that reach the screen and the log", async (_title, content, words) => {
    const context = await testOrganization(base);
    const folder = await mkdtemp(join(tmpdir(), "daybook-dbt-"));
    if (content) await writeFile(join(folder, "run_results.json"), content);
    const sourceId = await newSource(context, "Models", content === null ? join(folder, "nowhere") : folder);
    const { operationId } = await runNow(context, sourceId);
    await runSyncs(platformOn(base.store, { folder: openFolderDoor({ allowedRoots: [] }) }));
    await rm(folder, { recursive: true });
    expect(await lastRun(context, sourceId)).toMatchObject({ state: "failed", error: expect.stringMatching(words), counts: {} });
    const events = await systemLog(context, operationId);
    expect(actionsOf(events)).toEqual(["dbt_data_sync_started", "dbt_data_sync_completed"]);
    expect(events[1]).toMatchObject({ status: "failed", error: { message: expect.stringMatching(words) } });
  });

  test("may be asked for again as soon as it has ended, whatever its end", async () => {
    const context = await testOrganization(base);
    const sourceId = await newSource(context);
    await runNow(context, sourceId);
    await runSyncs(refusing(new Refusal("not_found", "gone")));
    await runNow(context, sourceId);
    await runSyncs(on("success"));
    expect((await read(base, context, listRuns, { sourceId })).map(({ state }) => state)).toEqual(["succeeded", "failed"]);
  });

  test("that breaks off does not keep the others waiting, and is given up in the end", async () => {
    const [broken, healthy] = [await testOrganization(base), await testOrganization(base)];
    const [brokenId, healthyId] = [await newSource(broken), await newSource(healthy)];
    const { operationId } = await runNow(broken, brokenId);
    await runNow(healthy, healthyId);
    let reads = 0;
    let at = Date.now();
    const errors: object[] = [];
    const platform = platformOn(base.store, {
      now: () => new Date(at),
      log: { info: () => {}, warn: () => {}, error: (fields) => errors.push(fields) },
      folder: {
        read: (...wanted) => ((reads += 1) === 1 || reads > 2 ? Promise.reject(new Error("EIO: the disk says no")) : dbtFolder("success").read(...wanted)),
      },
    });
    for (let round = 0; round < 7; round += 1) {
      await runSyncs(platform, AbortSignal.timeout(500));
      if (round === 0) expect(await lastRun(healthy, healthyId)).toMatchObject({ state: "succeeded" });
      at += 31_000;
    }
    expect(errors.length).toBe(5);
    expect(await lastRun(broken, brokenId)).toMatchObject({ state: "failed", error: expect.stringContaining("begun 5 times") });
    expect(actionsOf(await systemLog(broken, operationId))).toEqual(["dbt_data_sync_started", "dbt_data_sync_completed"]);
  });
});

describe("two at once", () => {
  test("clicks: one run, and the second is refused with words", async () => {
    const context = await testOrganization(base);
    const sourceId = await newSource(context);
    const clicks = await Promise.allSettled([runNow(context, sourceId), runNow(context, sourceId)]);
    expect(clicks.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const refused = clicks.find((click) => click.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "conflict", message: expect.stringContaining("being synchronised already") });
    expect(actionsOf(await log(context, equals("action", "sync_requested")))).toHaveLength(1);
    await runSyncs(on("success"));
  });

  test("workers: one carries the run out", async () => {
    const context = await testOrganization(base);
    const sourceId = await newSource(context);
    const { operationId } = await runNow(context, sourceId);
    let reads = 0;
    const slow = readingFolder(async (...wanted) => {
      reads += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return dbtFolder("with-error").read(...wanted);
    });
    await Promise.all([runSyncs(slow), runSyncs(slow), runSyncs(slow)]);
    expect(reads).toBe(1);
    expect(actionsOf(await systemLog(context, operationId))).toEqual(["dbt_data_sync_started", "dbt_node_failed", "dbt_data_sync_completed"]);
  });

  test.each(["before the one that took over has ended", "after the one that took over has ended"])(
    "a worker that comes back %s changes nothing any more",
    async (when) => {
      const context = await testOrganization(base);
      const sourceId = await newSource(context);
      const { operationId } = await runNow(context, sourceId);
      const sleeping = (fixture: string, at: () => Date) => {
        const { promise: asleep, resolve: wakeUp } = Promise.withResolvers<void>();
        const { promise: reading, resolve: reads } = Promise.withResolvers<void>();
        const read: Platform["folder"]["read"] = (...wanted) => (reads(), asleep.then(() => dbtFolder(fixture).read(...wanted)));
        const done = runSyncs(platformOn(base.store, { now: at, folder: { read } }), AbortSignal.timeout(200));
        return { reading, end: () => (wakeUp(), done) };
      };
      const first = sleeping("success", () => new Date());
      await first.reading;
      const second = sleeping("with-error", () => new Date(Date.now() + 31_000));
      await second.reading;
      if (when.startsWith("before")) {
        await first.end();
        expect(await lastRun(context, sourceId)).toMatchObject({ state: "running" });
      }
      await second.end();
      const run = await lastRun(context, sourceId);
      expect(run).toMatchObject({ state: "failed" });
      await first.end();
      expect(await lastRun(context, sourceId)).toEqual(run);
      expect(actionsOf(await systemLog(context, operationId))).toEqual(["dbt_data_sync_started", "dbt_node_failed", "dbt_data_sync_completed"]);
    },
  );
});

test("a fault after any step leaves one begin, one end and one event per failed node once the job runs again", async () => {
  for (let failing = 1; failing <= 8; failing += 1) {
    const context = await testOrganization(base);
    const sourceId = await newSource(context);
    const { operationId } = await runNow(context, sourceId);
    let steps = 0;
    const step = () => {
      if ((steps += 1) === failing) throw new Error(`fault at step ${failing}`);
    };
    const afterStep = async <T>(work: Promise<T>): Promise<T> => {
      const result = await work;
      step();
      return result;
    };
    const faulty = platformOn(
      {
        ...base.store,
        platformTransaction: (work) => afterStep(base.store.platformTransaction((tx) => afterStep(work(tx)))),
        transaction: (organizationId, work) => afterStep(base.store.transaction(organizationId, (tx) => afterStep(work(tx)))),
      },
      { folder: { read: async (...wanted) => (step(), dbtFolder("with-error").read(...wanted)) } },
    );
    await runSyncs(faulty, AbortSignal.timeout(300)).catch(() => undefined);
    await runSyncs(platformOn(base.store, { now: () => new Date(Date.now() + 31_000), folder: dbtFolder("with-error") }));
    expect(await lastRun(context, sourceId), `fault at step ${failing}`).toMatchObject({ state: "failed" });
    expect(actionsOf(await systemLog(context, operationId)), `fault at step ${failing}`).toEqual([
      "dbt_data_sync_started",
      "dbt_node_failed",
      "dbt_data_sync_completed",
    ]);
  }
});

describe("an integration", () => {
  test("is added and removed with events that show what it was", async () => {
    const context = await testOrganization(base);
    const id = await newSource(context, "Nightly dbt");
    expect(await read(base, context, listSources, {})).toEqual([
      { id, kind: "dbt", name: "Nightly dbt", settings: { folder: "/srv/dbt/target" }, lastRun: null },
    ]);
    await perform(base, context, removeSource, { sourceId: id });
    expect(await read(base, context, listSources, {})).toEqual([]);
    const events = await log(context, equals("resource.id", id));
    const state = { kind: "dbt", name: "Nightly dbt", settings: { folder: "/srv/dbt/target" } };
    expect(events).toMatchObject([
      { action: "source_created", changes: { after: state } },
      { action: "source_deleted", changes: { before: state } },
    ]);
  });

  test("shows its newest run in the list", async () => {
    const context = await testOrganization(base);
    const [first, second] = [await newSource(context, "one"), await newSource(context, "two")];
    await runNow(context, first);
    await runSyncs(refusing(new Refusal("not_found", "gone")));
    const { runId } = await runNow(context, first);
    await runSyncs(on("success"));
    expect(await read(base, context, listSources, {})).toMatchObject([
      { id: first, lastRun: { id: runId, state: "succeeded" } },
      { id: second, lastRun: null },
    ]);
  });

  test.each([
    ["an unknown kind", { kind: "looker", name: "x", settings: {} }, "invalid", /"looker"/],
    ["settings that its kind does not take", { kind: "dbt", name: "x", settings: { folder: "" } }, "invalid", /settings\.folder.*name the folder/],
    ["a setting that nobody asked for", { kind: "dbt", name: "x", settings: { folder: "/x", shell: "rm" } }, "invalid", /settings/],
    ["a name that is taken", { kind: "dbt", name: "Taken", settings: { folder: "/x" } }, "conflict", /Taken/],
  ])("with %s is refused with words and leaves no event", async (_title, input, code, message) => {
    const context = await testOrganization(base);
    await newSource(context, "Taken");
    await expect(perform(base, context, createSource, input)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await log(context, equals("action", "source_created"))).toHaveLength(1);
  });

  test("is not removed while it is being synchronised; its history goes with it, the log stays", async () => {
    const context = await testOrganization(base);
    const sourceId = await newSource(context);
    const { operationId } = await runNow(context, sourceId);
    await expect(perform(base, context, removeSource, { sourceId })).rejects.toMatchObject({ code: "conflict" });
    await runSyncs(on("success"));
    await perform(base, context, removeSource, { sourceId });
    expect(await look(base, `select id from sync_runs where source_id = '${sourceId}'`)).toEqual([]);
    expect(await systemLog(context, operationId)).toHaveLength(2);
  });

  test("of another organization is as good as none", async () => {
    const [mine, theirs] = [await testOrganization(base), await testOrganization(base)];
    const sourceId = await newSource(theirs);
    await expect(runNow(mine, sourceId)).rejects.toMatchObject({ code: "not_found" });
    await expect(perform(base, mine, removeSource, { sourceId })).rejects.toMatchObject({ code: "not_found" });
    await expect(read(base, mine, listRuns, { sourceId })).rejects.toMatchObject({ code: "not_found" });
    expect(await read(base, mine, listSources, {})).toEqual([]);
    expect(await read(base, theirs, listSources, {})).toHaveLength(1);
  });

  test("is closed to members, and each denial is an event", async () => {
    const owner = await testOrganization(base);
    const sourceId = await newSource(owner);
    const member = await testMember(base, owner, "member");
    await expect(runNow(member, sourceId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(perform(base, member, removeSource, { sourceId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(perform(base, member, createSource, { kind: "dbt", name: "x", settings: { folder: "/x" } })).rejects.toMatchObject({ code: "forbidden" });
    await expect(read(base, member, listSources, {})).rejects.toMatchObject({ code: "forbidden" });
    const denied = await log(owner, equals("action", "access_denied"));
    expect(denied.map(({ metadata }) => metadata["verb"])).toEqual(["sources.runNow", "sources.remove", "sources.create", "sources.list"]);
  });

  test("is of a kind whose form draws itself from its settings", async () => {
    const context = await testOrganization(base);
    const kinds = await read(base, context, listSourceKinds, {});
    expect(kinds).toMatchObject([
      { id: "dbt", title: "dbt", settingsSchema: { properties: { folder: { type: "string", title: expect.any(String), hint: expect.any(String) } } } },
    ]);
  });
});
