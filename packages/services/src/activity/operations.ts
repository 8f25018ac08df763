import { foldOperation, operationFacts, operationState, operationStates, Refusal } from "@daybook/event";
import type { Actor, EventRow, Operation, OperationFacts, OperationState, Resource } from "@daybook/event";
import { maskOperation } from "@daybook/policy";
import type { Shown } from "@daybook/policy";
import { equals } from "@daybook/query";
import type { Query } from "@daybook/query";
import { operations } from "@daybook/store";
import type { NamedOperation, OperationPlace } from "@daybook/store";
import { z } from "zod";
import type { Platform } from "../platform.ts";
import { SealBroken } from "../sealing.ts";
import { defineRead } from "../verb.ts";
import { logOfTeam } from "./open-log.ts";
import { viewLog } from "./view-log.ts";

const hourMs = 3_600_000;
export const neverEndedAfterHours = 24;
const olderThanHoursMax = 24 * 366;
export const operationsPageMax = 200;
/** More are told as "more than". */
const countedMax = 1_000;
/** Events of one operation that are handed out with it; the log has them all. */
const eventsShownMax = 200;
/** An operation of more events is not sorted while somebody waits. */
const sortedEventsMax = 10_000;
/** Events that are folded while somebody waits: those that the consumer has not come to, or those that a member may see of an operation. */
const foldedEventsMax = 5_000;
/** Latest events of operations among those of one member. Older ones have no say in what they find on this page. */
const ownEventsMax = 10_000;
/** What is usual is told by this many of the newest ended operations, and by no fewer of one action than this. */
const typicalAmong = 2_000;
const typicalEnough = 3;
const cursorLengthMax = 4_096;

/** An operation as its events tell of it. */
export interface OperationView extends OperationFacts {
  operationId: string;
  state: OperationState;
  /** What began, and who did it to what. */
  action: string;
  namespace: string;
  actor: Actor;
  resource: Resource | null;
  /** The last word: what was done, in which sentence, and when. */
  lastAction: string;
  description: string;
  lastAt: string;
  events: number;
  firstSeq: number;
  lastSeq: number;
}

/** An operation in a list, beside what its kind usually takes. */
export interface ListedOperation extends OperationView {
  typicalDurationMs: number | null;
}

export interface OperationPage {
  operations: ListedOperation[];
  nextCursor: string | null;
}

/** Without a word for longer, an operation in progress counts as one that never ended. */
const olderThanHours = z.number().int().min(1).max(olderThanHoursMax).default(neverEndedAfterHours);

export const listOperations = defineRead({
  name: "operations.list",
  needs: "events:read",
  feature: "log",
  input: z.object({
    state: z.enum([...operationStates, "any"]).default("any"),
    olderThanHours,
    limit: z.number().int().min(1).max(operationsPageMax).default(50),
    cursor: z.string().max(cursorLengthMax).nullish(),
    ...logOfTeam,
  }),
  async run(platform, context, { state, limit, ...input }): Promise<OperationPage> {
    const silentSince = silentSinceOf(platform, input.olderThanHours);
    const { viewer } = context;
    const asked = { state, silentSince, before: input.cursor ? readCursor(platform, viewer.organizationId, input.cursor) : null, limit: limit + 1 };
    const log = await viewLog(platform, context, input.teamId);
    const { visible } = log;
    const hidden = hiddenActions(visible);
    const [found, typical] = hidden
      ? await Promise.all([
          operations.list(platform.store.of(viewer.organizationId), viewer.organizationId, { ...asked, hidden }),
          operations.typicalDurations(platform.store.of(viewer.organizationId), viewer.organizationId, { among: typicalAmong, enough: typicalEnough }),
        ])
      : [pageOf(await ownOperations(platform, viewer.organizationId, visible), asked), new Map<string, number>()];
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    await log.recordRead(visible, shown.length);
    return {
      operations: shown.map((named) => ({
        ...maskOperation(log.mask, viewOf(named, silentSince)),
        typicalDurationMs: typical.get(named.operation.first.action) ?? null,
      })),
      nextCursor: found.length > limit && last ? writeCursor(platform, viewer.organizationId, placeOf(last)) : null,
    };
  },
});

