import type { Actor, EventInput, Problem } from "@daybook/event";
import type { NodeFailure, Source, SyncReading } from "./define-source.ts";
import { fitEvent } from "./fit-event.ts";
import { filled } from "./read-json.ts";

/** One synchronisation of one source: what its events share. */
export interface SyncRun {
  kind: Pick<Source, "id" | "title" | "actions">;
  source: { id: string; name: string };
  runId: string;
  operationId: string;
  /** Who pressed Run now; null when a schedule did. */
  startedBy: Actor | null;
}

const idempotencyKeyMax = 256;
const warningsMax = 20;

/** The begin event. `at` is the time of our run: the artifacts' own times stand in metadata, since another machine's clock made them. */
export const syncStarted = (run: SyncRun, at: string): EventInput =>
  fitEvent({
    ...shared(run, at),
    action: run.kind.actions.started,
    status: "in_progress",
    resource: resourceOf(run),
    metadata: { kind: run.kind.id, run_id: run.runId },
    idempotency_key: `sync:${run.runId}:started`,
  });

/** The end event, of a reading or of why there is none. Its status is the worst of its nodes. */
export function syncCompleted(run: SyncRun, ended: { at: string; durationMs: number; outcome: SyncReading | { problem: Problem } }): EventInput {
  const { outcome } = ended;
  const base: EventInput = {
    ...shared(run, ended.at),
    action: run.kind.actions.completed,
    resource: resourceOf(run),
    duration_ms: Math.max(0, Math.round(ended.durationMs)),
    idempotency_key: `sync:${run.runId}:completed`,
  };
  if ("problem" in outcome) {
    const { code, message } = outcome.problem;
    return fitEvent({
      ...base,
      status: "failed",
      error: { code, message },
      description: `${run.kind.title} synchronisation of "${run.source.name}" failed: ${message}`,
      metadata: { kind: run.kind.id, run_id: run.runId },
    });
  }
  return fitEvent({
    ...base,
    status: outcome.result,
    error: outcome.result === "failed" ? { code: "nodes_failed", message: summary(outcome) } : undefined,
    description: `${run.kind.title} synchronisation of "${run.source.name}" ended: ${summary(outcome)}`,
    counts: outcome.counts,
    metadata: filled({
      kind: run.kind.id,
      run_id: run.runId,
      project: outcome.project,
      invocation_id: outcome.invocationId,
      generated_at: outcome.generatedAt,
      started_at: outcome.startedAt,
      finished_at: outcome.finishedAt,
      warnings: outcome.warnings.slice(0, warningsMax),
    }),
  });
}

/**
 * One failed node. Its key is the tool's invocation and the node, so a second run over the same artifacts tells no failure twice; as that run's
 * event differs in its operation, the append answers it as a repeat or a conflict of the key, and both mean: already told.
 */
export const syncNodeFailed = (
  run: SyncRun,
  at: string,
  reading: Pick<SyncReading, "invocationId" | "generatedAt" | "project">,
  failure: NodeFailure,
): EventInput =>
  fitEvent({
    ...shared(run, at),
    action: run.kind.actions.nodeFailed,
    status: "failed",
    error: { code: failure.status, message: failure.message ?? undefined },
    resource: { type: `${run.kind.id}_${failure.resourceType}`, id: failure.uniqueId, name: failure.name },
    related_resources: [resourceOf(run)],
    duration_ms: failure.durationMs ?? undefined,
    description: `${run.kind.title} ${failure.resourceType} "${failure.name}" failed${failure.message ? `: ${failure.message}` : ""}`,
    metadata: filled({
      kind: run.kind.id,
      run_id: run.runId,
      project: reading.project,
      invocation_id: reading.invocationId,
      generated_at: reading.generatedAt,
      message: failure.message,
    }),
    idempotency_key: nodeKey(run, reading, failure),
  });

const shared = (run: SyncRun, at: string) => ({
  log_type: "system" as const,
  occurred_at: at,
  actor: { type: "system" as const, name: `${run.kind.title} sync` },
  on_behalf_of: run.startedBy === null ? undefined : [run.startedBy],
  operation_id: run.operationId,
  origin: "automation" as const,
});

const resourceOf = (run: SyncRun) => ({ type: "source", id: run.source.id, name: run.source.name });

/** Without an invocation id the artifact's time tells one from another, and without that our run. The end of a long node id carries its hash, so the end is kept. */
function nodeKey(run: SyncRun, reading: Pick<SyncReading, "invocationId" | "generatedAt">, failure: NodeFailure): string {
  const prefix = `sync:${run.source.id}:${(reading.invocationId ?? reading.generatedAt ?? run.runId).slice(0, 64)}:`;
  return `${prefix}${failure.uniqueId.slice(-(idempotencyKeyMax - prefix.length))}`;
}

/** `28 of 29 nodes succeeded, 1 failed`. */
function summary({ counts }: SyncReading): string {
  const of = (...names: string[]) => names.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const good = of("success", "pass", "warn", "no_op", "reused");
  const bad = of("error", "fail", "runtime_error", "partial_success");
  const skipped = of("skipped");
  if (good + bad + skipped === 0) return counts["nodes"] === undefined ? "no node ran" : `no node ran, ${counts["nodes"]} nodes in the project`;
  return `${good} of ${good + bad + skipped} nodes succeeded${bad > 0 ? `, ${bad} failed` : ""}${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
