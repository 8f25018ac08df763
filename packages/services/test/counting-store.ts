import type { Store } from "@daybook/store";

export interface Counting {
  store: Store;
  /** How often somebody reached for the database. */
  queries(): number;
}

/** A store that counts every reach for the database: for promises that something happens before any query. */
export function countingStore(store: Store): Counting {
  let queries = 0;
  const counted = new Proxy(store, {
    get(target, name, receiver) {
      queries += 1;
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  return { store: counted, queries: () => queries };
}
