import { describe, expect, test } from "vitest";
import text from "../../fixtures/snowflake-account-usage.ndjson?raw";
import type { JsonObject } from "../read-json.ts";
import { fillOf, mapAll, mapOne } from "../testing.ts";
import { objectOfStatement } from "./snowflake-query.ts";
import { snowflake } from "./snowflake.ts";

const lines = mapAll(snowflake, text);
const query = (row: JsonObject) => mapOne(snowflake, { QUERY_TYPE: "SELECT", USER_NAME: "ALICE", ...row });
const login = (row: JsonObject) => mapOne(snowflake, { EVENT_TYPE: "LOGIN", USER_NAME: "ALICE", IS_SUCCESS: "YES", ...row });
const idsOf = (row: JsonObject) => {
  const mapped = snowflake.toEvents(row, { index: 0 });
  return Array.isArray(mapped) ? mapped.map(({ vendorId }) => vendorId) : mapped.message;
};

test("every line becomes one event with an action and an actor", () => {
  expect(lines).toHaveLength(11);
  expect(lines.map(({ event }) => `${event.action} ${event.actor?.name} ${event.status}`)).toEqual([
    "login_history.login ckent@dailyplanet.org failed",
    "login_history.login luthor@lexcorp.com failed",
    "login_history.login ckent@dailyplanet.org success",
    "login_history.login brucewayne@waynecorp.com failed",
    "login_history.logout ckent@dailyplanet.org success",
    "grants_to_roles.grant ACCOUNTADMIN success",
    "grants_to_roles.grant ACCOUNTADMIN success",
    "query_history.create LEX_LUTHOR success",
    "query_history.create LEX_LUTHOR success",
    "query_history.create LEX_LUTHOR failed",
    "query_history.create_user LEX_LUTHOR success",
  ]);
});

test("the fields are as full as the records are: queries here have no time, sign-ins no object", () => {
  expect(fillOf(lines)).toMatchObject({ time: 7, resource: 6, ip: 5, agent: 5, changes: 2, id: 5, cut: 0 });
});

