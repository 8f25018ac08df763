import type { Operation } from "@daybook/catalog";
import type { Actor, EventInput, FieldChange, Json, Resource } from "@daybook/event";
import { defineImporter, notARecord } from "../define-importer.ts";
import { opened } from "../open-json.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { at, filled, flagAt, knownAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { failed, nameOf, tell } from "../tell.ts";
import { valueChanges } from "../value-changes.ts";
import { verbPhrase } from "../verb-phrase.ts";
import { wordsOf } from "../verbs.ts";

/** Entries of the Slack Audit Logs API (Enterprise Grid). */
export const slack = defineImporter({
  id: "slack",
  title: "Slack audit log",
  hint: "The answer of GET /audit/v1/logs, or one entry a line.",
  docsUrl: "https://docs.slack.dev/reference/audit-logs-api/methods-actions-reference",
  sample: {
    id: "4c248a02-119c-4f76-ba5d-a96767d45be8",
    date_create: 1677263658,
    action: "app_scopes_expanded",
    actor: { type: "user", user: { id: "W012J3FEWAU", name: "primary-owner", email: "owner@example.com", team: "E012MH3HS94" } },
    entity: { type: "app", app: { id: "A049JV0H0KC", name: "Notion", is_distributed: true, is_directory_approved: true } },
    context: {
      session_id: "2935472398",
      location: { type: "workspace", id: "T01770N79GB", name: "acme", domain: "acme" },
      ua: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/103.0.0.0 Safari/537.36",
      ip_address: "203.0.113.7",
    },
    details: { previous_scopes: ["channels:read"], new_scopes: ["channels:read", "chat:write"], is_internal_integration: false },
  },
  read(record) {
    const action = textAt(record, "action");
    if (action === undefined) return notARecord("Slack audit log", "has no `action`");
    const isSlack = ["date_create", "context", "entity"].some((key) => at(record, key) !== undefined);
    if (!isSlack) return notARecord("Slack audit log", "has neither `date_create` nor `context` nor `entity`");
    const details = objectAt(record, "details");
    const location = locationOf(record);
    const entity = entityOf(record);
    const time = parseTime(at(record, "date_create"));
    const address = textAt(record, "context", "ip_address");
    const ip = address === undefined ? null : parseAddress(address);
    const isFailure = failureOf(action, details);
    const event: EventInput = {
      action,
      log_type: "activity",
      namespace: entity?.type ?? location?.type ?? "slack",
      operation: operationClass(action),
      occurred_at: time ?? undefined,
      actor: actorOf(record),
      resource: entity ?? location,
      related_resources: entity && location ? [location] : [],
      status: isFailure ? "failed" : "success",
      origin: originOf(record),
      description: describe({ action, entity, location, isFailure }),
      context: {
        ip: ip ?? undefined,
        user_agent: textAt(record, "context", "ua"),
        session_id: knownAt(record, "context", "session_id"),
      },
      changes: { fields: changesOf(details, action) },
      metadata: filled({
        time_missing: time === null || undefined,
        source_address: ip === null ? address : undefined,
        team: at(record, "actor", "user", "team"),
        account_type: at(record, "actor", "user", "account_type"),
        location: objectAt(record, "context", "location"),
        app: objectAt(record, "context", "app"),
        acting_agent: at(record, "context", "acting_agent"),
        agent_message: filled(objectAt(record, "context", "agent_message")),
        entity: objectAt(record, "entity"),
        details: opened(details),
      }),
    };
    return [{ event, vendorId: knownAt(record, "id") ?? null }];
  },
});

/** An entry without an actor tells of what Slack did itself. */
function actorOf(record: JsonObject): Actor {
  const type = textAt(record, "actor", "type") ?? "user";
  const who = objectAt(record, "actor", type);
  const id = knownAt(who, "id");
  const name = knownAt(who, "name");
  const email = knownAt(who, "email");
  if (id === undefined && name === undefined && email === undefined) return { type: "system", name: "Slack" };
  return { type: type === "user" ? "user" : "service_user", id, name: name ?? email, email: email?.includes("@") ? email : undefined };
}

