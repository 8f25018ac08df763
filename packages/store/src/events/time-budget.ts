import type { Sql, TransactionSql } from "postgres";

export const statementTimedOut = "57014";

/** What the work finds if none of its statements takes longer, else null. Behind a savepoint, so that the transaction stays. */
export async function withinBudget<T>(sql: Sql, budgetMs: number, work: (inner: Sql) => Promise<T>): Promise<T | null> {
  try {
    const { found } = await (sql as unknown as TransactionSql).savepoint(async (inner) => {
      await inner.unsafe(`set local statement_timeout = ${Math.max(1, Math.round(budgetMs))}`);
      // In a shell of its own: the driver waits for the elements of an array that a savepoint returns.
      return { found: await work(inner as unknown as Sql) };
    });
    return found as T;
  } catch (error) {
    if ((error as { code?: unknown }).code !== statementTimedOut) throw error;
    return null;
  }
}
