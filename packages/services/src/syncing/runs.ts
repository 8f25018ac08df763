import { Refusal } from "@daybook/event";
import { sources, syncRuns, wake } from "@daybook/store";
import type { SyncRun } from "@daybook/store";
import { z } from "zod";
import { newId } from "../context.ts";
import { defineChange, defineRead } from "../verb.ts";
import { lockSource, noSuchSource, sourceResource } from "./find-source.ts";

/** Queue of the job that carries runs out. */
export const syncQueue = "syncing.sync_source";

/** Runs that the history shows. */
const runsShownMax = 50;

/**
 * One run of a source. `failed` means that there is something to look at: either the source could not be read, or it was read and says that
 * nodes of the tool's own run failed; `error` tells which.
 */
export interface RunView {
  id: string;
  operationId: string;
  state: SyncRun["state"];
  trigger: { name: string };
  requestedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  durationMs: number | null;
  counts: Record<string, number>;
  error: string | null;
}

export const runSource = defineChange({
  name: "sources.runNow",
  needs: "sources:write",
  feature: "integrations",
  records: "sync_requested",
  input: z.object({ sourceId: z.uuid() }),
  async run(tx, { viewer }, { sourceId }, platform) {
    const source = await lockSource(tx, viewer.organizationId, sourceId);
    const run = {
      organizationId: viewer.organizationId,
      id: newId(platform),
      sourceId,
      operationId: newId(platform),
      triggeredBy: viewer.actor,
      requestedAt: platform.now(),
    };
    if (!(await syncRuns.insert(tx, run))) throw new Refusal("conflict", `"${source.name}" is being synchronised already. Wait until that run has ended.`);
    await wake(tx, syncQueue);
    return {
      result: { runId: run.id, operationId: run.operationId },
      event: { resource: sourceResource(source), operation_id: run.operationId, metadata: { run_id: run.id, kind: source.kind } },
    };
  },
});

export const listRuns = defineRead({
  name: "sources.runs",
  needs: "sources:read",
  feature: "integrations",
  input: z.object({ sourceId: z.uuid() }),
  async run({ store }, { viewer }, { sourceId }): Promise<RunView[]> {
    if (!(await sources.find(store.of(viewer.organizationId), viewer.organizationId, sourceId))) throw noSuchSource();
    const runs = await syncRuns.list(store.of(viewer.organizationId), viewer.organizationId, { sourceId, limit: runsShownMax });
    return runs.map(runView);
  },
});

export const runView = (run: SyncRun): RunView => ({
  id: run.id,
  operationId: run.operationId,
  state: run.state,
  trigger: { name: run.triggeredBy.name ?? run.triggeredBy.type },
  requestedAt: run.requestedAt.toISOString(),
  startedAt: run.startedAt?.toISOString() ?? null,
  finishedAt: run.finishedAt?.toISOString() ?? null,
  durationMs: run.startedAt && run.finishedAt ? run.finishedAt.getTime() - run.startedAt.getTime() : null,
  counts: run.counts,
  error: run.error,
});
