import type { ParameterOrJSON, Sql } from "postgres";

/** What row security and the functions of the log compare with. It lasts as long as the transaction; nothing may set it for longer. */
const claim = "select set_config('daybook.organization', $1, true)";

/**
 * Runs statements in a fenced transaction that sees one organization. The claim is sent together with the first statement and answered before it, so
 * it costs no round trip of its own.
 */
export async function inOrganization<T>(client: Sql, organizationId: string, work: (tx: Sql) => PromiseLike<T>): Promise<T> {
  const { value } = await client.begin(async (tx) => {
    const claimed = tx.unsafe(claim, [organizationId], { prepare: true }).then(() => undefined);
    claimed.catch(() => undefined);
    try {
      // In a shell of its own: the driver waits for the elements of an array that a transaction returns, and a result is one.
      return { value: await work(tx as unknown as Sql) };
    } finally {
      // Behind a failed claim every statement fails, with less to say.
      await claimed;
    }
  });
  return value as T;
}

/** A client for Drizzle each of whose statements runs in a transaction of its own that sees one organization. */
export function clientOf(client: Sql, organizationId: string): Sql {
  const unsafe = (text: string, parameters: ParameterOrJSON<never>[], options: object) => ({
    // Drizzle awaits a statement or asks for its `values`, as it does with the driver's own: nothing may run before it has chosen.
    // eslint-disable-next-line unicorn/no-thenable
    then: (resolve: (rows: unknown) => unknown, reject: (error: unknown) => unknown) =>
      inOrganization(client, organizationId, (tx) => tx.unsafe(text, parameters, options)).then(resolve, reject),
    values: () => inOrganization(client, organizationId, (tx) => tx.unsafe(text, parameters, options).values()),
  });
  const begin = (work: (tx: Sql) => PromiseLike<unknown>) => inOrganization(client, organizationId, work);
  return { options: client.options, unsafe, begin } as unknown as Sql;
}
