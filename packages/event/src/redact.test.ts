import { expect, test } from "vitest";
import type { Redaction } from "./audit-event.ts";
import { redactChanges, redactJson, redactText } from "./redact.ts";

test.each(["password", "master_user_password", "clientSecret", "sessionToken", "Authorization", "api-key"])("the value of %s is never kept", (key) => {
  const redactions: Redaction[] = [];
  expect(redactJson({ request: { [key]: "hunter2" } }, "metadata", redactions)).toEqual({ request: { [key]: "[REDACTED]" } });
  expect(redactions).toEqual([{ path: `metadata.request.${key}`, rule: "key" }]);
});

test.each(["nextToken", "secretId", "SecretARN", "passwordExpiry", "httpTokens", "tokenIssuerType", "clientToken", "sessionCredentialFromConsole"])(
  "%s looks like a secret and is none",
  (key) => {
    const redactions: Redaction[] = [];
    expect(redactJson({ [key]: "value" }, "metadata", redactions)).toEqual({ [key]: "value" });
    expect(redactions).toEqual([]);
  },
);

test.each([
  ["a password in SQL", "alter user bob password = 'hunter2'", "alter user bob password = [REDACTED]", "text.sql_password"],
  ["a GitHub token", `pushed with ghp_${"a".repeat(36)}`, "pushed with [REDACTED]", "text.vendor_token"],
  ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----", "[REDACTED]", "text.private_key"],
  ["a signed web token", `Bearer eyJ${"a".repeat(12)}.eyJ${"b".repeat(12)}.${"c".repeat(12)}`, "Bearer [REDACTED]", "text.jwt"],
])("%s leaves a hole in the text that names its rule", (_, text, expected, rule) => {
  const redactions: Redaction[] = [];
  expect(redactText(text, "reason", redactions)).toBe(expected);
  expect(redactions).toEqual([{ path: "reason", rule }]);
});

test("a changed secret is told as changed, without either value", () => {
  const redactions: Redaction[] = [];
  const changes = redactChanges({ before: { api_key: "a" }, after: { api_key: "b" }, fields: [{ path: "api_key", before: "a", after: "b" }] }, redactions);
  expect(JSON.stringify(changes)).not.toMatch(/"[ab]"/);
  expect(changes.fields).toEqual([{ path: "api_key", before: "[REDACTED]", after: "[REDACTED]" }]);
  expect(redactions.map(({ path }) => path)).toEqual(["changes.fields.0.before", "changes.fields.0.after", "changes.before.api_key", "changes.after.api_key"]);
});
