import type { EventInput, Json, Resource } from "@daybook/event";
import { defineImporter, notARecord } from "../define-importer.ts";
import type { ImportedEvent } from "../define-importer.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { amountAt, at, countAt, filled, isObject, knownAt, textAt, unwrapped } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { failed, nameOf, tell } from "../tell.ts";
import { past, wordsOf } from "../verbs.ts";
import { objectOfStatement, operationOfQuery, plainName, rowsOfQuery } from "./snowflake-query.ts";

/** Rows of Snowflake's ACCOUNT_USAGE and INFORMATION_SCHEMA views; the columns of a row tell the view. */
export const snowflake = defineImporter({
  id: "snowflake",
  title: "Snowflake account usage",
  hint: "Rows of QUERY_HISTORY, LOGIN_HISTORY, ACCESS_HISTORY, GRANTS_TO_ROLES or GRANTS_TO_USERS as JSON, one a line (COPY INTO … FILE_FORMAT = (TYPE = JSON)).",
  docsUrl: "https://docs.snowflake.com/en/sql-reference/account-usage",
  sample: {
    QUERY_ID: "01b7f2a4-0000-4c1e-0000-0001a2b3c4d5",
    QUERY_TEXT: "DELETE FROM sales.public.orders WHERE created_at < '2020-01-01'",
    DATABASE_NAME: "SALES",
    SCHEMA_NAME: "PUBLIC",
    QUERY_TYPE: "DELETE",
    SESSION_ID: 17179869185,
    USER_NAME: "ALICE@EXAMPLE.COM",
    ROLE_NAME: "SYSADMIN",
    WAREHOUSE_NAME: "ADMIN_WH",
    WAREHOUSE_SIZE: "X-Small",
    QUERY_TAG: "cleanup",
    EXECUTION_STATUS: "FAIL",
    ERROR_CODE: "000630",
    ERROR_MESSAGE: "Statement reached its statement or warehouse timeout of 60 second(s) and was canceled.",
    START_TIME: "2024-10-10 12:56:35.822 -0700",
    END_TIME: "2024-10-10 12:57:35.901 -0700",
    TOTAL_ELAPSED_TIME: 60079,
    BYTES_SCANNED: 1048576,
    ROWS_PRODUCED: 12,
    ROWS_DELETED: 12,
  },
  read(row) {
    if (at(row, "DIRECT_OBJECTS_ACCESSED") !== undefined || at(row, "BASE_OBJECTS_ACCESSED") !== undefined) return [accessEvent(row)];
    if (knownAt(row, "IS_SUCCESS") !== undefined || (knownAt(row, "EVENT_TYPE") !== undefined && knownAt(row, "USER_NAME") !== undefined))
      return [loginEvent(row)];
    if (["QUERY_TYPE", "QUERY_TEXT"].some((column) => knownAt(row, column) !== undefined)) return [queryEvent(row)];
    if (knownAt(row, "GRANTEE_NAME") !== undefined) return grantEvents(row);
    return notARecord("Snowflake account usage", "has the columns of none of the views read here");
  },
});

/** What stays beside the fields that have a place: every column with a value, by its own name in lower case. */
function rest(row: JsonObject, placed: string[], more: { [key: string]: Json | undefined } = {}): JsonObject {
  const columns = Object.entries(row).filter(([column]) => !placed.includes(column.toUpperCase()));
  return filled({ ...more, ...Object.fromEntries(columns.map(([column, value]) => [column.toLowerCase(), unwrapped(value)])) });
}

function actorOf(row: JsonObject): EventInput["actor"] {
  const name = knownAt(row, "USER_NAME");
  if (name === undefined) return { type: "anonymous" };
  if (/^(?:SYSTEM|SNOWFLAKE|WORKSHEETS_APP_USER)$/i.test(name)) return { type: "system", name };
  const isService = /SERVICE/i.test(textAt(row, "USER_TYPE") ?? "");
  return { type: isService ? "service_user" : "user", name, email: name.includes("@") ? name : undefined };
}

/** Places of the view: what a statement worked in. */
function placesOf(row: JsonObject): Resource[] {
  const [database, schema, warehouse] = ["DATABASE_NAME", "SCHEMA_NAME", "WAREHOUSE_NAME"].map((column) => knownAt(row, column));
  return [
    ...(database !== undefined && schema !== undefined ? [{ type: "schema", name: `${database}.${schema}` }] : []),
    ...(database === undefined ? [] : [{ type: "database", name: database }]),
    ...(warehouse === undefined ? [] : [{ type: "warehouse", name: warehouse }]),
  ];
}

const queryColumns = ["QUERY_ID", "USER_NAME", "SESSION_ID", "START_TIME", "END_TIME", "TOTAL_ELAPSED_TIME", "EXECUTION_STATUS", "ERROR_CODE", "ERROR_MESSAGE"];

