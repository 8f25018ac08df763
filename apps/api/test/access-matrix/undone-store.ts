import type { Store } from "@daybook/store";

/** Carries a result out of a transaction that is given up. */
class Undone extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super("undone");
    this.result = result;
  }
}

/** A store whose changes run to their end and are then rolled back: thousands of requests may delete the same thing, and each finds it there. */
export function undoneStore(store: Store): Store {
  const undo =
    <Work extends (...given: never[]) => Promise<unknown>>(work: Work) =>
    async (...given: Parameters<Work>): Promise<never> => {
      throw new Undone(await work(...given));
    };
  const resultOf = async <T>(transaction: Promise<never>): Promise<T> => {
    try {
      return await transaction;
    } catch (error) {
      if (error instanceof Undone) return error.result as T;
      throw error;
    }
  };
  return {
    ...store,
    transaction: (organizationId, work) => resultOf(store.transaction(organizationId, undo(work))),
    platformTransaction: (work) => resultOf(store.platformTransaction(undo(work))),
  };
}
