import { expect, test } from "vitest";
import { kindOf, tell } from "./tell.ts";
import { operationOf, past, wordsOf } from "./verbs.ts";

const bob = { type: "AWS::IAM::User", id: "bob", name: "bob" };
const policy = { type: "AWS::IAM::Policy", id: "arn", name: "Admin" };

test.each([
  [{ words: ["create", "user"], resources: [bob] }, "Created user bob"],
  [{ words: ["create"], resources: [{ type: "repository", name: "acme/repo" }] }, "Created repository acme/repo"],
  [{ words: ["attach", "user", "policy"], resources: [bob, policy] }, "Attached user policy: user bob, policy Admin"],
  [
    { words: ["get", "parameters"], resources: [bob, bob, bob, bob, bob], where: "account 1" },
    "Read parameters: user bob, user bob, user bob and 2 more in account 1",
  ],
  [{ words: ["stop", "logging"], resources: [], failure: "AccessDenied" }, "Stopped logging (failed: AccessDenied)"],
  [{ words: ["delete", "trail"], resources: [], failure: "" }, "Deleted trail (failed)"],
  [{ words: ["admin", "role"], resources: [bob] }, "unknown.admin_role: user bob"],
])("%j", (event, sentence) => {
  expect(tell({ action: "unknown.admin_role", ...event })).toBe(sentence);
});

test.each([
  ["iam:CreateUser", ["iam", "create", "user"]],
  ["org.add_member", ["org", "add", "member"]],
  ["ModifyDBSnapshotAttribute", ["modify", "db", "snapshot", "attribute"]],
  ["user.mfa.factor.reset_all", ["user", "mfa", "factor", "reset", "all"]],
])("the words of %s", (action, words) => {
  expect(wordsOf(action)).toEqual(words);
});

test("a verb is known in both forms, and an ordinary word or a name of Object's is none", () => {
  expect([past("modify"), past("stop"), past("leave"), past("archived"), past("deny")]).toEqual(["modified", "stopped", "left", "archived", "denied"]);
  expect([operationOf("archived"), operationOf("completed"), operationOf("destroy")]).toEqual(["updated", "completed", "deleted"]);
  for (const word of ["banana", "constructor", "__proto__", "toString", ""]) expect([past(word), operationOf(word)]).toEqual([undefined, undefined]);
});

test("a type reads as words", () => {
  expect(["AWS::RDS::DBInstance", "protected_branch", "AppInstance"].map((type) => kindOf({ type }))).toEqual([
    "db instance",
    "protected branch",
    "app instance",
  ]);
});