function queryEvent(row: JsonObject): ImportedEvent {
  const type = knownAt(row, "QUERY_TYPE") ?? "UNKNOWN";
  const object = objectOfStatement(textAt(row, "QUERY_TEXT") ?? "");
  const resources = [...(object ? [object] : []), ...placesOf(row)];
  const time = parseTime(at(row, "START_TIME")) ?? parseTime(at(row, "END_TIME"));
  const status = queryStatus(row);
  const error = status === "failed" ? { code: knownAt(row, "ERROR_CODE"), message: textAt(row, "ERROR_MESSAGE") } : undefined;
  const [first = "", ...others] = wordsOf(type);
  const words =
    (Object.hasOwn(rowWords, first) ? rowWords[first] : undefined) ??
    (others.length === 0 && object !== undefined ? [first, ...wordsOf(object.type)] : [first, ...others]);
  const isTold = past(first) !== undefined && object !== undefined;
  const id = knownAt(row, "QUERY_ID");
  const counts = Object.entries({ bytes_scanned: amountAt(row, "BYTES_SCANNED"), rows_unloaded: countAt(row, "ROWS_UNLOADED") });
  const measured = counts.filter((entry): entry is [string, number] => (entry[1] ?? 0) > 0);
  return {
    event: {
      action: `query_history.${type.toLowerCase()}`,
      log_type: "activity",
      namespace: "query_history",
      operation: operationOfQuery(type),
      occurred_at: time ?? undefined,
      actor: actorOf(row),
      resource: resources[0],
      related_resources: resources.slice(1),
      status,
      error,
      origin: actorOf(row)?.type === "system" ? "automation" : undefined,
      description: isTold
        ? tell({ words, action: type, resources: [object], failure: error && (error.message ?? error.code ?? "") })
        : `Ran a query of type ${type}${resources[0] ? ` in ${resources[0].type} ${nameOf(resources[0])}` : ""}${failed(error && (error.message ?? error.code ?? ""))}`,
      duration_ms: amountAt(row, "TOTAL_ELAPSED_TIME"),
      ...rowsOfQuery(row, type),
      counts: measured.length > 0 ? Object.fromEntries(measured) : undefined,
      context: { session_id: knownAt(row, "SESSION_ID"), request_id: id },
      metadata: rest(row, queryColumns, { time_missing: time === null || undefined }),
    },
    vendorId: id === undefined ? null : `query ${id}`,
  };
}

/** Statements on the rows of a table, whose type does not say so. */
const rowWords: { [verb: string]: string[] | undefined } = {
  insert: ["insert", "rows", "into", "table"],
  update: ["update", "rows", "of", "table"],
  delete: ["delete", "rows", "of", "table"],
  merge: ["merge", "rows", "into", "table"],
};

/** The table function of the last week also shows queries that still run or wait. */
function queryStatus(row: JsonObject): "success" | "failed" | "in_progress" {
  const told = (knownAt(row, "EXECUTION_STATUS") ?? "").toUpperCase();
  if (/^(?:FAIL|INCIDENT)/.test(told) || (told === "" && knownAt(row, "ERROR_CODE") !== undefined)) return "failed";
  return /^(?:RUNNING|QUEUED|BLOCKED|RESUMING)/.test(told) ? "in_progress" : "success";
}

const loginColumns = ["EVENT_ID", "EVENT_TIMESTAMP", "USER_NAME", "CLIENT_IP", "IS_SUCCESS", "ERROR_CODE", "ERROR_MESSAGE"];

function loginEvent(row: JsonObject): ImportedEvent {
  const type = knownAt(row, "EVENT_TYPE") ?? "LOGIN";
  const time = parseTime(at(row, "EVENT_TIMESTAMP"));
  const address = textAt(row, "CLIENT_IP");
  const ip = address === undefined ? null : parseAddress(address);
  const isFailure = /^(?:no|false|0)$/i.test(knownAt(row, "IS_SUCCESS") ?? "yes");
  const error = isFailure ? { code: knownAt(row, "ERROR_CODE"), message: textAt(row, "ERROR_MESSAGE") } : undefined;
  const client = knownAt(row, "REPORTED_CLIENT_TYPE");
  const factor = knownAt(row, "FIRST_AUTHENTICATION_FACTOR");
  const words = [type.toLowerCase(), ...(factor === undefined ? [] : ["with", ...wordsOf(factor)])];
  const id = knownAt(row, "EVENT_ID");
  return {
    event: {
      action: `login_history.${type.toLowerCase()}`,
      log_type: "activity",
      namespace: "login_history",
      operation: "authenticated",
      occurred_at: time ?? undefined,
      actor: actorOf(row),
      status: isFailure ? "failed" : "success",
      error,
      origin: client === undefined ? undefined : /UI$/i.test(client) ? "interface" : "api",
      description: tell({ words, action: type, resources: [], failure: error && (error.message ?? error.code ?? "") }),
      context: {
        ip: ip ?? undefined,
        user_agent: client && [client, textAt(row, "REPORTED_CLIENT_VERSION")].filter(Boolean).join(" "),
        session_id: knownAt(row, "SESSION_ID"),
      },
      metadata: rest(row, loginColumns, { time_missing: time === null || undefined, source_address: ip === null ? address : undefined }),
    },
    vendorId: id === undefined ? null : `login ${id}`,
  };
}