function originOf(record: JsonObject): EventInput["origin"] {
  if (actorOf(record).type === "system") return "automation";
  if (textAt(record, "context", "app", "id") !== undefined) return "api";
  return textAt(record, "context", "ua")?.startsWith("Mozilla/") ? "interface" : undefined;
}

/** The thing under the key that its type names; a message is known by its channel and time. */
function entityOf(record: JsonObject): Resource | undefined {
  const type = textAt(record, "entity", "type");
  if (type === undefined) return undefined;
  const entity = objectAt(record, "entity", type);
  const channel = knownAt(entity, "channel");
  const timestamp = knownAt(entity, "timestamp");
  const message = channel === undefined || timestamp === undefined ? undefined : `${channel}/${timestamp}`;
  const id = knownAt(entity, "id") ?? message;
  const name = ["name", "title", "template_name", "label", "email"].map((key) => knownAt(entity, key)).find((text) => text !== undefined);
  return id === undefined && name === undefined ? undefined : { type, id, name };
}

function locationOf(record: JsonObject): Resource | undefined {
  const location = objectAt(record, "context", "location");
  const id = knownAt(location, "id");
  const name = knownAt(location, "name") ?? knownAt(location, "domain");
  return id === undefined && name === undefined ? undefined : { type: textAt(location, "type") ?? "workspace", id, name };
}

/** The log has no status. Where an action was stopped its name says so; tools that agents call tell it in their details. */
const stopped = /[._](?:failed|failure|blocked|blocked_by_type|access_denied|install_denied)$/;
const failureOf = (action: string, details: JsonObject): boolean =>
  stopped.test(action) || flagAt(details, "is_error") || textAt(details, "success")?.toLowerCase() === "false";

/** `user_login_failed` is a sign-in, `pref.allow_calls` a changed preference; words that say only how it ended are dropped. */
function phraseOf(action: string): ReturnType<typeof verbPhrase> {
  const preference = /^pref\.(.+?)(?:_changed)?$/.exec(action)?.[1];
  if (preference !== undefined) return { words: ["change", "preference", ...wordsOf(preference)], operation: "updated" };
  const words = wordsOf(action.replace(/[._](?:failed|failure|success|blocked|blocked_by_type)$/, ""));
  const signIn = words.find((word) => word === "login" || word === "logout");
  if (signIn !== undefined) return { words: [signIn], operation: "authenticated" };
  if (words.at(-1) === "anomaly") return { words: ["detect", ...words], operation: "other" };
  return verbPhrase(words, "verb last");
}

const operationClass = (action: string): Operation => phraseOf(action).operation ?? "other";

function describe(told: { action: string; entity?: Resource; location?: Resource; isFailure: boolean }): string {
  const { action, entity, location } = told;
  const { words } = phraseOf(action);
  const where = location && `${location.type} ${nameOf(location)}`;
  const failure = told.isFailure ? "" : undefined;
  if (words[0] === "login" || words[0] === "logout") return `Signed ${words[0] === "login" ? "in to" : "out of"} ${where ?? "Slack"}${failed(failure)}`;
  return tell({ words, action, resources: entity ? [entity] : [], where: entity === location ? undefined : where, failure });
}

/** `previous_x` or `old_x` beside `new_x`, or beside `x`; the value of a preference carries the preference's name. */
function changesOf(details: JsonObject, action: string): FieldChange[] {
  const names = new Set(Object.keys(details).flatMap((key) => /^(?:previous|old|new)_(.+)$/.exec(key)?.[1] ?? []));
  return [...names].flatMap((name) => {
    const after = present(at(details, `new_${name}`)) ?? present(at(details, name));
    const before = present(at(details, `previous_${name}`)) ?? present(at(details, `old_${name}`));
    // Anomalies tell the previous address and browser; the present ones are the context of the entry, and nothing was changed.
    if (after === undefined && (action === "anomaly" || before === undefined)) return [];
    return valueChanges(name === "value" ? preferenceOf(details, action) : name, before, after);
  });
}

const preferenceOf = (details: JsonObject, action: string): string => /^pref\.(.+?)(?:_changed)?$/.exec(action)?.[1] ?? textAt(details, "pref_name") ?? "value";

const present = (value: Json | undefined): Json | undefined => (value === null || value === "" ? undefined : value);
