import { wordsOf } from "@daybook/catalog";

/** Does an act of this kind change who may do or see what? Either its verb class says so, or its key is one that is known to. */
export const changesAccess = ({ action, operation }: { action: string; operation: string }): boolean =>
  accessOperations.has(operation) || (!readOperations.has(operation) && isAccessAction(action));

const accessOperations = new Set(["granted", "revoked", "promoted", "shared"]);
/** `permission_viewed` names a permission and changes none. */
const readOperations = new Set(["viewed", "exported"]);

function isAccessAction(action: string): boolean {
  const key = foldKey(action);
  return patterns.some((pattern) => globMatches(pattern, key));
}

/** Matches a key or a pattern that a person wrote, such as `warehouse_*_opened`; `*` stands for any run of characters. */
export const matchesKey = (pattern: string, action: string): boolean => globMatches(toGlob(pattern), foldKey(action));

/** Keys are compared in one spelling, so `iam:AttachUserPolicy`, `iam.attach_user_policy` and `aws.iam.AttachUserPolicy` are one action. */
const foldKey = (action: string): string => withoutVendor(wordsOf(action)).join("_");

const withoutVendor = (words: string[]): string[] => (words.length > 1 && vendors.has(words[0] ?? "") ? words.slice(1) : words);
const vendors = new Set(["github", "okta", "aws", "cloudtrail"]);

/** The literal parts between the stars. */
type Glob = string[];

const toGlob = (pattern: string): Glob => {
  const [first = "", ...rest] = pattern.split("*");
  return [foldPart(first, withoutVendor), ...rest.map((part) => foldPart(part))];
};

/** Unlike a whole key, a part keeps the separators at its ends: `api_token_*` must not match `api_tokens_listed`. */
function foldPart(part: string, drop = (words: string[]): string[] => words): string {
  const words = drop(wordsOf(part));
  const head = words.length > 0 && /^[^A-Za-z0-9]/.test(part) ? "_" : "";
  const tail = /[^A-Za-z0-9]$/.test(part) ? "_" : "";
  return `${head}${words.join("_")}${tail}`;
}

