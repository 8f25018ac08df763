import { builtInRedactor, keyRuleOf } from "@daybook/event";
import type { Json, Redaction } from "@daybook/event";
import { describe, expect, test } from "vitest";
import cloudtrailText from "../fixtures/aws-cloudtrail.ndjson?raw";
import cloudtrailRecords from "../fixtures/aws-cloudtrail.records.json?raw";
import azureText from "../fixtures/azure-activity.ndjson?raw";
import databricksText from "../fixtures/databricks-audit.ndjson?raw";
import entraText from "../fixtures/entra-diagnostic.ndjson?raw";
import gcpText from "../fixtures/gcp-audit.ndjson?raw";
import githubText from "../fixtures/github-audit.ndjson?raw";
import googleText from "../fixtures/google-workspace.ndjson?raw";
import purviewText from "../fixtures/m365-purview-export.csv?raw";
import m365Text from "../fixtures/m365-unified-audit.ndjson?raw";
import oktaText from "../fixtures/okta-system.ndjson?raw";
import slackText from "../fixtures/slack-audit.ndjson?raw";
import snowflakeText from "../fixtures/snowflake-account-usage.ndjson?raw";
import labels from "../fixtures/labels/true-secrets.json?raw";
import { frameRecords } from "./frame-records.ts";

const fixtures: Record<string, string> = {
  "aws-cloudtrail.ndjson": cloudtrailText,
  "aws-cloudtrail.records.json": cloudtrailRecords,
  "azure-activity.ndjson": azureText,
  "databricks-audit.ndjson": databricksText,
  "entra-diagnostic.ndjson": entraText,
  "gcp-audit.ndjson": gcpText,
  "github-audit.ndjson": githubText,
  "google-workspace.ndjson": googleText,
  "m365-purview-export.csv": purviewText,
  "m365-unified-audit.ndjson": m365Text,
  "okta-system.ndjson": oktaText,
  "slack-audit.ndjson": slackText,
  "snowflake-account-usage.ndjson": snowflakeText,
};
const recordsOf = (text: string) => [...frameRecords(text)].flatMap((frame, index) => ("record" in frame ? [{ line: index + 1, record: frame.record }] : []));
const all = Object.entries(fixtures).flatMap(([file, text]) => recordsOf(text).map((each) => ({ file, ...each })));
const redact = (record: Json) => {
  const holes: Redaction[] = [];
  return { kept: builtInRedactor.json(record, "raw", holes), holes };
};

const { secrets } = JSON.parse(labels) as { secrets: Record<string, Record<string, number[]>> };
const labelled = new Set(
  Object.entries(secrets).flatMap(([file, paths]) => Object.entries(paths).flatMap(([path, lines]) => lines.map((line) => `${file}:${line} raw.${path}`))),
);

test("of the real records, the built-in rules take what a person calls a secret and nothing else", () => {
  const perRule = new Map<string, number>();
  const found = new Set<string>();
  for (const { file, line, record } of all) {
    for (const { path, rule } of redact(record).holes) {
      found.add(`${file}:${line} ${path}`);
      perRule.set(rule, (perRule.get(rule) ?? 0) + 1);
    }
  }
  const right = [...found].filter((hole) => labelled.has(hole)).length;
  const precision = right / found.size;
  const recall = right / labelled.size;
  console.log(`records ${all.length}  secrets ${labelled.size}  holes ${found.size}  precision ${precision}  recall ${recall}`, Object.fromEntries(perRule));
  expect([...found].filter((hole) => !labelled.has(hole))).toEqual([]);
  expect([...labelled].filter((secret) => !found.has(secret))).toEqual([]);
});

test("keys that sound like a secret's stand in the records hundreds of times, and stay", () => {
  const sounds = /passw|secret|token|credential|authori[sz]|cookie|api_?key/i;
  const alike = new Map<string, number>();
  const walk = (value: Json): void => {
    if (typeof value !== "object" || value === null || JSON.isRawJSON(value)) return;
    for (const [key, member] of Object.entries(value)) {
      if (sounds.test(key) && keyRuleOf(key) === null) alike.set(key, (alike.get(key) ?? 0) + 1);
      walk(member);
    }
  };
  for (const { record } of all) walk(record);
  for (const key of ["nextToken", "sessionCredentialFromConsole", "secretId", "SecretARN", "clientToken", "tokenIssuerType", "httpTokens"])
    expect(alike.get(key), key).toBeGreaterThan(0);
  expect([...alike.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(100);
});

describe.each(Object.keys(fixtures))("%s", (file) => {
  test("with the values put back into the holes that are listed, each record is what came in", () => {
    for (const { record } of all.filter((each) => each.file === file)) {
      const { kept, holes } = redact(record);
      const restored = structuredCloneOf(kept);
      for (const { path } of holes) putBack(restored, record, path.split(".").slice(1));
      expect(restored).toEqual(record);
      if (holes.length === 0) expect(kept).toBe(record);
    }
  });
});

/** Keeps numbers with all their digits, which `structuredClone` does not. */
function structuredCloneOf(value: Json): Json {
  if (typeof value !== "object" || value === null || JSON.isRawJSON(value)) return value;
  if (Array.isArray(value)) return value.map(structuredCloneOf);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, structuredCloneOf(member)]));
}

function putBack(into: Json, from: Json, [key = "", ...rest]: string[]): void {
  const to = into as { [key: string]: Json };
  const source = from as { [key: string]: Json };
  if (rest.length === 0) to[key] = source[key] ?? null;
  else putBack(to[key] ?? null, source[key] ?? null, rest);
}
