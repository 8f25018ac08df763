const errorsToldMax = 3;

/** An error for a process's log. A failed query is told without its parameters, which can be somebody's data or a secret. */
export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("params" in error && "query" in error) return `Failed query: ${String(error.query)}\n${textOf(error.cause)}`;
  const own = error.stack ?? error.message;
  return error instanceof AggregateError ? [own, ...error.errors.slice(0, errorsToldMax).map(textOf)].join("\n") : own;
}