describe("queries", () => {
  test.each([
    ["SUCCESS", "success"],
    ["FAIL", "failed"],
    ["INCIDENT", "failed"],
    ["FAILED_WITH_ERROR", "failed"],
    ["RUNNING", "in_progress"],
    ["QUEUED", "in_progress"],
  ])("%s is %s", (EXECUTION_STATUS, status) => {
    expect(query({ EXECUTION_STATUS }).status).toBe(status);
  });

  test("a failure carries code and message", () => {
    expect(query({ EXECUTION_STATUS: "FAIL", ERROR_CODE: "000630", ERROR_MESSAGE: "timeout" }).error).toEqual({ code: "000630", message: "timeout" });
    expect(query({ EXECUTION_STATUS: "SUCCESS", ERROR_CODE: "", ERROR_MESSAGE: "" }).error).toBeUndefined();
  });

  test("duration, rows, bytes, session and zone of the time", () => {
    const event = query({
      QUERY_ID: "q",
      SESSION_ID: "17179869185",
      START_TIME: "2024-10-10 12:56:35.822 -0700",
      TOTAL_ELAPSED_TIME: "1523",
      ROWS_PRODUCED: 7,
      BYTES_SCANNED: 9,
    });
    expect(event).toMatchObject({
      occurred_at: "2024-10-10T19:56:35.822Z",
      duration_ms: 1523,
      rows_returned: 7,
      counts: { bytes_scanned: 9 },
      context: { session_id: "17179869185", request_id: "q" },
    });
    expect(event.rows_affected).toBeUndefined();
  });

  test("rows of a change are affected, not returned; amounts that are none are left out", () => {
    expect(query({ QUERY_TYPE: "MERGE", ROWS_PRODUCED: 5, ROWS_INSERTED: 3, ROWS_UPDATED: 2, ROWS_DELETED: 0 })).toMatchObject({ rows_affected: 5 });
    expect(query({ QUERY_TYPE: "DELETE", ROWS_PRODUCED: 4 })).toMatchObject({ rows_affected: 4 });
    expect(query({ QUERY_TYPE: "DELETE", ROWS_PRODUCED: 4 }).rows_returned).toBeUndefined();
    for (const wrong of [-1, 1.5, "many", "", null]) expect(query({ ROWS_PRODUCED: wrong }).rows_returned).toBeUndefined();
    expect(query({ TOTAL_ELAPSED_TIME: -1 }).duration_ms).toBeUndefined();
  });

  test.each([
    ["CREATE_TABLE", "created"],
    ["ALTER_USER", "updated"],
    ["DROP", "deleted"],
    ["SELECT", "viewed"],
    ["GRANT", "granted"],
    ["REVOKE", "revoked"],
    ["UNLOAD", "exported"],
    ["COPY", "imported"],
    ["CALL", "executed"],
    ["constructor", "executed"],
  ])("%s is %s", (QUERY_TYPE, operation) => {
    expect(query({ QUERY_TYPE })).toMatchObject({ operation, action: `query_history.${QUERY_TYPE.toLowerCase()}` });
  });

  test.each([
    ["CREATE OR REPLACE TEMP STAGE a.b.c;", "stage", "a.b.c"],
    ["create user if not exists MERCY\nPASSWORD = 'x'", "user", "MERCY"],
    ['/* tag */ -- note\nDROP TABLE IF EXISTS "My Table"', "table", '"My Table"'],
    ["ALTER NETWORK POLICY corp SET x = 1", "network_policy", "corp"],
    ["CREATE DATABASE ROLE db.r", "database_role", "db.r"],
    ["DELETE FROM s.t WHERE 1=1", "table", "s.t"],
    ["insert into t(a) values (1)", "table", "t"],
    ["MERGE INTO t USING u ON 1=1", "table", "t"],
  ])("%s is about a %s", (statement, type, name) => {
    expect(objectOfStatement(statement)).toEqual({ type, name });
  });

  test("a statement that names nothing is about where it ran", () => {
    for (const statement of ["select * from t", "", "/* never closed", "-- only a note", "CREATE", "updatet"])
      expect(objectOfStatement(statement)).toBeUndefined();
    expect(query({ QUERY_TEXT: "select 1", DATABASE_NAME: "DB", SCHEMA_NAME: "S", WAREHOUSE_NAME: "W" })).toMatchObject({
      resource: { type: "schema", name: "DB.S" },
      related_resources: [
        { type: "database", name: "DB" },
        { type: "warehouse", name: "W" },
      ],
      description: "Ran a query of type SELECT in schema DB.S",
    });
  });

  test("the sentence of a change of rows does not say that the table went", () => {
    expect(query({ QUERY_TYPE: "DELETE", QUERY_TEXT: "delete from t" }).description).toBe("Deleted rows of table t");
    expect(query({ QUERY_TYPE: "DROP", QUERY_TEXT: "drop table t" }).description).toBe("Dropped table t");
  });
});

test("sign-ins: factor, client, address, outcome", () => {
  const failedLogin = login({
    EVENT_ID: "393754014361782",
    CLIENT_IP: "1.2.3.4",
    IS_SUCCESS: "NO",
    ERROR_CODE: 390100,
    ERROR_MESSAGE: "INCORRECT_USERNAME_PASSWORD",
    FIRST_AUTHENTICATION_FACTOR: "PASSWORD",
    REPORTED_CLIENT_TYPE: "JDBC_DRIVER",
    REPORTED_CLIENT_VERSION: "3.13",
  });
  expect(failedLogin).toMatchObject({
    status: "failed",
    operation: "authenticated",
    origin: "api",
    error: { code: "390100", message: "INCORRECT_USERNAME_PASSWORD" },
    context: { ip: "1.2.3.4", user_agent: "JDBC_DRIVER 3.13" },
    description: "Signed in with password (failed: INCORRECT_USERNAME_PASSWORD)",
  });
  expect(login({ REPORTED_CLIENT_TYPE: "SNOWFLAKE_UI" }).origin).toBe("interface");
  expect(login({ CLIENT_IP: "internal" })).toMatchObject({ metadata: { source_address: "internal" } });
});

