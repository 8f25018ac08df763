import { actionPattern } from "@daybook/event";
import type { PreparedEvent } from "@daybook/event";
import { expect, test } from "vitest";
import { classify } from "./classify.ts";
import { catalogEntries } from "./entries.ts";
import { presets } from "./presets.ts";
import { describeEvent } from "./sentence.ts";

const event = (action: string, resource: PreparedEvent["resource"], more: Partial<PreparedEvent> = {}) =>
  ({ action, resource, related_resources: [], rows_affected: null, metadata: {}, ...more }) satisfies Partial<PreparedEvent>;
const entries = catalogEntries();

test("every action is defined once, in snake_case, under the first version that knew it", () => {
  const keys = entries.map(({ key }) => key);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  for (const { key, since } of entries) {
    expect(key).toMatch(actionPattern);
    expect(key).toMatch(/^[a-z]+(_[a-z]+)+$/);
    expect(since).toMatch(/^\d+\.\d+$/);
  }
});

test("every action has a past participle last, unless its producers spell it otherwise", () => {
  const others = new Set([
    ...presets[0].groups.flatMap(({ actions }): string[] => [...actions]),
    "export_data_report_exported_csv",
    "export_data_report_exported_pdf",
    "connection_member_added_with_role",
    "connection_group_added_with_role",
  ]);
  expect(entries.filter(({ key }) => !others.has(key) && !/_([a-z]*ed|[a-z]*sent|[a-z]*done|in|out|off)$/.test(key))).toEqual([]);
});

test("every sentence reads well for its sample: no open slot, no hole, and a capital or the name of a tool first", () => {
  for (const { sample, title } of entries) {
    expect(sample).toMatch(/^([A-Z]|dbt )[^{}|]*[^ {}|]$/);
    expect(sample).not.toMatch(/ {2}|unknown/);
    expect(title.length).toBeGreaterThan(3);
  }
});

test("every sentence names its object, unless there is but one such thing", () => {
  const without = entries.filter(({ sentence }) => !sentence.includes("{resource}")).map(({ key }) => key);
  const signingIn = ["user_logged_in", "user_logged_out", "user_login_failed", "user_login", "user_logout", "login_failed"];
  const onlyOne = ["audit_log_accessed", "workspace_default_access_changed", "retention_policy_updated", "retention_purge_requested", "retention_purged"];
  expect(without.toSorted()).toEqual([...signingIn, ...onlyOne, "access_denied"].toSorted());
});

test("an event that lacks what its sentence asks for leaves no slot and no hole", () => {
  for (const { key } of entries) expect(describeEvent(event(key, null))).toMatch(/^[A-Za-z](?!.* {2})[^{}|]*[^ {}|]$/);
});

test.each([
  ["notebook_created", { namespace: "notebooks", operation: "created", logType: "activity" }],
  ["gadget_created", { namespace: "gadget", operation: "created", logType: "activity" }],
  ["iam:CreateUser", { namespace: "iam", operation: "created", logType: "activity" }],
  ["user.account.privilege.grant", { namespace: "user", operation: "granted", logType: "activity" }],
  ["frobnicate", { namespace: "custom", operation: "other", logType: "activity" }],
  ["alerts_sent", { namespace: "alerts", operation: "completed", logType: "system" }],
])("%s is classified from the catalog or from its own words", (action, expected) => {
  expect(classify(action)).toEqual(expected);
});

test.each([
  ["notebook_created", 'Created notebook "Q2"'],
  ["gadget_created", 'Created gadget "Q2"'],
  ["report_exported", 'Exported report "Q2"'],
  ["iam:CreateUser", 'Iam create user: "Q2"'],
  ["api_token_workspace_created", 'Created workspace token "Q2"'],
])("%s reads as a sentence", (action, sentence) => {
  expect(describeEvent(event(action, { type: "notebook", name: "Q2" }))).toBe(sentence);
});

test("a sentence names the related user or group, whichever it is about, and falls back on plain words", () => {
  const related_resources = [
    { type: "group", name: "Analysts" },
    { type: "user", name: "Lena" },
  ];
  const sales = { type: "collection", name: "Sales" };
  expect(describeEvent(event("collection_member_added", sales, { related_resources }))).toBe('Added "Lena" to collection "Sales"');
  expect(describeEvent(event("collection_group_added", sales, { related_resources }))).toBe('Added group "Analysts" to collection "Sales"');
  expect(describeEvent(event("collection_member_added", sales))).toBe('Added a member to collection "Sales"');
  expect(describeEvent(event("collection_group_added", sales))).toBe('Added group to collection "Sales"');
});

test("a thing without a name is called by its type, once", () => {
  expect(describeEvent(event("notebook_created", { type: "notebook" }))).toBe("Created notebook");
  expect(describeEvent(event("org_user_invited", { type: "service_user" }))).toBe("Invited service user");
});

test("counts are written as people read them", () => {
  expect(describeEvent(event("table_rows_inserted", { type: "table", name: "customers" }, { rows_affected: 1000 }))).toBe(
    'Inserted 1,000 rows into table "customers"',
  );
});