export interface OperationCounts {
  counts: Record<OperationState, number>;
  /** A count that is as large as this may be larger. */
  countedMax: number;
}

export const countOperations = defineRead({
  name: "operations.counts",
  needs: "events:read",
  feature: "log",
  input: z.object({ olderThanHours, ...logOfTeam }).prefault({}),
  async run(platform, context, input): Promise<OperationCounts> {
    const silentSince = silentSinceOf(platform, input.olderThanHours);
    const { viewer } = context;
    const { visible, recordRead } = await viewLog(platform, context, input.teamId);
    await recordRead(visible, null);
    const hidden = hiddenActions(visible);
    const own = hidden ? null : await ownOperations(platform, viewer.organizationId, visible);
    const count = async (state: OperationState): Promise<number> =>
      own
        ? Math.min(countedMax, own.filter(isIn(state, silentSince)).length)
        : operations.count(platform.store.of(viewer.organizationId), viewer.organizationId, { state, silentSince, max: countedMax, hidden: hidden ?? [] });
    const [running, waiting, neverEnded, ended] = await Promise.all([count("running"), count("waiting"), count("never_ended"), count("ended")]);
    return { counts: { running, waiting, never_ended: neverEnded, ended }, countedMax };
  },
});

export interface OperationDetail {
  operation: OperationView;
  /** Oldest first, and no more than a screen can show. */
  events: Shown<EventRow>[];
  /** How many there are that the viewer may see. */
  eventsTotal: number;
  /** How many the retention policy removed; what they said of the operation is kept. */
  eventsPurged: number;
}

export const getOperation = defineRead({
  name: "operations.get",
  needs: "events:read",
  feature: "log",
  input: z.object({ operationId: z.string().min(1).max(512), olderThanHours, ...logOfTeam }),
  async run(platform, context, { operationId, ...input }): Promise<OperationDetail> {
    const { store } = platform;
    const { viewer } = context;
    const log = await viewLog(platform, context, input.teamId);
    const { visible } = log;
    const ofOperation = equals("operation_id", operationId);
    // Refused where an id cannot be asked for.
    log.within(ofOperation);
    // What the consumer knows, and what came since: so the answer is as new as the log. Who sees only a part folds that part.
    const hidden = hiddenActions(visible);
    const kept = hidden ? await operations.find(store.of(viewer.organizationId), viewer.organizationId, operationId) : null;
    const known = kept && !hidden?.some((action) => action === kept.first.action || action === kept.last.action) ? kept : null;
    const asked = { operationId, query: visible };
    const [words, shown] = await Promise.all([
      store.operationWords(viewer.organizationId, { ...asked, afterSeq: known?.lastSeq ?? 0, limit: foldedEventsMax }),
      shownEvents(platform, viewer.organizationId, asked, known),
    ]);
    const operation = foldOperation(words, known);
    if (!operation) throw new Refusal("not_found", "There is no such operation, or you may not see it.");
    const eventsTotal = shown.total ?? operation.events;
    return {
      operation: maskOperation(log.mask, viewOf({ operationId, operation }, silentSinceOf(platform, input.olderThanHours))),
      events: await log.rowsOut(ofOperation, shown.events),
      eventsTotal,
      eventsPurged: known ? Math.max(0, operation.events - eventsTotal) : 0,
    };
  },
});

/** Without a total where the operation is too large to count again. */
async function shownEvents(
  { store }: Platform,
  organizationId: string,
  asked: { operationId: string; query: Query },
  known: Operation | null,
): Promise<{ events: EventRow[]; total?: number }> {
  const limit = eventsShownMax;
  if (known && known.events > sortedEventsMax)
    return { events: await store.firstOperationEvents(organizationId, { ...asked, limit, from: known.first.occurred_at }) };
  return store.operationEvents(organizationId, { ...asked, limit });
}