test("people, services and Snowflake itself", () => {
  expect(query({ USER_NAME: "ALICE@X.IO" }).actor).toEqual({ type: "user", name: "ALICE@X.IO", email: "ALICE@X.IO" });
  expect(query({ USER_NAME: "LOADER", USER_TYPE: "LEGACY_SERVICE" }).actor).toEqual({ type: "service_user", name: "LOADER" });
  expect(query({ USER_NAME: "SYSTEM" })).toMatchObject({ actor: { type: "system", name: "SYSTEM" }, origin: "automation" });
});

test("a grant that was taken back is two events of one row, each at its time", () => {
  const row = {
    CREATED_ON: "2024-10-10 12:56:35 -0700",
    PRIVILEGE: "SELECT",
    GRANTED_ON: "TABLE",
    NAME: "T",
    TABLE_CATALOG: "DB",
    TABLE_SCHEMA: "S",
    GRANTED_TO: "ROLE",
    GRANTEE_NAME: "R",
    GRANTED_BY: "ACCOUNTADMIN",
  };
  const mapped = mapAll(snowflake, JSON.stringify({ ...row, DELETED_ON: "2024-11-01 00:00:00 Z" }));
  expect(mapped.map(({ event }) => [event.operation, event.occurred_at, event.description, event.changes?.fields])).toEqual([
    ["granted", "2024-10-10T19:56:35.000Z", "Granted SELECT on table DB.S.T to role R", [{ path: "privileges", after: "SELECT" }]],
    ["revoked", "2024-11-01T00:00:00.000Z", "Revoked SELECT on table DB.S.T from role R", [{ path: "privileges", before: "SELECT" }]],
  ]);
  expect(mapOne(snowflake, { CREATED_ON: "2024-10-10 12:56:35Z", ROLE: "SYSADMIN", GRANTED_TO: "USER", GRANTEE_NAME: "BOB" })).toMatchObject({
    action: "grants_to_users.grant",
    actor: { type: "system" },
    resource: { type: "role", name: "SYSADMIN" },
    related_resources: [{ type: "user", name: "BOB" }],
    description: "Granted role SYSADMIN to user BOB",
  });
});

test("an access names its objects, the changed ones first, also from JSON in a text", () => {
  const event = mapOne(snowflake, {
    QUERY_ID: "q",
    QUERY_START_TIME: "2024-10-10 12:56:35Z",
    USER_NAME: "ALICE",
    DIRECT_OBJECTS_ACCESSED: '[{"objectDomain":"Table","objectId":66564,"objectName":"DB.S.A"}]',
    OBJECTS_MODIFIED: [{ objectDomain: "Table", objectName: "DB.S.B" }],
  });
  expect(event).toMatchObject({
    operation: "updated",
    resource: { type: "table", name: "DB.S.B" },
    related_resources: [{ type: "table", id: "66564", name: "DB.S.A" }],
    description: "Modified DB.S.B, DB.S.A",
  });
});

test("rows are known by the id of their view; a grant has none", () => {
  expect(idsOf({ QUERY_ID: "q", QUERY_TYPE: "SELECT" })).toEqual(["query q"]);
  expect(idsOf({ QUERY_ID: "q", DIRECT_OBJECTS_ACCESSED: [] })).toEqual(["access q"]);
  expect(idsOf({ EVENT_ID: JSON.rawJSON("393754014361778001"), IS_SUCCESS: "YES" })).toEqual(["login 393754014361778001"]);
  expect(idsOf({ GRANTEE_NAME: "R", PRIVILEGE: "SELECT" })).toEqual([null]);
  expect(idsOf({ SOMETHING: "else" })).toContain("Snowflake");
});

test("columns in lower case read the same", () => {
  expect(mapOne(snowflake, { query_type: "DROP", query_text: "drop user bob", user_name: "ALICE", execution_status: "FAIL" })).toMatchObject({
    action: "query_history.drop",
    status: "failed",
    resource: { type: "user", name: "bob" },
    metadata: { query_text: "drop user bob" },
  });
});