/** The lists of an access that name objects, those that were changed first. */
const accessLists: [string, "updated" | "viewed"][] = [
  ["OBJECTS_MODIFIED", "updated"],
  ["DIRECT_OBJECTS_ACCESSED", "viewed"],
  ["BASE_OBJECTS_ACCESSED", "viewed"],
];

function accessEvent(row: JsonObject): ImportedEvent {
  const lists = accessLists.map(([column, operation]) => ({ operation, objects: [unwrapped(at(row, column)) ?? []].flat().filter(isObject) }));
  const resources = lists.flatMap(({ objects }) => objects.map(accessedObject));
  const operation = lists.find(({ objects }) => objects.length > 0)?.operation ?? "viewed";
  const time = parseTime(at(row, "QUERY_START_TIME"));
  const id = knownAt(row, "QUERY_ID");
  const names = [...new Set(resources.map(nameOf))];
  return {
    event: {
      action: "access_history.access",
      log_type: "activity",
      namespace: "access_history",
      operation,
      occurred_at: time ?? undefined,
      actor: actorOf(row),
      resource: resources[0],
      related_resources: resources.slice(1),
      status: "success",
      description: `${operation === "updated" ? "Modified" : "Read"} ${names.slice(0, 3).join(", ") || "nothing"}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`,
      context: { request_id: id },
      metadata: rest(row, ["QUERY_ID", "USER_NAME", "QUERY_START_TIME"], { time_missing: time === null || undefined }),
    },
    // One query is a row of QUERY_HISTORY as well, and the two are different events.
    vendorId: id === undefined ? null : `access ${id}`,
  };
}

const accessedObject = (object: JsonObject): Resource => ({
  type: wordsOf(knownAt(object, "objectDomain") ?? "object").join("_"),
  id: knownAt(object, "objectId"),
  name: knownAt(object, "objectName"),
});

const grantColumns = ["CREATED_ON", "MODIFIED_ON"];

/**
 * A grant is a row that lives on: revoked, it gets DELETED_ON, and tells two events then. It has no id, so a row that changed between two exports is
 * a new record; nothing says who granted, only with which role.
 */
function grantEvents(row: JsonObject): ImportedEvent[] {
  const kind = (knownAt(row, "GRANTED_TO") ?? "ROLE").toLowerCase();
  const role = knownAt(row, "ROLE");
  const privilege = role ?? knownAt(row, "PRIVILEGE") ?? "privilege";
  const name = plainName(["TABLE_CATALOG", "TABLE_SCHEMA", "NAME"].map((column) => knownAt(row, column)));
  const object: Resource | undefined =
    role !== undefined
      ? { type: "role", name: role }
      : name === undefined
        ? undefined
        : { type: wordsOf(knownAt(row, "GRANTED_ON") ?? "object").join("_"), name };
  const grantee: Resource = { type: wordsOf(kind).join("_"), name: knownAt(row, "GRANTEE_NAME") };
  const by = knownAt(row, "GRANTED_BY");
  const view = role === undefined ? "grants_to_roles" : "grants_to_users";
  const subject = role === undefined ? `${privilege}${object ? ` on ${object.type} ${object.name}` : ""}` : `role ${role}`;
  const moment = (verb: "grant" | "revoke", column: string): ImportedEvent => {
    const time = parseTime(at(row, column));
    const isGrant = verb === "grant";
    return {
      event: {
        action: `${view}.${verb}`,
        log_type: "activity",
        namespace: view,
        operation: isGrant ? "granted" : "revoked",
        occurred_at: time ?? undefined,
        actor: by === undefined ? { type: "system", name: "Snowflake" } : { type: "user", name: by },
        resource: object ?? grantee,
        related_resources: object === undefined ? [] : [grantee],
        status: "success",
        description: `${isGrant ? "Granted" : "Revoked"} ${subject} ${isGrant ? "to" : "from"} ${grantee.type} ${grantee.name}`,
        changes: { fields: [{ path: role === undefined ? "privileges" : "roles", ...(isGrant ? { after: privilege } : { before: privilege }) }] },
        metadata: rest(row, isGrant ? [...grantColumns, "DELETED_ON"] : ["DELETED_ON", "MODIFIED_ON"], { time_missing: time === null || undefined }),
      },
      vendorId: null,
    };
  };
  return [moment("grant", "CREATED_ON"), ...(knownAt(row, "DELETED_ON") === undefined ? [] : [moment("revoke", "DELETED_ON")])];
}