const silentSinceOf = ({ now }: Platform, hours: number): Date => new Date(now().getTime() - hours * hourMs);

/**
 * The kept operations are folded from everybody's events, so they answer only those who see everything, or everything but a few actions: these are
 * Daybook's own acts, of which none belongs to an operation. Whoever sees a part gets the operations that this part tells of, as it tells of them:
 * neither a status nor a count says anything of events that are hidden. Null for them.
 */
function hiddenActions(visible: Query): readonly string[] | null {
  if (visible.is === "everything") return [];
  return visible.is === "not" && visible.of.is === "equals" && visible.of.field === "action" ? visible.of.values : null;
}

/** Operations that the viewer's own events tell of, newest word first. */
async function ownOperations({ store }: Platform, organizationId: string, visible: Query): Promise<NamedOperation[]> {
  if (visible.is === "nothing") return [];
  const words = await store.wordsOfOperations(organizationId, { query: visible, limit: ownEventsMax });
  const named = [...Map.groupBy(words, (word) => word.operation_id)].flatMap(([operationId, events]) => {
    const operation = foldOperation(events);
    return operation ? [{ operationId, operation }] : [];
  });
  return named.toSorted((a, b) => (comesBehind(placeOf(a), placeOf(b)) ? 1 : -1));
}

interface PageAsked {
  state: OperationState | "any";
  silentSince: Date;
  before: OperationPlace | null;
  limit: number;
}

const pageOf = (named: NamedOperation[], { state, silentSince, before, limit }: PageAsked): NamedOperation[] =>
  named
    .filter(isIn(state, silentSince))
    .filter((each) => !before || comesBehind(placeOf(each), before))
    .slice(0, limit);

const isIn =
  (state: OperationState | "any", silentSince: Date) =>
  ({ operation }: NamedOperation): boolean =>
    state === "any" || operationState(operation, silentSince) === state;

const placeOf = ({ operationId, operation }: NamedOperation): OperationPlace => ({ lastAt: operation.last.occurred_at, operationId });

/** In a list whose newest word is first. */
const comesBehind = (a: OperationPlace, b: OperationPlace): boolean => (a.lastAt === b.lastAt ? a.operationId < b.operationId : a.lastAt < b.lastAt);

function viewOf({ operationId, operation }: NamedOperation, silentSince: Date): OperationView {
  const { first, last, events, firstSeq, lastSeq } = operation;
  return {
    operationId,
    state: operationState(operation, silentSince),
    ...operationFacts(operation),
    action: first.action,
    namespace: first.namespace,
    actor: first.actor,
    resource: first.resource,
    lastAction: last.action,
    description: last.description,
    lastAt: last.occurred_at,
    events,
    firstSeq,
    lastSeq,
  };
}

/** Sealed, because an operation's id may hold what is hidden from its reader. */
const writeCursor = ({ sealer }: Platform, organizationId: string, { lastAt, operationId }: OperationPlace): string =>
  sealer.seal(`${lastAt} ${operationId}`, cursorPlace(organizationId));
const cursorPlace = (organizationId: string) => ({ organizationId, id: "", column: "operations.cursor" });

const cursorText = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([^\0]{1,512})$/s;

/** Cursors come back from outside: what does not read as one is refused with words. */
function readCursor({ sealer }: Platform, organizationId: string, cursor: string): OperationPlace {
  const [, lastAt = "", operationId = ""] = cursorText.exec(opened()) ?? [];
  if (operationId === "" || Number.isNaN(Date.parse(lastAt)) || Date.parse(lastAt) < 0)
    throw new Refusal("invalid", "The cursor is not one that Daybook gave out. Start again without it.", "cursor");
  return { lastAt: new Date(lastAt).toISOString(), operationId };

  function opened(): string {
    try {
      return sealer.open(cursor, cursorPlace(organizationId));
    } catch (error) {
      if (error instanceof SealBroken) return "";
      throw error;
    }
  }
}
