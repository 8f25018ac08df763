import { foldOperation } from "@daybook/event";
import type { Json } from "@daybook/event";
import { everything } from "@daybook/query";
import { operations, purgeEvents, sightings } from "@daybook/store";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAlertingWorld } from "../../test/alerting.ts";
import { dyingAt, isInjected } from "../../test/dying-at.ts";
import { testMember, testOrganization } from "../../test/test-platform.ts";
import { consume } from "../activity/consume.ts";
import { foldOperations } from "../activity/fold-operations.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { perform, read } from "../verb.ts";
import { getImport, interruptedAfterMs, listImports } from "./history.ts";
import { importRecords } from "./import-records.ts";
import { undoImport, undoImports } from "./undo.ts";

const monday = "2026-11-16T10:00:00.000Z";
const livesMax = 60;

let world: Awaited<ReturnType<typeof openAlertingWorld>>;
beforeAll(async () => {
  world = await openAlertingWorld(monday);
});
afterAll(() => world.close());

const line = (fields: Record<string, Json>): string =>
  JSON.stringify({ action: "repo.create", actor: "mona", created_at: Date.parse("2026-11-10T08:00:00Z"), repo: "acme/website", ...fields });
const lines = (count: number, fields: Record<string, Json> = {}) =>
  Array.from({ length: count }, (_, at) => line({ _document_id: `d${at}`, ...fields })).join("\n");
const importText = (context: Context, text: string, platform: Platform = world.platform) =>
  importRecords(platform, context, { vendor: "github", fileName: "audit.ndjson", text });

async function undo(context: Context, importId: string): Promise<void> {
  await world.rollUp();
  await perform(world.platform, context, undoImport, { importId });
  await undoImports(world.platform);
}

/** Everything that an import can have changed, without Daybook's own events. */
async function stateOf({ viewer }: Context): Promise<unknown> {
  const of = (statement: string) => world.ask<{ found: unknown }>(statement.replaceAll("$1", `'${viewer.organizationId}'`)).then(({ found }) => found);
  return {
    events: await of(
      "select coalesce(jsonb_agg(jsonb_build_array(id, idempotency_key) order by seq), '[]') as found from events where organization_id = $1 and source <> 'daybook'",
    ),
    keys: await of(
      "select coalesce(jsonb_agg(key_hash order by key_hash), '[]') as found from ingest_keys k where organization_id = $1 and not exists (select from events e where e.organization_id = k.organization_id and e.id = k.event_id and e.source = 'daybook')",
    ),
    hours: await of(
      "select coalesce(jsonb_agg(jsonb_build_array(hour, action, actor_id, status, events) order by hour, action, actor_id, status), '[]') as found from activity_hours where organization_id = $1 and action not in ('events_imported', 'import_undo_requested', 'import_undone')",
    ),
    shapes: await of(
      "select coalesce(jsonb_agg(jsonb_build_array(grain, start, action, actor_type, status, events) order by grain, start, action, actor_type, status), '[]') as found from activity_shapes where organization_id = $1 and action not in ('events_imported', 'import_undo_requested', 'import_undone')",
    ),
    sightings: await of(
      "select coalesce(jsonb_agg(jsonb_build_array(action, events) order by action), '[]') as found from action_sightings where organization_id = $1 and events > 0 and action not in ('events_imported', 'import_undo_requested', 'import_undone')",
    ),
  };
}

