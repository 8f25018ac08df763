import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { connect } from "./connect.ts";
import type { ConnectOptions, Database, Tx } from "./connect.ts";
import { behind } from "./consumers.ts";
import { withinDeadline } from "./deadline.ts";
import { appendBatch, appendIn } from "./events/append.ts";
import type { AppendItem, AppendOutcome } from "./events/append.ts";
import { countUpTo, firstAt } from "./events/counts.ts";
import type { CountRequest } from "./events/counts.ts";
import { facets } from "./events/facets.ts";
import type { FacetsRequest } from "./events/facets.ts";
import { lastSeq, readEvent, readFeed, readTail } from "./events/feed.ts";
import type { FeedRequest } from "./events/feed.ts";
import { countEvents, histogram } from "./events/histogram.ts";
import type { HistogramRequest } from "./events/histogram.ts";
import { readFirstOperationEvents, readOperationEvents, readOperationWords, readWordsOfOperations } from "./events/operation-events.ts";
import { ensurePartitions, listPartitions } from "./events/partitions.ts";
import { readRows } from "./events/read-rows.ts";
import { searchEvents } from "./events/search.ts";
import type { Page, SearchRequest } from "./events/search.ts";
import { inOrganization } from "./in-organization.ts";
import { listen, openNotifier } from "./notify.ts";

/** Door 1. Everything that Daybook keeps goes through one of these. */
export type Store = ReturnType<typeof openStore>;

export interface StoreOptions extends ConnectOptions {
  onError?: (error: unknown) => void;
}

export function openStore({ onError = () => undefined, ...options }: StoreOptions) {
  const { sql, of, platform, platformSql, close } = connect(options);
  const notifier = openNotifier(sql, onError);
  const appended = new WeakMap<Tx, Set<string>>();

  async function transact<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
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

  /** Statements written by hand, of one organization. */
  const reading = <T>(organizationId: string, work: (tx: Sql) => Promise<T>): Promise<T> => withinDeadline(inOrganization(sql, organizationId, work));

  return {
    /** Reads of one organization's entities outside a transaction: row security hides every other. */
    of,

    /** Reads that begin with no organization: a token's hash, a session, what is due in any organization. */
    platform,

    /** Runs `work` in one fenced transaction, which sees one organization. Who follows its log is woken after the commit. */
    transaction: <T>(organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> => transact(of(organizationId), work),

    /** The same for what concerns several organizations, or makes one. */
    platformTransaction: <T>(work: (tx: Tx) => Promise<T>): Promise<T> => transact(platform, work),

    /** Appends a batch with a commit of its own; when it returns, the events are durable. */
    async append(organizationId: string, items: readonly AppendItem[]): Promise<AppendOutcome[]> {
      const outcomes = await withinDeadline(appendBatch({ sql, platformSql }, organizationId, items));
      notifier.notify(organizationId);
      return outcomes;
    },

    /** Appends inside a transaction of `transaction`. */
    async appendIn(tx: Tx, organizationId: string, items: readonly AppendItem[]): Promise<AppendOutcome[]> {
      const outcomes = await appendIn(tx, organizationId, items);
      appended.get(tx)?.add(organizationId);
      return outcomes;
    },

    search: (organizationId: string, request: SearchRequest): Promise<Page> => reading(organizationId, (tx) => searchEvents(tx, organizationId, request)),
    readEvent: (organizationId: string, request: { id: string; query: Query }) => reading(organizationId, (tx) => readEvent(tx, organizationId, request)),
    rows: (organizationId: string, request: { ids: readonly string[]; query: Query }) => reading(organizationId, (tx) => readRows(tx, organizationId, request)),
    feed: (organizationId: string, request: FeedRequest) => reading(organizationId, (tx) => readFeed(tx, organizationId, request)),
    tail: (organizationId: string, request: FeedRequest) => reading(organizationId, (tx) => readTail(tx, organizationId, request)),
    lastSeq: (organizationId: string) => reading(organizationId, (tx) => lastSeq(tx, organizationId)),
    operationEvents: (organizationId: string, request: Parameters<typeof readOperationEvents>[2]) =>
      reading(organizationId, (tx) => readOperationEvents(tx, organizationId, request)),
    firstOperationEvents: (organizationId: string, request: Parameters<typeof readFirstOperationEvents>[2]) =>
      reading(organizationId, (tx) => readFirstOperationEvents(tx, organizationId, request)),
    operationWords: (organizationId: string, request: Parameters<typeof readOperationWords>[2]) =>
      reading(organizationId, (tx) => readOperationWords(tx, organizationId, request)),
    wordsOfOperations: (organizationId: string, request: Parameters<typeof readWordsOfOperations>[2]) =>
      reading(organizationId, (tx) => readWordsOfOperations(tx, organizationId, request)),
    histogram: (organizationId: string, request: HistogramRequest) => reading(organizationId, (tx) => histogram(tx, organizationId, request)),
    firstAt: (organizationId: string, query: Query) => reading(organizationId, (tx) => firstAt(tx, organizationId, query)),
    facets: (organizationId: string, request: FacetsRequest) => reading(organizationId, (tx) => facets(tx, organizationId, request)),
    countEvents: (organizationId: string, query: Query) => reading(organizationId, (tx) => countEvents(tx, organizationId, query)),
    countUpTo: (organizationId: string, request: CountRequest) => reading(organizationId, (tx) => countUpTo(tx, organizationId, request)),

    ensurePartitions: (instants: Iterable<string | Date>) => ensurePartitions(platformSql, instants),
    listPartitions: () => listPartitions(platformSql),
    behind: (request: { name: string; limit: number }) => behind(platformSql, request),
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
