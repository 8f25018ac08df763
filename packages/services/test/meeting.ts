import type { Platform } from "../src/index.ts";
import { look } from "./test-platform.ts";

const waitMaxMs = 10_000;
const lookEveryMs = 5;
/** Other test files have databases of their own in the same server. */
const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

/**
 * Runs two changes so that they meet: the first stops before its `stop`-th event, with all that it holds by then, until the second has ended or waits for it.
 * If each then needed what the other holds, the database would end one of them.
 */
export async function meeting<First, Second>(
  platform: Platform,
  first: (platform: Platform) => Promise<First>,
  second: (platform: Platform) => Promise<Second>,
  { stop = 1 }: { stop?: number } = {},
): Promise<[PromiseSettledResult<First>, PromiseSettledResult<Second>]> {
  const there = Promise.withResolvers<void>();
  const further = Promise.withResolvers<void>();
  let events = 0;
  const appendIn: Platform["store"]["appendIn"] = async (...args) => {
    events += 1;
    if (events === stop) {
      there.resolve();
      await further.promise;
    }
    return platform.store.appendIn(...args);
  };
  const begun = first({ ...platform, store: { ...platform.store, appendIn } });
  await Promise.race([there.promise, begun.catch(() => undefined)]);
  const other = second(platform);
  let ended = false;
  const end = () => void (ended = true);
  other.then(end, end);
  for (let waited = 0; !ended && waited < waitMaxMs; waited += lookEveryMs) {
    if ((await look(platform, waiting)).length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  further.resolve();
  return Promise.all([settled(begun), settled(other)]);
}

const settled = async <T>(work: Promise<T>): Promise<PromiseSettledResult<T>> => {
  const [outcome] = await Promise.allSettled([work]);
  return outcome;
};
