import type { AuditEvent, Status } from "@daybook/event";
import { describe, expect, test } from "vitest";
import { settingsOf } from "../define-alert-kind.ts";
import { permissionChanges } from "./permission-changes.ts";

const { defaults, sample } = permissionChanges;
const event = (over: Partial<AuditEvent>): AuditEvent => ({ ...sample, ...over });
const matches = (over: Partial<AuditEvent>, settings = {}): boolean => permissionChanges.matches(settingsOf(permissionChanges, settings), event(over));

describe("an act that changes access", () => {
  test.each([
    "org_user_role_changed",
    "change_user_role",
    "token_regenerated",
    "connection_invite_consumed",
    "org_user_invited",
    "group_member_added",
    "group_member_removed",
    "workspace_default_access_changed",
    "collection_member_access_changed",
    "collection_group_added",
    "connection_member_added_with_role",
    "connection_group_access_changed",
    "api_token_workspace_created",
    "api_token_member_key_generated",
    "team_role_updated",
    "permission_updated",
    "token_created",
    "repo.access",
    "org.add_member",
    "team.add_member",
    "team.promote_maintainer",
    "business.invite_admin",
    "user.account.privilege.grant",
    "group.user_membership.add",
    "application.user_membership.remove",
    "iam:AttachUserPolicy",
    "iam:PutUserPolicy",
    "iam:CreateAccessKey",
    "iam:AddUserToGroup",
    "iam:CreateSAMLProvider",
    "s3:PutBucketAcl",
    "lambda:AddPermission20150331v2",
    "secretsmanager:PutResourcePolicy",
    "s3:DeleteBucketPublicAccessBlock",
    "role_change_to_admin",
    "permissions_assigned",
    "owner_transferred",
  ])("%s fires by its key", (action) => {
    expect(matches({ action, operation: "other" })).toBe(true);
  });

  test.each(["granted", "revoked", "promoted", "shared"])("any action of the class %s fires", (operation) => {
    expect(matches({ action: "quarterly_forecast_touched", operation })).toBe(true);
  });

  test.each(["iam:AttachRolePolicy", "iam.AttachRolePolicy", "iam.attach_role_policy", "aws.iam.AttachRolePolicy", "iam_attach_role_policy"])(
    "the spelling %s is the same action",
    (action) => {
      expect(matches({ action, operation: "other" })).toBe(true);
    },
  );
});

describe("an act that leaves access alone", () => {
  test.each([
    "notebook_executed",
    "report_activity_report_created",
    "org_user_invitation_resent",
    "collection_created",
    "audit_log_accessed",
    "user_logged_in",
    "git.push",
    "protected_branch.update_name",
    "user.session.start",
    "iam:ListAccessKeys",
    "iam:GetGroupPolicy",
    "iam:CreateUser",
    "s3:GetObject",
    "api_tokens_listed",
    "attach_policy",
    "",
  ])("%s does not fire", (action) => {
    expect(matches({ action, operation: "other" })).toBe(false);
  });

  test("looking at permissions does not fire, whatever the key", () => {
    expect(matches({ action: "permission_viewed", operation: "viewed" })).toBe(false);
  });
});

describe("settings", () => {
  test.each<[Status, boolean, boolean]>([
    ["success", true, true],
    ["failed", false, true],
    ["in_progress", false, false],
    ["pending_approval", false, false],
  ])("status %s: by default %s, with failed attempts included %s", (status, byDefault, withFailed) => {
    expect(matches({ status })).toBe(byDefault);
    expect(matches({ status }, { includeFailed: true })).toBe(withFailed);
  });

  test("an ignored actor is known by id and by e-mail in any case, and never by a missing field", () => {
    expect(matches({}, { ignoredActors: ["u_17"] })).toBe(false);
    expect(matches({}, { ignoredActors: ["ALICE@acme.example"] })).toBe(false);
    expect(matches({ actor: { type: "system" } }, { ignoredActors: ["u_17"] })).toBe(true);
  });

  test("further actions are taken as keys or as patterns, and a hostile pattern ends", () => {
    const action = "warehouse_door_opened";
    expect(matches({ action, operation: "other" })).toBe(false);
    expect(matches({ action, operation: "other" }, { extraActions: ["Warehouse_*_opened"] })).toBe(true);
    expect(matches({ action, operation: "other" }, { extraActions: ["warehouse.door.opened"] })).toBe(true);
    expect(matches({ action, operation: "other" }, { extraActions: ["door"] })).toBe(false);
    expect(matches({ action: "a".repeat(2000), operation: "other" }, { extraActions: [`${"*a".repeat(95)}*b`] })).toBe(false);
  });

  test.each<[string, Partial<AuditEvent>, string]>([
    ["actor", {}, "actor:u_17"],
    ["actor", { actor: { type: "user", email: "Bob@Acme.example" } }, "actor:bob@acme.example"],
    ["actor", { actor: { type: "anonymous" } }, "actor:anonymous"],
    ["resource", {}, "resource:user:u_42"],
    ["resource", { resource: null }, "resource:none"],
    ["organization", {}, "organization"],
  ])("one incident per %s", (oneIncidentPer, over, group) => {
    expect(permissionChanges.groupBy(settingsOf(permissionChanges, { oneIncidentPer }), event(over))).toBe(group);
  });

  test("settings stored before a field existed are completed; unknown and out-of-range ones are refused", () => {
    expect(settingsOf(permissionChanges, { includeFailed: true })).toEqual({ ...defaults, includeFailed: true });
    expect(() => settingsOf(permissionChanges, { quietMinutes: 0 })).toThrow();
    expect(() => settingsOf(permissionChanges, { surprise: 1 })).toThrow();
  });
});

test("the title of one change names the change and the actor, of several their number, and is never long", () => {
  expect(permissionChanges.titleOf(defaults, sample, 1)).toBe('Changed the role of "Bob Smith", by Alice Jones');
  expect(permissionChanges.titleOf(defaults, sample, 3)).toBe("3 permission changes by Alice Jones");
  const long = permissionChanges.titleOf(defaults, event({ description: "🦊".repeat(500) }), 1);
  expect([...long]).toHaveLength(200);
  expect(long.isWellFormed()).toBe(true);
});
