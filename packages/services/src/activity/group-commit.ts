import { Refusal } from "@daybook/event";
import type { AppendItem, AppendOutcome, Store } from "@daybook/store";
import type { AppendThrough } from "./ingest.ts";

/** One group holds at most this many events, so that the wait for its commit stays short. */
const groupEventsMax = 1_000;
/** Events that may wait in memory, unacknowledged, per process; beyond it the caller is told to come back. */
const waitingEventsMax = 20_000;
/** Groups of one organization under way at once: the second is prepared by the server while the first waits for its disk. */
const groupsAtOnceMax = 2;

interface Waiting {
  items: readonly AppendItem[];
  resolve(outcomes: AppendOutcome[]): void;
  reject(error: unknown): void;
}

/**
 * Joins single events of one organization into one statement. There is no timer: a group leaves when an earlier commit returns, so one client
 * waits for no one (0.7 ms against 3.2 ms with a 2 ms timer) and many clients share each commit (8 times the rate of one commit an event).
 */
export function openGroupCommit(store: Store): AppendThrough {
  const queues = new Map<string, { waiting: Waiting[]; running: number }>();
  let waitingEvents = 0;

  const leave = (organizationId: string): void => {
    const queue = queues.get(organizationId);
    if (!queue) return;
    if (queue.waiting.length === 0) {
      if (queue.running === 0) queues.delete(organizationId);
      return;
    }
    if (queue.running >= groupsAtOnceMax) return;
    const group = takeGroup(queue.waiting);
    queue.running += 1;
    void commit(organizationId, group).finally(() => {
      queue.running -= 1;
      leave(organizationId);
    });
  };

  const commit = async (organizationId: string, group: Waiting[]): Promise<void> => {
    const items = group.flatMap((member) => member.items);
    try {
      const outcomes = await store.append(organizationId, items);
      let at = 0;
      for (const member of group) {
        member.resolve(outcomes.slice(at, at + member.items.length));
        at += member.items.length;
      }
    } catch (error) {
      for (const member of group) member.reject(error);
    } finally {
      waitingEvents -= items.length;
    }
  };

  return (organizationId, items) =>
    new Promise((resolve, reject) => {
      if (waitingEvents + items.length > waitingEventsMax) {
        reject(new Refusal("unavailable", "Too many events are waiting to be stored. Send the same request again in a second."));
        return;
      }
      waitingEvents += items.length;
      const queue = queues.get(organizationId) ?? { waiting: [], running: 0 };
      queues.set(organizationId, queue);
      queue.waiting.push({ items, resolve, reject });
      leave(organizationId);
    });
}

/** Whole requests only, so that each caller's events share one fate. */
function takeGroup(waiting: Waiting[]): Waiting[] {
  let events = 0;
  let members = 0;
  for (const member of waiting) {
    if (members > 0 && events + member.items.length > groupEventsMax) break;
    events += member.items.length;
    members += 1;
  }
  return waiting.splice(0, members);
}
