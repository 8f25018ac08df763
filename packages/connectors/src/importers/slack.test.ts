import type { Json } from "@daybook/event";
import { describe, expect, test } from "vitest";
import catalogue from "../../fixtures/slack-actions.json?raw";
import containerText from "../../fixtures/slack-audit.entries.json?raw";
import text from "../../fixtures/slack-audit.ndjson?raw";
import { mapAll, mapOne, rateOf } from "../testing.ts";
import { slack } from "./slack.ts";

const read = (record: { [key: string]: Json }) => mapOne(slack, { action: "app_installed", date_create: 1_677_263_658, ...record });
const lines = mapAll(slack, text);

test("every line and every entry of the container becomes one event, the same from both", () => {
  expect(lines).toHaveLength(26);
  expect(mapAll(slack, containerText)).toEqual(lines.slice(0, 20));
  for (const { event } of lines) expect(event.metadata).not.toHaveProperty("cut");
});

test.each<[string, number, (imported: (typeof lines)[number]) => unknown]>([
  ["actor id", 1, ({ event }) => event.actor?.id],
  ["actor name", 1, ({ event }) => event.actor?.name],
  ["actor e-mail", 1, ({ event }) => event.actor?.email],
  ["resource", 1, ({ event }) => event.resource],
  ["resource of its own beside the workspace", 9 / 26, ({ event }) => event.related_resources],
  ["address", 1, ({ event }) => event.context?.ip],
  ["browser", 1, ({ event }) => event.context?.user_agent],
  ["time", 8 / 26, ({ event }) => event.occurred_at],
  ["vendor's id", 3 / 26, ({ vendorId }) => vendorId ?? undefined],
  ["class of the verb, anomalies aside", 24 / 26, ({ event }) => (event.operation === "other" ? undefined : true)],
])("%s is filled in %d of the real entries", (_field, rate, field) => {
  expect(rateOf(lines, field)).toBeCloseTo(rate);
});

test("every action of Slack's own catalogue becomes an event, and 97 % have a verb", () => {
  const { actions } = JSON.parse(catalogue) as { actions: { [category: string]: string[] } };
  const events = [...new Set(Object.values(actions).flat())].map((action) => read({ action }));
  expect(events).toHaveLength(762);
  expect(events.filter(({ operation }) => operation !== "other").length / events.length).toBeGreaterThanOrEqual(0.965);
  expect(events.filter(({ status }) => status === "failed")).toHaveLength(14);
});

describe("who", () => {
  test("a person has id, name and e-mail; an app is a service user; no actor is Slack", () => {
    expect(read({ actor: { type: "user", user: { id: "W1", name: "ann", email: "ann@acme.io" } } }).actor).toEqual({
      type: "user",
      id: "W1",
      name: "ann",
      email: "ann@acme.io",
    });
    expect(read({ actor: { type: "app", app: { id: "A1", name: "Bot" } } }).actor).toEqual({ type: "service_user", id: "A1", name: "Bot" });
    expect(read({})).toMatchObject({ actor: { type: "system", name: "Slack" }, origin: "automation" });
  });
});

describe("on what", () => {
  const location = { type: "workspace", id: "T1", name: "acme", domain: "acme" };
  test.each<[string, Json, object]>([
    ["a channel", { type: "channel", channel: { id: "C1", name: "general", privacy: "public" } }, { type: "channel", id: "C1", name: "general" }],
    ["a file by its title", { type: "file", file: { id: "F1", title: "Plan", filetype: "pdf" } }, { type: "file", id: "F1", name: "Plan" }],
    ["a person", { type: "user", user: { id: "U1", name: "bob", email: "bob@acme.io" } }, { type: "user", id: "U1", name: "bob" }],
    ["a message by channel and time", { type: "message", message: { channel: "C1", team: "T1", timestamp: "16.5" } }, { type: "message", id: "C1/16.5" }],
    ["the workspace where nothing else is named", { type: "barrier", barrier: {} }, { type: "workspace", id: "T1", name: "acme" }],
  ])("%s", (_name, entity, resource) => {
    expect(read({ entity, context: { location } }).resource).toEqual(resource);
  });
});

test.each<[string, Json, string, string, string]>([
  ["user_login", {}, "authenticated", "success", "Signed in to workspace acme"],
  ["user_login_failed", {}, "authenticated", "failed", "Signed in to workspace acme (failed)"],
  ["file_download_blocked", {}, "exported", "failed", "Downloaded file in workspace acme (failed)"],
  ["role_change_to_admin", {}, "updated", "success", "Changed role to admin in workspace acme"],
  ["private_channel_archive", {}, "updated", "success", "Archived private channel in workspace acme"],
  ["pref.two_factor_auth_changed", {}, "updated", "success", "Changed preference two factor auth in workspace acme"],
  ["slack_ai_mcp_tool_called", { success: false }, "executed", "failed", "Called slack ai mcp tool in workspace acme (failed)"],
  ["slack_ai_mcp_tool_called", { is_error: false, success: true }, "executed", "success", "Called slack ai mcp tool in workspace acme"],
  ["anomaly", {}, "other", "success", "Detected anomaly in workspace acme"],
])("%s %j is %s and %s: %s", (action, details, operation, status, description) => {
  const context = { location: { type: "workspace", id: "T1", name: "acme" } };
  expect(read({ action, details, context })).toMatchObject({ operation, status, description });
});

test.each<[string, string, Json, object[]]>([
  [
    "the value of a preference, under its name",
    "pref.sso_setting_changed",
    { previous_value: "off", new_value: "on" },
    [{ path: "sso_setting", before: "off", after: "on" }],
  ],
  [
    "objects by the members that differ",
    "channel_retention_changed",
    { old_retention_policy: { type: "all", duration_days: 0 }, new_retention_policy: { type: "all", duration_days: 30 } },
    [{ path: "retention_policy.duration_days", before: 0, after: 30 }],
  ],
  ["scopes", "app_scopes_expanded", { previous_scopes: ["a"], new_scopes: ["a", "b"] }, [{ path: "scopes", before: ["a"], after: ["a", "b"] }]],
  ["JSON inside a text", "pref.x", { previous_value: '{"a":1}', new_value: '{"a":2}' }, [{ path: "x.a", before: 1, after: 2 }]],
])("changes: %s", (_name, action, details, fields) => {
  expect(read({ action, details }).changes).toEqual({ fields });
});

test("the previous address of an anomaly is no change", () => {
  expect(read({ action: "anomaly", details: { previous_ip_address: "192.0.2.1", previous_ua: "" } }).changes).toBeUndefined();
});

test("the session, the app and the agent that it was done with are kept; another address than an IP is a source", () => {
  const event = read({
    context: { session_id: "S1", ip_address: "private", app: { id: "A1", name: "Zap" }, acting_agent: "agent-1" },
    actor: { user: { id: "U1" } },
  });
  expect(event).toMatchObject({
    context: { session_id: "S1" },
    origin: "api",
    metadata: { source_address: "private", app: { name: "Zap" }, acting_agent: "agent-1" },
  });
});

test("a record of GitHub, which has an action too, is none of Slack", () => {
  expect(slack.toEvents({ action: "repo.create", actor: "badger" }, { index: 0 })).toMatchObject({ code: "invalid_event" });
});
