import type { Json } from "@daybook/event";
import { describe, expect, test } from "vitest";
import csvText from "../../fixtures/m365-purview-export.csv?raw";
import text from "../../fixtures/m365-unified-audit.ndjson?raw";
import { mapAll, mapOne, rateOf } from "../testing.ts";
import { m365 } from "./m365.ts";

const read = (record: { [key: string]: Json }) =>
  mapOne(m365, { Workload: "SharePoint", Operation: "FileAccessed", CreationTime: "2022-12-12T19:31:41", ...record });
const lines = mapAll(m365, text);

test("every line and every row of the Purview export becomes one event, the same from both", () => {
  expect(lines).toHaveLength(19);
  expect(mapAll(m365, csvText)).toEqual(lines);
  for (const { event } of lines) expect(event.metadata).not.toHaveProperty("cut");
});

test.each<[string, number, (imported: (typeof lines)[number]) => unknown]>([
  ["time", 1, ({ event }) => event.occurred_at],
  ["actor", 1, ({ event }) => event.actor?.name],
  ["actor e-mail, the system's three aside", 16 / 19, ({ event }) => event.actor?.email],
  ["resource", 1, ({ event }) => event.resource?.name],
  ["address, the system's three aside", 16 / 19, ({ event }) => event.context?.ip],
  ["browser", 5 / 19, ({ event }) => event.context?.user_agent],
  ["session", 5 / 19, ({ event }) => event.context?.session_id],
  ["vendor's id", 1, ({ vendorId }) => vendorId ?? undefined],
  ["class of the verb", 1, ({ event }) => (event.operation === "other" ? undefined : true)],
])("%s is filled in %d of the real records", (_field, rate, field) => {
  expect(rateOf(lines, field)).toBeCloseTo(rate);
});

test.each<[string, { [key: string]: Json }, object]>([
  [
    "a person",
    { UserId: "ann@acme.io", UserType: 0, UserKey: "i:0h.f|membership|1@live.com" },
    { type: "user", id: "ann@acme.io", name: "ann@acme.io", email: "ann@acme.io" },
  ],
  ["an administrator", { UserId: "ann@acme.io", UserType: 2 }, { type: "user", id: "ann@acme.io", name: "ann@acme.io", email: "ann@acme.io" }],
  [
    "a guest, whose principal name is no address",
    { UserId: "bob_x.io#EXT#@acme.io", UserType: 0 },
    { type: "user", id: "bob_x.io#EXT#@acme.io", name: "bob_x.io#EXT#@acme.io" },
  ],
  [
    "the system, called an administrator",
    { UserId: "NT AUTHORITY\\SYSTEM (x)", UserType: 3 },
    { type: "system", id: "NT AUTHORITY\\SYSTEM (x)", name: "NT AUTHORITY\\SYSTEM (x)" },
  ],
  ["an application", { UserId: "app-1", UserType: 5 }, { type: "service_user", id: "app-1", name: "app-1" }],
  [
    "a service principal by its name",
    { UserId: "ServicePrincipal_1", UserType: "Regular" },
    { type: "service_user", id: "ServicePrincipal_1", name: "ServicePrincipal_1" },
  ],
  ["a policy of the system", { UserId: "p", UserType: "SystemPolicy" }, { type: "system", id: "p", name: "p" }],
  ["an unknown user known by the key", { UserId: "Unknown", UserKey: "1003" }, { type: "user", id: "1003", name: "1003" }],
  ["nobody", {}, { type: "system", name: "Microsoft 365" }],
])("who: %s", (_name, record, actor) => {
  expect(read(record).actor).toEqual(actor);
});

test.each<[Json, string]>([
  ["Succeeded", "success"],
  ["Success", "success"],
  ["True", "success"],
  ["Failed", "failed"],
  ["PartiallySucceeded", "failed"],
  ["False", "failed"],
  ["", "success"],
  [null, "success"],
])("a result of %j is %s, and the vendor's word stays", (ResultStatus, status) => {
  expect(read({ ResultStatus }).status).toBe(status);
  if (ResultStatus) expect(read({ ResultStatus }).metadata).toMatchObject({ ResultStatus });
});

test("a failed sign-in says why", () => {
  expect(read({ Workload: "AzureActiveDirectory", Operation: "UserLoginFailed", ObjectId: "app-1", LogonError: "InvalidUserNameOrPassword" })).toMatchObject({
    action: "AzureActiveDirectory.UserLoginFailed",
    operation: "authenticated",
    status: "failed",
    error: { code: "InvalidUserNameOrPassword", message: "InvalidUserNameOrPassword" },
    description: "Signed in to application app-1 (failed: InvalidUserNameOrPassword)",
  });
});

test.each([
  ["1.2.3.4", "1.2.3.4"],
  ["1.2.3.4:10736", "1.2.3.4"],
  ["[2001:db8::7]:443", "2001:db8::7"],
  ["2001:db8::7", "2001:db8::7"],
])("the address in %s is %s", (address, ip) => {
  expect(read({ ClientIP: address }).context?.ip).toBe(ip);
  expect(read({ ClientIPAddress: address }).context?.ip).toBe(ip);
  expect(read({ ActorIpAddress: address }).context?.ip).toBe(ip);
});

test("browser, session and request are found wherever the workload keeps them", () => {
  const exchange = read({ UserId: "ann@acme.io", ClientInfoString: "Client=OWA;Mozilla/5.0", SessionId: "S1" });
  expect(exchange).toMatchObject({ context: { user_agent: "Client=OWA;Mozilla/5.0", session_id: "S1" }, origin: "interface" });
  const directory = read({
    ExtendedProperties: [{ Name: "UserAgent", Value: "Mozilla/5.0" }],
    DeviceProperties: [{ Name: "SessionId", Value: "S2" }],
    InterSystemsId: "R2",
  });
  expect(directory.context).toEqual({ user_agent: "Mozilla/5.0", session_id: "S2", request_id: "R2" });
  expect(read({ AppAccessContext: { AADSessionId: "S3", CorrelationId: "R3" } }).context).toEqual({ session_id: "S3", request_id: "R3" });
});