/** Leftmost match of each part in turn: linear in the key, where a regular expression of many stars could take for ever. */
function globMatches(glob: Glob, key: string): boolean {
  const first = glob[0] ?? "";
  const last = glob.at(-1) ?? "";
  if (glob.length === 1) return key === first;
  if (key.length < first.length + last.length || !key.startsWith(first) || !key.endsWith(last)) return false;
  let at = first.length;
  for (const part of glob.slice(1, -1)) {
    const found = key.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= key.length - last.length;
}

const daybook = [
  // Members, roles and invitations.
  "org_user_role_changed",
  "change_user_role",
  "invite_team_member",
  "user_invited",
  "user_removed",
  "token_regenerated",
  "connection_invite_consumed",
  "org_user_invited",
  "org_user_reinvited",
  "org_user_removed",
  "team_role_updated",
  "team_member_added",
  "team_member_removed",
  "member_invited",
  "member_added",
  "member_removed",
  "member_role_*",
  "*_role_changed",
  "*_role_updated",
  "*_role_assigned",
  "*_role_removed",
  "*_ownership_transferred",
  // Groups, collections and connections, with and without a role.
  "group_member_*",
  "group_deleted",
  "*_access_changed",
  "*_access_updated",
  "*_access_removed",
  "*_member_added_with_role",
  "*_group_added_with_role",
  "collection_member_*",
  "collection_group_*",
  "connection_member_*",
  "connection_group_*",
  "*_permission_*",
  "*_permissions_*",
  "permission_*",
  // Keys and tokens that act for somebody.
  "api_token_*_created",
  "api_token_*_generated",
  "api_token_*_revoked",
  "token_created",
  "token_deleted",
  "service_user_created",
  "service_user_deleted",
];

const github = [
  "org.add_member",
  "org.remove_member",
  "org.update_member",
  "org.invite_member",
  "org.invite_user",
  "org.add_outside_collaborator",
  "org.remove_outside_collaborator",
  "org.update_default_repository_permission",
  "org.set_default_workflow_permissions",
  "org.oauth_app_access_approved",
  "business.add_admin",
  "business.remove_admin",
  "business.invite_admin",
  "organization_moderators.add_user",
  "organization_moderators.remove_user",
  "repo.access",
  "repo.add_member",
  "repo.remove_member",
  "repo.update_member",
  "repo.transfer",
  "repo.transfer_outgoing",
  "public_key.create",
  "public_key.delete",
  "team.add_member",
  "team.remove_member",
  "team.add_repository",
  "team.remove_repository",
  "team.update_repository_permission",
  "team.promote_maintainer",
  "team.demote_maintainer",
  "integration_installation.create",
  "integration_installation.repositories_added",
  "oauth_authorization.create",
  "personal_access_token.access_*",
  "personal_access_token.create",
  "role.create",
  "role.update",
  "role.destroy",
];

const okta = [
  "user.account.privilege.*",
  "group.privilege.*",
  "group.user_membership.*",
  "group.application_assignment.*",
  "application.user_membership.add",
  "application.user_membership.remove",
  "user.session.impersonation.grant",
  "system.api_token.create",
  "system.api_token.revoke",
  "iam.role.*",
  "iam.resourceset.bindings.*",
];

const cloudTrail = [
  "iam:Attach*Policy",
  "iam:Detach*Policy",
  "iam:Put*Policy",
  "iam:DeleteUserPolicy",
  "iam:DeleteRolePolicy",
  "iam:DeleteGroupPolicy",
  "iam:CreatePolicyVersion",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:Put*PermissionsBoundary",
  "iam:Delete*PermissionsBoundary",
  "iam:AddUserToGroup",
  "iam:RemoveUserFromGroup",
  "iam:AddRoleToInstanceProfile",
  "iam:CreateAccessKey",
  "iam:UpdateAccessKey",
  "iam:DeleteAccessKey",
  "iam:CreateLoginProfile",
  "iam:UpdateLoginProfile",
  "iam:DeleteLoginProfile",
  "iam:CreateServiceSpecificCredential",
  "iam:CreateSAMLProvider",
  "iam:UpdateSAMLProvider",
  "iam:DeleteSAMLProvider",
  "sso:CreateAccountAssignment",
  "sso:DeleteAccountAssignment",
  "organizations:AttachPolicy",
  "organizations:DetachPolicy",
  "s3:PutBucketPolicy",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutObjectAcl",
  "s3:*PublicAccessBlock",
  "lambda:AddPermission*",
  "lambda:RemovePermission*",
  "kms:PutKeyPolicy",
  "kms:CreateGrant",
  "kms:RevokeGrant",
  "kms:RetireGrant",
  "*:PutResourcePolicy",
  "*:DeleteResourcePolicy",
  "ecr:SetRepositoryPolicy",
  "rolesanywhere:CreateProfile",
  "rolesanywhere:CreateTrustAnchor",
  // Handing a disk or database image to another account.
  "ec2:ModifySnapshotAttribute",
  "ec2:ModifyImageAttribute",
  "rds:ModifyDBSnapshotAttribute",
  "rds:ModifyDBClusterSnapshotAttribute",
];

const slack = ["role_change_to_*", "permissions_assigned", "permissions_removed", "owner_transferred", "service_owner_transferred"];

const patterns = [...daybook, ...github, ...okta, ...cloudTrail, ...slack].map(toGlob);

/**
 * The same as a search, as far as Daybook's own words, Okta's and Slack's go: the keys of GitHub and CloudTrail are more than one search may hold, and
 * those of their acts that grant, revoke, promote or share are found by that.
 */
export const accessSearch: string = [
  `action:(${[...accessOperations, ...withoutCovered([...daybook, ...okta, ...slack])].join(" OR ")})`,
  `-operation:(${[...readOperations].join(" OR ")})`,
].join(" ");

/** Without those that another one of them matches anyhow. */
function withoutCovered(keys: readonly string[]): string[] {
  return keys.filter((key, at) => !keys.some((other, otherAt) => otherAt !== at && other.includes("*") && globMatches(toGlob(other), key) && other !== key));
}
