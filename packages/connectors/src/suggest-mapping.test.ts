import type { Json } from "@daybook/event";
import { describe, expect, test } from "vitest";
import azureText from "../fixtures/azure-activity.ndjson?raw";
import cloudtrailText from "../fixtures/aws-cloudtrail.ndjson?raw";
import databricksText from "../fixtures/databricks-audit.ndjson?raw";
import entraText from "../fixtures/entra-diagnostic.ndjson?raw";
import gcpText from "../fixtures/gcp-audit.ndjson?raw";
import githubText from "../fixtures/github-audit.ndjson?raw";
import googleText from "../fixtures/google-workspace.ndjson?raw";
import m365Text from "../fixtures/m365-unified-audit.ndjson?raw";
import oktaText from "../fixtures/okta-system.ndjson?raw";
import slackText from "../fixtures/slack-audit.ndjson?raw";
import snowflakeText from "../fixtures/snowflake-account-usage.ndjson?raw";
import { frameUpload } from "./frame-upload.ts";
import { importerOfMapping, mappingSchema } from "./mapping.ts";
import { parseAddress } from "./parse-address.ts";
import { parseTime } from "./parse-time.ts";
import { recogniseImporter } from "./recognise-importer.ts";
import { itemsAtPath, parseRecordPath } from "./record-path.ts";
import type { RecordPath } from "./record-path.ts";
import { suggestMapping } from "./suggest-mapping.ts";
import { importers } from "./importers/index.ts";

type Part = "action" | "time" | "actor" | "ip";

/** Where each vendor has them, by its documentation and its samples; the first that has a value counts. */
const vendors: Record<string, { text: string } & Record<Part, string>> = {
  cloudtrail: {
    text: cloudtrailText,
    action: "eventName",
    time: "eventTime",
    actor:
      "userIdentity.arn | userIdentity.userName | userIdentity.principalId | userIdentity.invokedBy | userIdentity.accountId | userIdentity.sessionContext.sessionIssuer.userName",
    ip: "sourceIPAddress",
  },
  azure: { text: azureText, action: "operationName", time: "time", actor: "identity.claims[*] | caller | identity", ip: "callerIpAddress" },
  databricks: { text: databricksText, action: "actionName", time: "timestamp", actor: "userIdentity.email", ip: "sourceIPAddress" },
  entra: {
    text: entraText,
    action: "operationName | properties.activityDisplayName",
    time: "time | properties.createdDateTime | properties.activityDateTime",
    actor:
      "properties.userPrincipalName | properties.servicePrincipalName | properties.initiatedBy.user.userPrincipalName | properties.initiatedBy.app.displayName | properties.userId | properties.servicePrincipalId | identity",
    ip: "callerIpAddress | properties.ipAddress",
  },
  gcp: {
    text: gcpText,
    action: "protoPayload.methodName",
    time: "timestamp | receiveTimestamp",
    actor: "protoPayload.authenticationInfo.principalEmail | protoPayload.authenticationInfo.principalSubject",
    ip: "protoPayload.requestMetadata.callerIP",
  },
  github: { text: githubText, action: "action", time: "created_at | @timestamp", actor: "actor", ip: "actor_ip" },
  google: { text: googleText, action: "events[*].name | name", time: "id.time", actor: "actor.email | actor.profileId | actor.key", ip: "ipAddress" },
  m365: { text: m365Text, action: "Operation", time: "CreationTime", actor: "UserId | UserKey", ip: "ClientIP | ClientIPAddress | ActorIpAddress" },
  okta: { text: oktaText, action: "eventType", time: "published", actor: "actor.alternateId | actor.displayName | actor.id", ip: "client.ipAddress" },
  slack: { text: slackText, action: "action", time: "date_create", actor: "actor.user.email | actor.user.name | actor.user.id", ip: "context.ip_address" },
  snowflake: {
    text: snowflakeText,
    action: "EVENT_TYPE | QUERY_TYPE",
    time: "EVENT_TIMESTAMP | START_TIME | CREATED_ON",
    actor: "USER_NAME",
    ip: "CLIENT_IP",
  },
};

const recordsOf = (text: string): Json[] => [...frameUpload(text)].flatMap((frame) => ("record" in frame ? [frame.record] : []));

function pathOf(text: string): RecordPath {
  const parsed = parseRecordPath(text);
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed.path;
}

const textsAt = (record: Json, path: string): string[] =>
  path
    .split(" | ")
    .flatMap((each) =>
      itemsAtPath(record, pathOf(each.startsWith("@") ? `"${each}"` : each)).map((value) => (typeof value === "string" ? value : JSON.stringify(value))),
    );

