import type { Query } from "@daybook/query";
import { connect } from "./connect.ts";
import type { ConnectOptions, Database, Tx } from "./connect.ts";
import { behind } from "./consumers.ts";
import { withinDeadline } from "./deadline.ts";
import { appendBatch, appendIn } from "./events/append.ts";
import type { AppendItem, AppendOutcome } from "./events/append.ts";
import { facet, firstHour, histogram } from "./events/counts.ts";
import type { FacetRequest, FacetValue, HistogramRequest } from "./events/counts.ts";
import { lastSeq, readEvent, readFeed, readTail } from "./events/feed.ts";
import type { FeedRequest } from "./events/feed.ts";
import { readFirstOperationEvents, readOperationEvents, readOperationWords, readWordsOfOperations } from "./events/operation-events.ts";
import { ensurePartitions, listPartitions } from "./events/partitions.ts";
import { readRows } from "./events/read-rows.ts";
import { searchEvents } from "./events/search.ts";
import { listen, openNotifier } from "./notify.ts";

/** Door 1. Everything that Daybook keeps goes through one of these. */
export type Store = ReturnType<typeof openStore>;

export interface StoreOptions extends ConnectOptions {
  onError?: (error: unknown) => void;
}

export function openStore({ onError = () => undefined, ...options }: StoreOptions) {
  const { sql, db, close } = connect(options);
  const notifier = openNotifier(sql, onError);
  const appended = new WeakMap<Tx, Set<string>>();

  async function transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const organizations = new Set<string>();
    const result = await withinDeadline(
      db.transaction(async (tx) => {
        appended.set(tx, organizations);
        return work(tx);
      }),
    );
    for (const organizationId of organizations) notifier.notify(organizationId);
    return result;
  }

  return {
    /** Reads of one organization's entities outside a transaction. */
    of: (_organizationId: string): Database => db,

    /** Reads that begin with no organization: a token's hash, a session, what is due in any organization. */
    platform: db as Database,

    /** Runs `work` in one fenced transaction, which sees one organization. Who follows its log is woken after the commit. */
    transaction: <T>(_organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> => transact(work),

    /** The same for what concerns several organizations, or makes one. */
    platformTransaction: <T>(work: (tx: Tx) => Promise<T>): Promise<T> => transact(work),

    /** Appends a batch with a commit of its own; when it returns, the events are durable. */
    async append(organizationId: string, items: readonly AppendItem[]): Promise<AppendOutcome[]> {
      const outcomes = await withinDeadline(appendBatch(sql, organizationId, items));
      notifier.notify(organizationId);
      return outcomes;
    },

    /** Appends inside a transaction of `transaction`. */
    async appendIn(tx: Tx, organizationId: string, items: readonly AppendItem[]): Promise<AppendOutcome[]> {
      const outcomes = await appendIn(tx, organizationId, items);
      appended.get(tx)?.add(organizationId);
      return outcomes;
    },

    search: (organizationId: string, request: { query: Query; cursor?: string | null | undefined; limit: number }) =>
      withinDeadline(searchEvents(sql, organizationId, request)),
    readEvent: (organizationId: string, request: { id: string; query: Query }) => withinDeadline(readEvent(sql, organizationId, request)),
    rows: (organizationId: string, request: { ids: readonly string[]; query: Query }) => withinDeadline(readRows(sql, organizationId, request)),
    feed: (organizationId: string, request: FeedRequest) => withinDeadline(readFeed(sql, organizationId, request)),
    tail: (organizationId: string, request: FeedRequest) => withinDeadline(readTail(sql, organizationId, request)),
    lastSeq: (organizationId: string) => withinDeadline(lastSeq(sql, organizationId)),
    operationEvents: (organizationId: string, request: Parameters<typeof readOperationEvents>[2]) =>
      withinDeadline(readOperationEvents(sql, organizationId, request)),
    firstOperationEvents: (organizationId: string, request: Parameters<typeof readFirstOperationEvents>[2]) =>
      withinDeadline(readFirstOperationEvents(sql, organizationId, request)),
    operationWords: (organizationId: string, request: Parameters<typeof readOperationWords>[2]) =>
      withinDeadline(readOperationWords(sql, organizationId, request)),
    wordsOfOperations: (organizationId: string, request: Parameters<typeof readWordsOfOperations>[2]) =>
      withinDeadline(readWordsOfOperations(sql, organizationId, request)),
    histogram: (organizationId: string, request: HistogramRequest) => withinDeadline(histogram(sql, organizationId, request)),
    firstHour: (organizationId: string) => withinDeadline(firstHour(sql, organizationId)),
    facet: (organizationId: string, request: FacetRequest): Promise<FacetValue[]> => withinDeadline(facet(sql, organizationId, request)),

    ensurePartitions: (instants: Iterable<string | Date>) => ensurePartitions(sql, instants),
    listPartitions: () => listPartitions(sql),
    behind: (request: { name: string; limit: number }) => behind(sql, request),
    listen: (channel: string, onPayload: (payload: string) => void, onReconnect: () => void) => listen(sql, channel, onPayload, onReconnect),

    /** Whether the database answers. */
    async ping(): Promise<void> {
      await withinDeadline(sql`select 1`);
    },

    async close(): Promise<void> {
      notifier.stop();
      await close();
    },
  };
}
