import { syncCompleted, syncNodeFailed, syncStarted } from "@daybook/connectors";
import type { Source as SourceKind, SyncReading, SyncRun as ToldRun } from "@daybook/connectors";
import type { EventInput, Problem } from "@daybook/event";
import { sources, syncRuns, textOf } from "@daybook/store";
import type { Hold, SyncRun } from "@daybook/store";
import { asDaybook } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record, recordAll } from "../record.ts";
import { kindOf } from "./find-source.ts";
import { readSource } from "./read-source.ts";

/** A worker holds a run for this long; dead or alive, afterwards another may take it. Longer than any reading may last. */
const leaseMs = 30_000;
/** How often a worker looks whether a run that another one holds has fallen due. */
const pollMs = 1_000;
const pollsMax = Math.ceil(leaseMs / pollMs) + 2;
/** A run that took so many workers with it is ended instead of being tried for ever. */
const attemptsMax = 5;
const runsPerRoundMax = 1_000;
/** Events of one transaction, so that nobody waits long for the organization's head. */
const eventsPerTransactionMax = 1_000;
const namedNodesMax = 5;

/** Carries out all runs that are due, of all organizations, and waits for those that a dead worker may have left behind. */
export async function runSyncs(platform: Platform, signal?: AbortSignal): Promise<void> {
  let polls = 0;
  for (let runs = 0; runs < runsPerRoundMax && !signal?.aborted;) {
    const { taken, underWay } = await takeRun(platform);
    if (taken) {
      await synchronise(platform, taken).catch((error: unknown) => tellBroken(platform, taken, error));
      runs += 1;
      polls = 0;
    } else {
      if (!underWay || polls >= pollsMax) return;
      polls += 1;
      await pause(pollMs, signal);
    }
  }
}

/** Takes a run and says in the log that it begins. Taken again after a crash, the same event is not written twice. */
async function takeRun(platform: Platform): Promise<{ taken: Work | null; underWay: boolean }> {
  return platform.store.platformTransaction(async (tx) => {
    const now = platform.now();
    const taking = await syncRuns.take(tx, { now, leaseUntil: new Date(now.getTime() + leaseMs) });
    if (!taking.taken) return taking;
    const run = taking.taken;
    const source = await sources.find(tx, run.organizationId, run.sourceId);
    if (!source) throw new Error("a run goes with its source");
    const work: Work = { run, kind: kindOf(source), settings: source.settings, told: toldOf(run, source, kindOf(source)) };
    await record(platform, tx, asDaybook(run.organizationId), syncStarted(work.told, startOf(run).toISOString()));
    return { taken: work, underWay: true };
  });
}

/** A run with what is needed to carry it out and to tell of it. */
interface Work {
  run: SyncRun;
  kind: SourceKind;
  settings: Record<string, unknown>;
  told: ToldRun;
}

/** The folder is read between two transactions. Whoever finds the hold lost leaves everything to the worker that has it now. */
async function synchronise(platform: Platform, work: Work): Promise<void> {
  const outcome = work.run.attempts > attemptsMax ? { problem: gaveUp } : await readSource(platform, work.kind, work.settings);
  const failed = "problem" in outcome ? [] : outcome.failures;
  for (let at = 0; at < failed.length; at += eventsPerTransactionMax) {
    const told = failed.slice(at, at + eventsPerTransactionMax);
    if (!(await recordFailures(platform, work, outcome as SyncReading, told))) return;
  }
  await end(platform, work, outcome);
}

const gaveUp: Problem = {
  code: "unavailable",
  message: `The synchronisation was begun ${attemptsMax} times and ended by itself each time. Look into the log of Daybook's worker.`,
};

function recordFailures(platform: Platform, { run, told }: Work, reading: SyncReading, failures: SyncReading["failures"]): Promise<boolean> {
  return platform.store.transaction(run.organizationId, async (tx) => {
    const now = platform.now();
    if (!(await syncRuns.prolong(tx, run.organizationId, holdOf(run), new Date(now.getTime() + leaseMs)))) return false;
    const events: EventInput[] = failures.map((failure) => syncNodeFailed(told, now.toISOString(), reading, failure));
    await recordAll(platform, tx, asDaybook(run.organizationId), events);
    return true;
  });
}

function end(platform: Platform, { run, told }: Work, outcome: SyncReading | { problem: Problem }): Promise<void> {
  return platform.store.transaction(run.organizationId, async (tx) => {
    const finishedAt = platform.now();
    const durationMs = finishedAt.getTime() - startOf(run).getTime();
    const event = syncCompleted(told, { at: finishedAt.toISOString(), durationMs, outcome });
    const ending = {
      state: event.status === "success" ? ("succeeded" as const) : ("failed" as const),
      finishedAt,
      counts: event.counts ?? {},
      error: event.error?.message === undefined ? null : `${event.error.message}${"problem" in outcome ? "" : nameFailures(outcome)}`,
    };
    if (await syncRuns.finish(tx, run.organizationId, holdOf(run), ending)) await record(platform, tx, asDaybook(run.organizationId), event);
  });
}

const holdOf = ({ id, attempts }: SyncRun): Hold => ({ id, attempts });

function nameFailures({ failures }: SyncReading): string {
  const named = failures.slice(0, namedNodesMax).map(({ name }) => `"${name}"`);
  const more = failures.length - named.length;
  return `: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** One run that cannot be carried out must not keep the others waiting: it stays held, and falls due again until its attempts are used up. */
function tellBroken({ log }: Platform, { run }: Work, error: unknown): void {
  log.error(
    { organization: run.organizationId, run: run.id, attempt: run.attempts, error: textOf(error) },
    "a synchronisation broke off and will be tried again",
  );
}

const toldOf = (run: SyncRun, source: { id: string; name: string }, kind: SourceKind): ToldRun => ({
  kind,
  source: { id: source.id, name: source.name },
  runId: run.id,
  operationId: run.operationId,
  startedBy: run.triggeredBy.type === "system" ? null : run.triggeredBy,
});

function startOf({ startedAt }: SyncRun): Date {
  if (!startedAt) throw new Error("a run that was taken has begun");
  return startedAt;
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });
}
