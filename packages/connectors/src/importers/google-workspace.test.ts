import type { Json } from "@daybook/event";
import { describe, expect, test } from "vitest";
import containerText from "../../fixtures/google-workspace.activities.json?raw";
import text from "../../fixtures/google-workspace.ndjson?raw";
import { mapAll, mapOne, rateOf } from "../testing.ts";
import { googleWorkspace } from "./google-workspace.ts";

const parametersOf = (parameters: { [name: string]: Json }) => Object.entries(parameters).map(([name, value]) => ({ name, value }));
const read = (name: string, parameters: { [name: string]: Json } = {}, record: { [key: string]: Json } = {}) =>
  mapOne(googleWorkspace, { id: { applicationName: "admin" }, events: [{ name, parameters: parametersOf(parameters) }], ...record });
const lines = mapAll(googleWorkspace, text);

test("every activity of the file and of the container becomes its event, the same from both", () => {
  expect(lines).toHaveLength(52);
  expect(mapAll(googleWorkspace, containerText)).toEqual(lines.slice(0, 25));
  for (const { event } of lines) expect(event.metadata).not.toHaveProperty("cut");
});

test.each<[string, number, (imported: (typeof lines)[number]) => unknown]>([
  ["actor", 51 / 52, ({ event }) => (event.actor?.type === "anonymous" ? undefined : true)],
  ["actor e-mail (90 % measured over more records)", 50 / 52, ({ event }) => event.actor?.email],
  ["resource", 37 / 52, ({ event }) => event.resource],
  ["address (45 % measured over more records)", 18 / 52, ({ event }) => event.context?.ip],
  ["time", 17 / 52, ({ event }) => event.occurred_at],
  ["vendor's id", 16 / 52, ({ vendorId }) => vendorId ?? undefined],
  ["class of the verb", 46 / 52, ({ event }) => (event.operation === "other" ? undefined : true)],
])("%s is filled in %d of the real activities", (_field, rate, field) => {
  expect(rateOf(lines, field)).toBeCloseTo(rate);
});

describe("one activity, several events", () => {
  const activity = (names: string[]): Json => ({
    id: { time: "2022-12-11T01:33:56.306Z", uniqueQualifier: "-64", applicationName: "drive", customerId: "C1" },
    actor: { email: "ann@acme.io" },
    events: names.map((name) => ({ name })),
  });
  const idsOf = (record: Json) => {
    const mapped = googleWorkspace.toEvents(record, { index: 7 });
    return Array.isArray(mapped) ? mapped.map(({ vendorId }) => vendorId) : [];
  };

  test("each is an event of its own, with the actor and time of the activity and an id that stays", () => {
    const mapped = googleWorkspace.toEvents(activity(["edit", "rename", "edit"]), { index: 0 });
    expect(mapped).toMatchObject(
      ["edit", "rename", "edit"].map((name) => ({
        event: { action: `drive.${name}`, actor: { email: "ann@acme.io" }, occurred_at: "2022-12-11T01:33:56.306Z" },
      })),
    );
    const ids = idsOf(activity(["edit", "rename", "edit"]));
    expect(ids).toEqual([0, 1, 2].map((index) => `drive:2022-12-11T01:33:56.306Z:-64:${index}`));
    expect(idsOf(activity(["edit", "rename"]))).toEqual(ids.slice(0, 2));
  });

  test("an activity of more events than anybody does at once is refused, not cut", () => {
    expect(googleWorkspace.toEvents(activity(Array.from({ length: 101 }, () => "edit")), { index: 0 })).toMatchObject({ code: "event_too_large" });
    expect(idsOf(activity(Array.from({ length: 100 }, () => "edit")))).toHaveLength(100);
  });

  test("without a qualifier there is no id", () => {
    expect(idsOf({ id: { applicationName: "drive", time: "2022-12-11T01:33:56.306Z" }, events: [{ name: "edit" }] })).toEqual([null]);
  });
});

test.each<[string, { [key: string]: Json }, string, object]>([
  [
    "a person",
    { actor: { callerType: "USER", email: "ann@acme.io", profileId: "1" } },
    "x",
    { type: "user", id: "1", name: "ann@acme.io", email: "ann@acme.io" },
  ],
  ["a key", { actor: { callerType: "KEY", key: "SYSTEM" } }, "x", { type: "service_user", name: "SYSTEM" }],
  [
    "a service account",
    { actor: { email: "ci@p.iam.gserviceaccount.com" } },
    "x",
    { type: "service_user", name: "ci@p.iam.gserviceaccount.com", email: "ci@p.iam.gserviceaccount.com" },
  ],
  ["nobody at a sign-in", { id: { applicationName: "login" } }, "login_success", { type: "anonymous" }],
  ["nobody elsewhere", {}, "x", { type: "system", name: "Google Workspace" }],
])("who: %s", (_name, record, name, actor) => {
  expect(read(name, {}, record).actor).toEqual(actor);
});

