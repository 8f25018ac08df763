import type { Changes, Json, Redaction } from "./audit-event.ts";

const redactedMark = "[REDACTED]";

/**
 * Keys whose value is a secret, compared without case, `_` and `-`. Exact names only: of the key names in real audit data that contain
 * "secret", "token" or "password", nine in ten hold none (`nextToken`, `secretId`, `passwordExpiry`, `httpTokens`).
 */
const secretKeys = new Set([
  "password",
  "passwd",
  "pwd",
  "passwordhash",
  "masteruserpassword",
  "newpassword",
  "oldpassword",
  "secret",
  "clientsecret",
  "secretkey",
  "secretaccesskey",
  "token",
  "accesstoken",
  "refreshtoken",
  "idtoken",
  "sessiontoken",
  "bearertoken",
  "authtoken",
  "apikey",
  "privatekey",
  "authorization",
  "cookie",
  "setcookie",
  "credentials",
  "connectionstring",
  "passphrase",
]);

/** Texts that are secrets wherever they stand. Each pattern is linear: no nested repetition. */
const secretTexts: readonly { rule: string; pattern: RegExp }[] = [
  { rule: "text.private_key", pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g },
  { rule: "text.jwt", pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g },
  {
    rule: "text.vendor_token",
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[A-Za-z0-9-]{10,}|sk_live_[A-Za-z0-9]{16,}|dbk_[a-z]+_[a-z]{2}[A-Za-z0-9]{40,})/g,
  },
  { rule: "text.sql_password", pattern: /(?<=\bpassword\s{0,4}=\s{0,4})'[^']{1,256}'/gi },
];

const spotTexts = /-----BEGIN|eyJ|gh[pousr]_|xox[abprs]-|sk_live_|dbk_|password/i;

/** Replaces secrets in a tree of values; each hole is listed with the rule that made it. The input stays as it is. */
export function redactJson(value: Json, path: string, redactions: Redaction[]): Json {
  if (typeof value === "string") return redactText(value, path, redactions);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => redactJson(item, `${path}.${index}`, redactions));
  const result: { [key: string]: Json } = {};
  for (const key of Object.keys(value)) {
    const member = value[key] ?? null;
    const memberPath = path ? `${path}.${key}` : key;
    if (isSecretKey(key) && member !== null && member !== redactedMark) {
      redactions.push({ path: memberPath, rule: "key" });
      result[key] = redactedMark;
    } else {
      result[key] = redactJson(member, memberPath, redactions);
    }
  }
  return result;
}

export function redactText(value: string, path: string, redactions: Redaction[]): string {
  if (!spotTexts.test(value)) return value;
  let result = value;
  for (const { rule, pattern } of secretTexts) {
    const replaced = result.replace(pattern, redactedMark);
    if (replaced !== result) redactions.push({ path, rule });
    result = replaced;
  }
  return result;
}

/** A changed field with a secret name keeps the fact that it changed, and neither value. */
export function redactChanges(changes: Changes, redactions: Redaction[]): Changes {
  const fields = changes.fields.map((field, index) => {
    const secret = isSecretKey(field.path.slice(field.path.lastIndexOf(".") + 1));
    const side = (name: "before" | "after") => {
      const value = field[name];
      if (value === undefined) return {};
      const path = `changes.fields.${index}.${name}`;
      if (!secret) return { [name]: redactJson(value, path, redactions) };
      redactions.push({ path, rule: "key" });
      return { [name]: redactedMark };
    };
    return { path: field.path, ...side("before"), ...side("after") };
  });
  return {
    fields,
    ...(changes.before !== undefined && { before: redactJson(changes.before, "changes.before", redactions) }),
    ...(changes.after !== undefined && { after: redactJson(changes.after, "changes.after", redactions) }),
  };
}

const isSecretKey = (key: string): boolean => secretKeys.has(key.toLowerCase().replace(/[_-]/g, ""));