/** Of the records in which the vendor has the part, the share in which the suggested mapping finds the same. */
function measure({ text, ...paths }: (typeof vendors)[string]): Record<Part, number> {
  const records = recordsOf(text);
  const importer = importerOfMapping({ slug: "guess", name: "Guess", mapping: suggestMapping(records) });
  const score = (hits: (record: Json) => boolean | null): number => {
    const told = records.map(hits).filter((hit) => hit !== null);
    return told.length === 0 ? 1 : told.filter(Boolean).length / told.length;
  };
  const first = (record: Json) => {
    const events = importer.toEvents(record, { index: 0 });
    return Array.isArray(events) ? events[0]?.event : undefined;
  };
  const plain = (word: string) => word.replace(/[^a-zA-Z0-9]+/g, "").toLowerCase();
  return {
    action: score((record) => {
      const expected = textsAt(record, paths.action);
      const timed = textsAt(record, paths.time).some((each) => parseTime(each) !== null);
      return expected.length === 0 || !timed ? null : expected.some((each) => plain(each) === plain(first(record)?.action ?? ""));
    }),
    time: score((record) => {
      const expected = textsAt(record, paths.time)
        .map(parseTime)
        .filter((each) => each !== null);
      return expected.length === 0 ? null : expected.includes(first(record)?.occurred_at ?? "");
    }),
    actor: score((record) => {
      const expected = textsAt(record, paths.actor);
      const event = first(record);
      if (expected.length === 0 || event === undefined) return null;
      return [event.actor?.id, event.actor?.name, event.actor?.email].some((each) => each !== undefined && expected.includes(each));
    }),
    ip: score((record) => {
      const expected = textsAt(record, paths.ip)
        .map(parseAddress)
        .filter((each) => each !== null);
      const event = first(record);
      return expected.length === 0 || event === undefined ? null : expected.includes(event.context?.ip ?? "");
    }),
  };
}

describe("a suggested mapping", () => {
  const measured = Object.entries(vendors).map(([vendor, sample]) => ({ vendor, ...measure(sample) }));

  test("finds action, time, actor and address in the samples of eleven vendors that it knows nothing of", () => {
    console.table(
      measured.map(({ vendor, ...parts }) => ({
        vendor,
        ...Object.fromEntries(Object.entries(parts).map(([part, share]) => [part, `${Math.round(share * 100)} %`])),
      })),
    );
    const right = measured.flatMap(({ action, time, actor, ip }) => [action, time, actor, ip]).filter((share) => share >= 0.9).length;
    expect(right).toBeGreaterThanOrEqual(42);
  });

  test.each(Object.entries(vendors))("of %s is a mapping that can be saved", (_vendor, { text }) => {
    expect(mappingSchema.safeParse(suggestMapping(recordsOf(text))).error).toBeUndefined();
  });

  test.each([[[]], [[{}]], [[null, 1, "x", []]], [[{ a: { b: [1] } }]]] as Json[][][])("of %j is one that can be changed", (records) => {
    expect(mappingSchema.safeParse(suggestMapping(records)).success).toBe(true);
  });
});

test("an importer is recognised by its vendor's samples, whichever of all it is", () => {
  for (const importer of importers) {
    const text = Object.entries(vendors).find(([vendor]) => importer.id.startsWith(vendor))?.[1].text;
    if (text !== undefined) expect(recogniseImporter(recordsOf(text), importers)?.importer.id).toBe(importer.id);
    expect(recogniseImporter([importer.sample], importers)?.importer.id).toBe(importer.id);
  }
  expect(recogniseImporter([{ hello: "world" }], importers)).toBeNull();
  expect(recogniseImporter([], importers)).toBeNull();
});

test("a table of a product that nobody knows: values that look like nothing else are found under any name", () => {
  const records = [
    { moment: "2026-11-20 08:01:02", badge: "B-17", person: "grace@example.com", door: "Server room", what: "door.open", addr: "10.1.2.3" },
    { moment: "2026-11-20 08:03:44", badge: "B-22", person: "bob@example.com", door: "Server room", what: "door.open", addr: "10.1.2.3" },
    { moment: "2026-11-20 09:03:44", badge: "B-99", person: "eve@example.com", door: "Lab", what: "badge.issue", addr: "10.1.2.4" },
  ];
  expect(suggestMapping(records).fields).toMatchObject({ action: "what", occurred_at: "moment", "actor.email": "person", ip: "addr" });
});

test("what is suggested is a mapping that can be saved, however long the keys are", () => {
  const long = "k".repeat(300);
  const records = [
    { [long]: { [`${long}_time`]: "2026-11-20T08:00:00Z", action: "a.b" }, [`${long}_at`]: "2026-11-20T08:00:00Z", [`${long}_date`]: "2026-11-20T08:00:00Z" },
  ];
  expect(mappingSchema.safeParse(suggestMapping(records)).error).toBeUndefined();
});