test.each<[string, { [name: string]: Json }, object[]]>([
  ["view", { doc_id: "D1", doc_title: "Budget", doc_type: "spreadsheet" }, [{ type: "spreadsheet", id: "D1", name: "Budget" }]],
  [
    "change_user_access",
    { target_user: "bob@x.io", doc_id: "D1", doc_title: "Budget" },
    [
      { type: "document", id: "D1", name: "Budget" },
      { type: "user", id: "bob@x.io", name: "bob@x.io" },
    ],
  ],
  [
    "ADD_GROUP_MEMBER",
    { USER_EMAIL: "bob@x.io", GROUP_EMAIL: "all@x.io" },
    [
      { type: "group", id: "all@x.io", name: "all@x.io" },
      { type: "user", id: "bob@x.io", name: "bob@x.io" },
    ],
  ],
  ["authorize", { app_name: "Zoom", client_id: "77" }, [{ type: "application", id: "77", name: "Zoom" }]],
])("%s is about %j", (name, parameters, [first, ...others]) => {
  const event = read(name, parameters);
  expect(event.resource).toEqual(first);
  expect(event.related_resources ?? []).toEqual(others);
});

test("stated resource details go first, and an activity that names nothing is about the customer", () => {
  const events = [
    { name: "edit", resourceDetails: [{ id: "D1", title: "Budget", type: "DRIVE_ITEM" }], parameters: parametersOf({ doc_id: "D1", doc_title: "Budget" }) },
  ];
  expect(read("edit", {}, { events })).toMatchObject({ resource: { type: "drive_item", id: "D1", name: "Budget" } });
  expect(read("edit", {}, { events }).related_resources).toBeUndefined();
  expect(read("2sv_enroll", {}, { id: { applicationName: "user_accounts", customerId: "C1" } }).resource).toEqual({ type: "customer", id: "C1" });
});

test.each<[string, { [name: string]: Json }, string, string]>([
  ["login_success", { login_type: "saml" }, "success", "Signed in"],
  ["login_failure", { login_failure_type: "login_failure_invalid_password" }, "failed", "Signed in (failed: login_failure_invalid_password)"],
  ["login_success", { application_name: "Slack" }, "success", "Signed in to application Slack"],
  ["login_challenge", { login_challenge_status: "Challenge Failed" }, "failed", "Answered a sign-in challenge (failed: Challenge Failed)"],
  ["login_challenge", { login_challenge_status: "Challenge Passed" }, "success", "Answered a sign-in challenge"],
  ["logout", {}, "success", "Signed out"],
])("%s %j is a sign-in: %s, %s", (name, parameters, status, description) => {
  expect(read(name, parameters)).toMatchObject({ operation: "authenticated", status, description });
});

test.each<[string, { [name: string]: Json }, object[]]>([
  ["CHANGE_APPLICATION_SETTING", { SETTING_NAME: "2SV", OLD_VALUE: "on", NEW_VALUE: "off" }, [{ path: "2SV", before: "on", after: "off" }]],
  [
    "change_user_access",
    { old_value: ["none"], new_value: ["can_view"], old_visibility: "private", visibility: "shared" },
    [
      { path: "access", before: "none", after: "can_view" },
      { path: "visibility", before: "private", after: "shared" },
    ],
  ],
  [
    "change_document_visibility",
    { new_value: ["people_with_link"], old_value: ["private"], old_visibility: "private", visibility: "people_with_link" },
    [{ path: "visibility", before: "private", after: "people_with_link" }],
  ],
  ["CHANGE_X", { OLD_VALUE: '{"a":1}', NEW_VALUE: '{"a":2}' }, [{ path: "value.a", before: 1, after: 2 }]],
])("changes of %s %j", (name, parameters, fields) => {
  expect(read(name, parameters).changes).toEqual({ fields });
});

test("parameters of every type are read by name, messages in messages too", () => {
  const parameters: Json = [
    { name: "primary_event", boolValue: true },
    { name: "count", intValue: "2" },
    { name: "list", multiValue: ["a", "b"] },
    {
      name: "info",
      messageValue: {
        parameter: [
          { name: "subject", value: "Hi" },
          { name: "inner", messageValue: { parameter: [{ name: "x", boolValue: false }] } },
        ],
      },
    },
    { name: "many", multiMessageValue: [{ parameter: [{ name: "y", intValue: "1" }] }] },
    { name: "json", value: '{"a":1}' },
  ];
  expect(read("x", {}, { events: [{ name: "x", parameters }] }).metadata?.["parameters"]).toEqual({
    primary_event: true,
    count: "2",
    list: ["a", "b"],
    info: { subject: "Hi", inner: { x: false } },
    many: [{ y: "1" }],
    json: { a: 1 },
  });
});

test("the verb of the type tells what a name without one does", () => {
  const events = [
    { type: "email_forwarding_change", name: "email_forwarding_out_of_domain", parameters: parametersOf({ email_forwarding_destination_address: "a@b.c" }) },
  ];
  expect(read("", {}, { events })).toMatchObject({ operation: "updated", description: "Changed email forwarding: email address a@b.c" });
});

test("an IPv6 address is an address, and the browser of the calendar is kept", () => {
  expect(read("x", { user_agent: "Mozilla/5.0", api_kind: "web" }, { ipAddress: "2001:DB8::7" })).toMatchObject({
    context: { ip: "2001:db8::7", user_agent: "Mozilla/5.0" },
    origin: "interface",
  });
});

test("a record that has `events` and nothing else of an activity is none", () => {
  expect(googleWorkspace.toEvents({ events: [{ name: "x" }] }, { index: 0 })).toMatchObject({ code: "invalid_event" });
  expect(googleWorkspace.toEvents({ id: { applicationName: "drive" }, events: [] }, { index: 0 })).toMatchObject({ code: "invalid_event" });
});
