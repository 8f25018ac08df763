import { sql as drizzleSql } from "drizzle-orm";
import type { Sql } from "postgres";
import type { Tx } from "./connect.ts";

/** Channel of new events; the payload is the organization. A hint only: who misses it finds the events by their sequence. */
export const appendedChannel = "daybook_appended";
/** Channel that wakes a job; the payload is its queue. */
export const wakeChannel = "daybook_wake";

export interface Listening {
  stop(): Promise<void>;
}

/** `onReconnect` runs on every (re)connection, because what was sent in between is lost. */
export async function listen(sql: Sql, channel: string, onPayload: (payload: string) => void, onReconnect: () => void): Promise<Listening> {
  const { unlisten } = await sql.listen(channel, onPayload, onReconnect);
  return { stop: unlisten };
}

/** Wakes a job when, and only when, the transaction commits. What there is to do stands in tables; the wake-up carries nothing. */
export async function wake(tx: Tx, queue: string): Promise<void> {
  await tx.execute(drizzleSql`select pg_notify(${wakeChannel}, ${queue})`);
}

export interface AppendNotifier {
  notify(organizationId: string): void;
  stop(): void;
}

/** NOTIFY takes a lock that all notifying commits share, so it stays out of the append; one a tick and organization is enough. */
const notifyEveryMs = 20;

export function openNotifier(sql: Sql, onError: (error: unknown) => void): AppendNotifier {
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    timer = undefined;
    for (const organizationId of pending) sql`select pg_notify(${appendedChannel}, ${organizationId})`.catch(onError);
    pending.clear();
  };
  return {
    notify(organizationId) {
      pending.add(organizationId);
      timer ??= setTimeout(flush, notifyEveryMs);
    },
    stop() {
      clearTimeout(timer);
      pending.clear();
    },
  };
}