describe("an undone import", () => {
  test("leaves the log, the keys and the counts as they were before, whatever was in the file", async () => {
    const record = fc.record({
      _document_id: fc.constantFrom("a", "b", "c", "d", "e"),
      action: fc.constantFrom("repo.create", "repo.destroy", "org.add_member"),
      actor: fc.constantFrom("mona", "hubot"),
      created_at: fc.constantFrom(Date.parse("2026-11-10T08:00:00Z"), Date.parse("2026-11-10T09:30:00Z"), Date.parse("2025-03-01T00:00:00Z")),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 12 }), fc.array(record, { maxLength: 12 }), async (before, file) => {
        const context = await testOrganization(world.platform);
        await importText(context, before.map((each) => JSON.stringify(each)).join("\n") || line({}));
        await world.rollUp();
        const held = await stateOf(context);
        const first = await importText(context, file.map((each) => JSON.stringify(each)).join("\n") || line({}));
        await undo(context, first.importId);
        expect(await stateOf(context)).toEqual(held);
        // As if it had never been: the same file adds as much again.
        const again = await importText(context, file.map((each) => JSON.stringify(each)).join("\n") || line({}));
        expect({ ...again, importId: "" }).toEqual({ ...first, importId: "" });
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test("is told as the act of whoever asked, with its count, and stays in the history", async () => {
    const context = await testOrganization(world.platform);
    const { importId } = await importText(context, lines(3));
    await undo(context, importId);
    const told = (await world.log(context)).filter(({ action }) => action.startsWith("import_"));
    expect(told).toMatchObject([
      {
        action: "import_undo_requested",
        actor: { name: "Olivia Owner" },
        resource: { type: "import", id: importId, name: "audit.ndjson" },
        metadata: { events: 3 },
      },
      { action: "import_undone", actor: { name: "Olivia Owner" }, rows_affected: 3, operation_id: importId },
    ]);
    expect(await read(world.platform, context, listImports, undefined)).toMatchObject([
      { id: importId, state: "undone", created: 3, undoneEvents: 3, undoneBy: "Olivia Owner", undoneAt: monday },
    ]);
    expect((await purgeEvents.holdings(world.store.of(context.viewer.organizationId), context.viewer.organizationId)).events).toBe(
      (await world.log(context)).length,
    );
    const counted = async () => (await world.store.countEvents(context.viewer.organizationId, everything)).total;
    expect(await counted()).toBe((await world.log(context)).length);
    await world.rollUp();
    expect(await counted()).toBe((await world.log(context)).length);
    await expect(perform(world.platform, context, undoImport, { importId })).rejects.toThrow("undone already");
  });

  test("takes only its own events, although another import ran beside it", async () => {
    const context = await testOrganization(world.platform);
    const slow = (async function* () {
      yield line({ _document_id: "mine" });
      await importText(context, lines(20));
      yield line({ _document_id: "mine too" });
    })();
    const mine = await importRecords(world.platform, context, { vendor: "github", fileName: "slow.ndjson", text: slow });
    await undo(context, mine.importId);
    const left = (await world.log(context, "repo.create")).map(({ import_id }) => import_id);
    expect(left).toHaveLength(20);
    expect(left).not.toContain(mine.importId);
  });
});

describe("an undo is refused", () => {
  test("while its events are not all counted, and told to come back", async () => {
    const context = await testOrganization(world.platform);
    const { importId } = await importText(context, lines(2));
    await expect(perform(world.platform, context, undoImport, { importId })).rejects.toThrow(/still being counted.*Try again in a minute/);
    await undo(context, importId);
  });

  test("for an import of another organization, and for one that never was", async () => {
    const [mine, theirs] = [await testOrganization(world.platform), await testOrganization(world.platform)];
    const { importId } = await importText(theirs, lines(1));
    await world.rollUp();
    for (const id of [importId, "0193aaaa-0000-7000-8000-000000000001"])
      await expect(perform(world.platform, mine, undoImport, { importId: id })).rejects.toMatchObject({ code: "not_found" });
    await expect(read(world.platform, mine, getImport, { importId })).rejects.toMatchObject({ code: "not_found" });
    expect(await world.log(theirs, "repo.create")).toHaveLength(1);
  });

  test("for a member who holds no grant, and the denial is recorded", async () => {
    const owner = await testOrganization(world.platform);
    const { importId } = await importText(owner, lines(1));
    const member = await testMember(world.platform, owner, "member");
    await expect(perform(world.platform, member, undoImport, { importId })).rejects.toMatchObject({ code: "forbidden" });
    expect(await world.log(owner, "access_denied")).toHaveLength(1);
  });

  test("when an incident rests on one of its events, which it names", async () => {
    const context = await world.acme();
    await world.work();
    const { importId } = await importText(context, lines(2));
    await world.work();
    await world.rollUp();
    const [created] = await world.log(context, "repo.create");
    const rule = await world.ask<{ id: string }>(`select id from alert_rules where organization_id = '${context.viewer.organizationId}' limit 1`);
    await world.store.platform
      .execute(`insert into incidents (organization_id, id, rule_id, group_key, group_hash, state, title, severity, opened_at, last_event_at,
      event_count, first_seq, last_seq, event_ids) select organization_id, gen_random_uuid(), '${rule.id}', 'g', gen_random_uuid(), 'open', 'Mona made repositories',
      'high', now(), now(), 1, seq, seq, array[id] from events where id = '${created?.id}'`);
    await expect(perform(world.platform, context, undoImport, { importId })).rejects.toThrow('the incident "Mona made repositories"');
    expect(await world.log(context, "repo.create")).toHaveLength(2);
  });

  test("when a report that was sent has counted them", async () => {
    const context = await testOrganization(world.platform);
    const { importId } = await importText(context, lines(2));
    await world.rollUp();
    const organization = context.viewer.organizationId;
    await world.store.platform.execute(`insert into report_schedules (organization_id, id, name, template, recipients, zone, weekday, hour, next_run_at)
      values ('${organization}', '0193aaaa-0000-7000-8000-0000000000aa', 'Weekly summary', 'weekly', '{a@b.example}', 'UTC', 1, 8, now()) on conflict do nothing`);
    const runs = (
      period: string,
    ) => `insert into report_runs (organization_id, id, schedule_id, period_from, period_to, trigger, recipients, events_total, created_at)
      values ('${organization}', gen_random_uuid(), '0193aaaa-0000-7000-8000-0000000000aa', ${period}, 'send_now', '{a@b.example}', 2, '2026-11-17T00:00:00Z')`;
    await world.store.platform.execute(runs("'2026-11-01', '2026-11-08'"));
    await world.store.platform.execute(runs("'2026-11-08', '2026-11-15'"));
    await expect(perform(world.platform, context, undoImport, { importId })).rejects.toThrow('the report "Weekly summary, sent on 2026-11-17"');
  });
});

describe("a process that dies", () => {
  test("at any step of an import leaves events and counts that agree, and importing again adds exactly what is missing", async () => {
    let died = 0;
    for (let dieAt = 1; dieAt <= livesMax; dieAt += 1) {
      const context = await testOrganization(world.platform);
      const dying = dyingAt(world.platform, dieAt);
      await importText(context, lines(1_500), dying.platform).catch((error: unknown) => expect(isInjected(error)).toBe(true));
      const stored = (await world.log(context, "repo.create")).length;
      const rows = await read(world.platform, context, listImports, undefined);
      expect(rows.reduce((sum, { created }) => sum + created, 0)).toBe(stored);
      const again = await importText(context, lines(1_500));
      expect(again).toMatchObject({ created: 1_500 - stored, duplicates: stored, conflictsTotal: 0 });
      if (dying.survived()) return expect(died).toBeGreaterThan(3);
      died += 1;
    }
    expect.fail("the import never came to its end");
  }, 240_000);

  test("leaves an import that is shown as interrupted after a minute and can then be undone, events and all", async () => {
    const context = await testOrganization(world.platform);
    await importText(context, lines(10));
    const [row] = await read(world.platform, context, listImports, undefined);
    const importId = row?.id ?? "";
    await world.store.platform.execute(`update imports set state = 'running', finished_at = null where id = '${importId}'`);
    await world.rollUp();
    await expect(perform(world.platform, context, undoImport, { importId })).rejects.toThrow("is running");
    await world.store.platform.execute(`update imports set heartbeat_at = heartbeat_at - interval '${interruptedAfterMs + 1} ms' where id = '${importId}'`);
    expect(await read(world.platform, context, getImport, { importId })).toMatchObject({ state: "interrupted" });
    await undo(context, importId);
    expect(await world.log(context, "repo.create")).toEqual([]);
  });

  test("at any step of an undo is gone on with, and each event is taken out of the counts once", async () => {
    let died = 0;
    for (let dieAt = 1; dieAt <= livesMax; dieAt += 1) {
      const context = await testOrganization(world.platform);
      await importText(context, lines(5));
      await world.rollUp();
      const held = await stateOf(context);
      const { importId } = await importText(context, lines(30, { repo: "acme/other" }).replaceAll('"d', '"x'));
      await world.rollUp();
      await perform(world.platform, context, undoImport, { importId });
      const dying = dyingAt(world.platform, dieAt);
      await undoImports(dying.platform).catch((error: unknown) => expect(isInjected(error)).toBe(true));
      await undoImports(world.platform);
      expect(await stateOf(context)).toEqual(held);
      expect(await world.log(context, "import_undone")).toMatchObject([{ rows_affected: 30 }]);
      if (dying.survived()) return expect(died).toBeGreaterThan(3);
      died += 1;
    }
    expect.fail("the undo never came to its end");
  }, 240_000);
});

describe("operations after an undo", () => {
  const azure = (id: string, fields: Record<string, Json>): string =>
    JSON.stringify({
      time: "2026-11-10T08:00:00.0000000Z",
      resourceId: "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/prod/providers/Microsoft.Storage/storageAccounts/data",
      operationName: "microsoft.storage/storageaccounts/write",
      category: "Administrative",
      correlationId: id,
      ...fields,
    });
  const importAzure = (context: Context, text: string) =>
    importRecords(world.platform, context, { vendor: "azure_activity", fileName: "activity.ndjson", text });
  const kept = ({ viewer }: Context) =>
    operations.list(world.store.of(viewer.organizationId), viewer.organizationId, { state: "any", silentSince: new Date(monday), before: null, limit: 1_000 });
  /** What the log that is left says, folded at once. */
  const told = async (context: Context) => {
    const events = (await world.log(context)).filter(({ operation_id, source }) => operation_id !== null && source !== "daybook");
    return [...Map.groupBy(events, ({ operation_id }) => operation_id ?? "")].map(([operationId, some]) => ({ operationId, operation: foldOperation(some) }));
  };
  const ofOthers = async (context: Context) => (await kept(context)).filter(({ operation }) => !operation.first.action.startsWith("import_"));

  test("are those that the rest of the log tells: one that another import began stands again as that left it", async () => {
    const context = await testOrganization(world.platform);
    await importAzure(context, ["a", "b"].map((id) => azure(id, { resultType: "Started" })).join("\n"));
    await consume(world.platform, foldOperations);
    const before = await kept(context);
    const ends = ["b", "c"].map((id) => azure(id, { resultType: "Failed", time: "2026-11-10T09:00:00.0000000Z" })).join("\n");
    const { importId } = await importAzure(context, ends);
    await consume(world.platform, foldOperations);
    expect(await kept(context)).toHaveLength(3);
    await undo(context, importId);
    await consume(world.platform, foldOperations);
    expect(await ofOthers(context)).toEqual(before);
    expect(new Map((await ofOthers(context)).map((each) => [each.operationId, each]))).toEqual(
      new Map((await told(context)).map((each) => [each.operationId, each])),
    );
  });

  test("hold no event that is gone, although the fold went on while the undo ran", async () => {
    const context = await testOrganization(world.platform);
    await importAzure(context, azure("a", { resultType: "Started" }));
    const { importId } = await importAzure(context, azure("a", { resultType: "Failed", time: "2026-11-10T09:00:00.0000000Z" }));
    await world.rollUp();
    await consume(world.platform, foldOperations);
    await perform(world.platform, context, undoImport, { importId });
    await importAzure(context, azure("a", { resultType: "Accepted", time: "2026-11-10T08:30:00.0000000Z" }));
    // The fold has read what it knew of the operation and not saved it yet when the undo comes.
    let undoing: Promise<void> | undefined;
    await consume(world.platform, {
      ...foldOperations,
      effect: async (tx, organizationId, afterSeq, platform) => {
        const last = await foldOperations.effect(tx, organizationId, afterSeq, platform);
        if (organizationId === context.viewer.organizationId) undoing ??= undoImports(world.platform);
        return last;
      },
    });
    await undoing;
    await consume(world.platform, foldOperations);
    expect(await ofOthers(context)).toEqual(await told(context));
    expect(await ofOthers(context)).toMatchObject([{ operation: { events: 2, last: { status: "in_progress" } } }]);
  });

  test("and actions that only the import brought were never seen", async () => {
    const context = await testOrganization(world.platform);
    const { importId } = await importText(context, lines(2, { action: "repo.wrongly_mapped" }));
    await undo(context, importId);
    expect(await sightings.among(world.store.of(context.viewer.organizationId), context.viewer.organizationId, ["repo.wrongly_mapped"])).toEqual([]);
  });
});
