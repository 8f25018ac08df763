import type { Operation } from "@daybook/catalog";
import type { EventInput, Resource } from "@daybook/event";
import { countAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

/** The object of a statement stands at its beginning; comments before it are passed over. */
const headCharsMax = 2_000;
const identifier = String.raw`(?:"(?:[^"]|""){1,255}"|[\w$]{1,255})`;
const qualified = String.raw`${identifier}(?:\.${identifier}){0,2}`;
const kinds = [
  "database role|managed account|masking policy|row access policy|network policy|network rule|password policy|session policy|authentication policy",
  "storage integration|security integration|notification integration|api integration|external access integration|resource monitor|file format",
  "materialized view|external table|dynamic table|event table|iceberg table|external function|external volume",
  "account|alert|application|database|function|integration|pipe|procedure|role|schema|secret|sequence|share|stage|stream|streamlit|table|tag|task|user|view|warehouse",
].join("|");
const definition = new RegExp(
  String.raw`^(?:create|alter|drop|undrop|truncate|describe|desc)(?:\s+or\s+(?:replace|alter))?(?:\s+(?:temp|temporary|transient|volatile|local|global|secure|recursive))*\s+(${kinds})\s+(?:if\s+(?:not\s+)?exists\s+)?(${qualified})(?=[\s;(]|$)`,
  "i",
);
const data = new RegExp(
  String.raw`^(?:insert\s+(?:overwrite\s+)?into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(${qualified})(?=[\s;(]|$)`,
  "i",
);

/** What a statement defines or changes; a query over tables names them in ACCESS_HISTORY only, as no pattern can read SQL. */
export function objectOfStatement(text: string): Resource | undefined {
  const head = withoutComments(text.slice(0, headCharsMax));
  const [, kind, defined] = definition.exec(head) ?? [];
  if (kind !== undefined && defined !== undefined) return { type: kind.toLowerCase().replaceAll(/\s+/g, "_"), name: defined };
  const changed = data.exec(head)?.[1];
  return changed === undefined ? undefined : { type: "table", name: changed };
}

const commentsMax = 20;

function withoutComments(text: string): string {
  let head = text.trimStart();
  for (let removed = 0; removed < commentsMax; removed += 1) {
    const [start, end] = head.startsWith("--") ? [2, "\n"] : head.startsWith("/*") ? [2, "*/"] : [0, ""];
    if (end === "") break;
    const at = head.indexOf(end, start);
    head = at === -1 ? "" : head.slice(at + end.length).trimStart();
  }
  return head;
}

/** The first word of QUERY_TYPE; what is not in the table was executed. */
const operations: Record<string, Operation> = {
  create: "created",
  clone: "created",
  alter: "updated",
  rename: "updated",
  insert: "updated",
  update: "updated",
  merge: "updated",
  multi: "updated",
  undrop: "updated",
  restore: "updated",
  drop: "deleted",
  delete: "deleted",
  truncate: "deleted",
  remove: "deleted",
  select: "viewed",
  show: "viewed",
  describe: "viewed",
  list: "viewed",
  explain: "viewed",
  grant: "granted",
  revoke: "revoked",
  unload: "exported",
  get: "exported",
  put: "imported",
  copy: "imported",
};

export function operationOfQuery(type: string): Operation {
  const [first = ""] = type.toLowerCase().split(/[^a-z]+/);
  return (Object.hasOwn(operations, first) ? operations[first] : undefined) ?? "executed";
}

/**
 * Rows that a statement gave and rows that it changed. ROWS_PRODUCED counts the changed rows of INSERT, UPDATE, DELETE, MERGE and COPY, so it means
 * a result for all others only.
 */
export function rowsOfQuery(row: JsonObject, type: string): Pick<EventInput, "rows_returned" | "rows_affected"> {
  const changed = ["ROWS_INSERTED", "ROWS_UPDATED", "ROWS_DELETED"].flatMap((column) => countAt(row, column) ?? []);
  const affected = changed.reduce((sum, count) => sum + count, 0);
  const produced = countAt(row, "ROWS_PRODUCED");
  const isChange = /^(?:insert|update|delete|merge|multi|copy|truncate)/i.test(type);
  const rowsAffected = isChange ? (changed.length > 0 ? affected : produced) : affected > 0 ? affected : undefined;
  return {
    ...(!isChange && produced !== undefined && { rows_returned: produced }),
    ...(rowsAffected !== undefined && rowsAffected <= Number.MAX_SAFE_INTEGER && { rows_affected: rowsAffected }),
  };
}

/** `TEST_DB`, `PUBLIC`, `MYTABLE` → `TEST_DB.PUBLIC.MYTABLE`; undefined without a last part. */
export const plainName = (parts: (string | undefined)[]): string | undefined =>
  parts.at(-1) === undefined ? undefined : parts.filter((part) => part !== undefined).join(".");
