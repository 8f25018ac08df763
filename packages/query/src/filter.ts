import { Refusal } from "@daybook/event";
import type { Status } from "@daybook/event";
import { allOf, anyOf, equals, everything, occurred } from "./ast.ts";
import type { Query } from "./ast.ts";
import { parseSearch } from "./search/parse.ts";
import { clausesToQuery } from "./search/to-query.ts";
import type { Asker } from "./search/to-query.ts";

/** What the console's filters and a URL can say; lists mean any-of, different filters mean all. */
export interface Filter {
  /** In the language of searches. */
  q?: string | undefined;
  action?: string[] | undefined;
  /** Id, e-mail or name. */
  actor?: string[] | undefined;
  actorType?: string[] | undefined;
  /** Name or id. */
  resource?: string[] | undefined;
  resourceType?: string[] | undefined;
  /** Ids of the teams that the events belong to. */
  team?: string[] | undefined;
  status?: Status[] | undefined;
  operation?: string[] | undefined;
  namespace?: string[] | undefined;
  operationId?: string | undefined;
  /** Events that one of these imports brought. */
  importId?: string[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** What a filter asks. A search that is not understood to its end is refused: an answer to half of it would look like an answer. */
export function queryOf(filter: Filter, asker: Asker = {}): Query {
  const parts: Query[] = [];
  const one = (field: Parameters<typeof equals>[0], values: string[] | undefined) => {
    if (values?.length) parts.push(equals(field, ...values));
  };
  one("action", filter.action);
  one("actor.type", filter.actorType);
  one("resource.type", filter.resourceType);
  one("team.id", filter.team);
  one("status", filter.status);
  one("operation", filter.operation);
  one("namespace", filter.namespace);
  one("import_id", filter.importId);
  one("operation_id", filter.operationId ? [filter.operationId] : undefined);
  if (filter.actor?.length)
    parts.push(anyOf(equals("did_or_caused", ...filter.actor), equals("actor.email", ...filter.actor), equals("actor.name", ...filter.actor)));
  if (filter.resource?.length) parts.push(anyOf(equals("resource.name", ...filter.resource), equals("resource.id", ...filter.resource)));
  if (filter.from !== undefined || filter.to !== undefined)
    parts.push(occurred({ ...(filter.from !== undefined && { from: filter.from }), ...(filter.to !== undefined && { to: filter.to }) }));
  const { clauses, problems } = parseSearch(filter.q ?? "");
  const [problem] = problems;
  if (problem) throw new Refusal("invalid", problem.message, "filter.q");
  if (clauses.length > 0) parts.push(clausesToQuery(clauses, asker));
  return parts.length ? allOf(...parts) : everything;
}