test.each<[string, { [key: string]: Json }, object]>([
  [
    "a file",
    { ItemType: "File", ObjectId: "https://a.sharepoint.com/x/plan.docx", SourceFileName: "plan.docx" },
    { type: "File", id: "https://a.sharepoint.com/x/plan.docx", name: "plan.docx" },
  ],
  ["a mailbox", { Operation: "Set-Mailbox", ObjectId: "ABC.prod/Hosted/acme/ann" }, { type: "Mailbox", id: "ABC.prod/Hosted/acme/ann", name: "ann" }],
  [
    "a rule by its name",
    { Operation: "New-InboxRule", ObjectId: "acme\\1", Parameters: [{ Name: "Name", Value: "Forward" }] },
    { type: "InboxRule", id: "acme\\1", name: "Forward" },
  ],
  ["a person in the directory", { Operation: "Reset user password.", ObjectId: "bob@acme.io" }, { type: "user", id: "bob@acme.io", name: "bob@acme.io" }],
  ["a team", { Operation: "TeamCreated", TeamGuid: "T1", TeamName: "Sales" }, { type: "team", id: "T1", name: "Sales" }],
  ["a message", { Operation: "HardDelete", AffectedItems: [{ Id: "M1", Subject: "Hi" }] }, { type: "message", id: "M1", name: "Hi" }],
  ["the organization where nothing is named", { OrganizationId: "O1", OrganizationName: "acme" }, { type: "organization", id: "O1", name: "acme" }],
])("on what: %s", (_name, record, resource) => {
  expect(read(record).resource).toEqual(resource);
});

test("who was let in and the site are related", () => {
  const event = read({
    Operation: "AddedToSecureLink",
    ObjectId: "u",
    ItemType: "File",
    TargetUserOrGroupName: "x@y.z",
    TargetUserOrGroupType: "Guest",
    SiteUrl: "https://a/sites/s",
  });
  expect(event.related_resources).toEqual([
    { type: "user", id: "x@y.z", name: "x@y.z" },
    { type: "site", id: "https://a/sites/s", name: "s" },
  ]);
});

test.each([
  ["FileAccessed", "viewed"],
  ["FileDownloaded", "exported"],
  ["AddedToSecureLink", "shared"],
  ["AnonymousLinkCreated", "shared"],
  ["RemovedFromSecureLink", "revoked"],
  ["Add member to role.", "granted"],
  ["Remove-MailboxPermission", "revoked"],
  ["Add-MailboxPermission", "granted"],
  ["New-InboxRule", "created"],
  ["Set-Mailbox", "updated"],
  ["Remove-InboxRule", "deleted"],
  ["UserLoggedIn", "authenticated"],
  ["SearchQueryPerformed", "viewed"],
  ["HardDelete", "deleted"],
])("%s is %s", (Operation, operation) => {
  expect(read({ Operation })).toMatchObject({ operation, namespace: "SharePoint", action: `SharePoint.${Operation.replaceAll(" ", "_").replace(/\.$/, "")}` });
});

describe("changes", () => {
  test("values that are JSON in a text in a list come out as themselves", () => {
    expect(
      read({
        ModifiedProperties: [
          { Name: "DisplayName", OldValue: "[]", NewValue: '[\r\n  "Ann"\r\n]' },
          { Name: "Enabled", OldValue: "[true]", NewValue: "[false]" },
          { Name: "Policy", OldValue: '["{\\"a\\":1,\\"b\\":2}"]', NewValue: '["{\\"a\\":1,\\"b\\":3}"]' },
          { Name: "Included Updated Properties", OldValue: "", NewValue: "DisplayName" },
          { Name: "TargetId.UserType", OldValue: "", NewValue: "Member" },
        ],
      }).changes,
    ).toEqual({
      fields: [
        { path: "DisplayName", after: "Ann" },
        { path: "Enabled", before: true, after: false },
        { path: "Policy.b", before: 2, after: 3 },
      ],
    });
  });

  test("Exchange tells the names only", () => {
    expect(read({ ModifiedProperties: ["Subject", "Body"] }).changes).toEqual({ fields: [{ path: "Subject" }, { path: "Body" }] });
  });
});

test("the parameters of a cmdlet are metadata by name", () => {
  expect(read({ Parameters: [{ Name: "ForwardingSmtpAddress", Value: "smtp:x@y.z" }] }).metadata).toMatchObject({
    parameters: { ForwardingSmtpAddress: "smtp:x@y.z" },
  });
});

test("a row of PowerShell or Graph, whose record is AuditData, reads as the record", () => {
  const record = { Id: "1", Workload: "Exchange", Operation: "Send", UserId: "ann@acme.io", CreationTime: "2022-12-12T19:31:41" };
  const expected = m365.toEvents(record, { index: 0 });
  expect(m365.toEvents({ RecordType: "ExchangeItem", AuditData: JSON.stringify(record) }, { index: 0 })).toEqual(expected);
  expect(m365.toEvents({ id: "other", operation: "Send", auditData: record }, { index: 0 })).toEqual(expected);
});

test("a record with an operation and nothing else of the audit log is none", () => {
  expect(m365.toEvents({ Operation: "Send" }, { index: 0 })).toMatchObject({ code: "invalid_event" });
});
