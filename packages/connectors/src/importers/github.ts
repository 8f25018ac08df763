import type { Operation } from "@daybook/catalog";
import type { Actor, EventInput, FieldChange, Resource } from "@daybook/event";
import { defineImporter, notARecord } from "../define-importer.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { at, filled, flagAt, isObject, knownAt, listAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { kindOf, nameOf, tell } from "../tell.ts";
import { operationOf, wordsOf } from "../verbs.ts";

/** Audit log of a GitHub organization or enterprise: JSON export, REST answer, or stream. */
export const github = defineImporter({
  id: "github",
  title: "GitHub audit log",
  hint: "In GitHub: organization or enterprise settings, Audit log, Export, JSON. The REST answer and streamed files read as well.",
  docsUrl:
    "https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/reviewing-the-audit-log-for-your-organization",
  sample: {
    "@timestamp": 1712643475186,
    _document_id: "Z7JUOWzi2wKeWsZcOhbS9w",
    action: "repo.rename",
    actor: "badger",
    actor_id: 1234567,
    actor_is_bot: false,
    actor_ip: "203.0.113.7",
    actor_location: { country_code: "US" },
    business: "acme",
    business_id: 11244,
    created_at: 1712643475186,
    external_identity_nameid: "badger@acme.com",
    old_name: "repo-draft",
    name: "repo",
    operation_type: "modify",
    org: "acme",
    org_id: 42053323,
    repo: "acme/repo",
    repo_id: 6532371245,
    user_agent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/123.0.0.0 Safari/537.36",
  },
  read(original) {
    const action = textAt(original, "action");
    if (action === undefined) return notARecord("GitHub audit log", "has no `action`");
    const record = withoutNesting(original);
    const [category = "github", ...verb] = action.split(".");
    const resources = resourcesOf(record, category, verb.join("."));
    const time = parseTime(at(record, "@timestamp")) ?? parseTime(at(record, "created_at"));
    const address = textAt(record, "actor_ip");
    const ip = address === undefined ? null : parseAddress(address);
    const failed = isFailure(record, action);
    const event: EventInput = {
      action,
      log_type: "activity",
      namespace: category || "github",
      operation: operationClass(record, action),
      occurred_at: time ?? undefined,
      actor: actorOf(record),
      resource: resources[0],
      related_resources: resources.slice(1),
      status: failed ? "failed" : "success",
      origin: originOf(record),
      description: describe(record, action, resources),
      context: {
        ip: ip ?? undefined,
        user_agent: textAt(record, "user_agent"),
        session_id: knownAt(record, "actor_session"),
        request_id: knownAt(record, "request_id"),
      },
      changes: { fields: changesOf(record) },
      metadata: { ...filled({ time_missing: time === null || undefined, source_address: ip === null ? address : undefined }), ...rest(record) },
    };
    return [{ event, vendorId: knownAt(record, "_document_id") ?? null }];
  },
});

/** Older records keep half of their fields in `data`; those of the record itself come first. */
const withoutNesting = (record: JsonObject): JsonObject => ({ ...objectAt(record, "data"), ...record });

function actorOf(record: JsonObject): Actor {
  const name = textAt(record, "actor") ?? textAt(record, "actor", "login");
  const id = knownAt(record, "actor_id") ?? knownAt(record, "actor", "id");
  if (name === undefined && id === undefined) return { type: "system", name: "GitHub" };
  const email = textAt(record, "external_identity_nameid");
  const isBot = flagAt(record, "actor_is_bot") || name?.endsWith("[bot]") === true;
  return { type: isBot ? "service_user" : "user", id, name, email: email?.includes("@") ? email : undefined };
}

function originOf(record: JsonObject): EventInput["origin"] {
  if (textAt(record, "programmatic_access_type") !== undefined) return "api";
  if (actorOf(record).type !== "user") return "automation";
  return textAt(record, "user_agent")?.startsWith("Mozilla/") ? "interface" : undefined;
}

/** The object that each category is about, where its name is not simply in the field of the category. */
const objects: Record<string, { type: string; id?: string[]; name?: string[] }> = {
  repo: { type: "repository" },
  git: { type: "repository" },
  org: { type: "organization" },
  business: { type: "enterprise" },
  workflows: { type: "workflow", id: ["workflow_id", "workflow_run_id"], name: ["name"] },
  hook: { type: "hook", id: ["hook_id"], name: ["name"] },
  integration_installation: { type: "integration_installation", id: ["installation_id"], name: ["name", "integration"] },
  protected_branch: { type: "protected_branch", id: ["protected_branch_id"], name: ["branch", "name"] },
  public_key: { type: "public_key", id: ["public_key_id", "key_id"], name: ["title"] },
  repository_vulnerability_alert: { type: "repository_vulnerability_alert", id: ["alert_number", "alert_id"], name: ["ghsa_id"] },
  organization_moderators: { type: "user" },
};

/** The object of the action first, then what it belongs to. A user is the object where the action is about members. */
function resourcesOf(record: JsonObject, category: string, verb: string): Resource[] {
  const object = Object.hasOwn(objects, category) ? objects[category] : undefined;
  const own = {
    type: object?.type ?? category,
    id: firstOf(record, object?.id ?? [`${category}_id`]),
    name: firstOf(record, object?.name ?? [category, `${category}_name`, "name", "title"]),
  };
  const repository = { type: "repository", id: knownAt(record, "repo_id"), name: textAt(record, "repo") ?? textAt(record, "repository") };
  const team = { type: "team", id: knownAt(record, "team_id"), name: textAt(record, "team") };
  const user = { type: "user", id: knownAt(record, "user_id"), name: textAt(record, "user") };
  const organization = { type: "organization", id: knownAt(record, "org_id"), name: textAt(record, "org") };
  const enterprise = { type: "enterprise", id: knownAt(record, "business_id"), name: textAt(record, "business") };
  const belongs = [repository, team, user, organization, enterprise];
  const isOwn = belongs.some(({ type }) => type === own.type);
  const aboutPeople = /member|user|admin|moderator|maintainer|owner|role/.test(verb) || own.type === "user";
  const ordered = aboutPeople ? [user, ...belongs] : isOwn ? [...belongs.filter(({ type }) => type === own.type), ...belongs] : [own, ...belongs];
  const self = textAt(record, "actor");
  const isNamed = (resource: Resource) => resource.id !== undefined || resource.name !== undefined;
  const isActor = (resource: Resource) => !aboutPeople && resource.type === "user" && resource.name === self;
  return [...new Set(ordered)].filter((resource) => isNamed(resource) && !isActor(resource));
}

const firstOf = (record: JsonObject, keys: string[]): string | undefined => keys.map((key) => knownAt(record, key)).find((text) => text !== undefined);

const operationTypes: Record<string, Operation> = {
  create: "created",
  modify: "updated",
  remove: "deleted",
  access: "viewed",
  authentication: "authenticated",
  restore: "updated",
  transfer: "updated",
};

/** Actions whose last words say less, or something else, than what they do: `repo.access` changes the visibility. */
const known: Record<string, { operation: Operation; did: string }> = {
  "repo.access": { operation: "updated", did: "Changed the visibility of" },
  "repo.transfer_outgoing": { operation: "updated", did: "Transferred away" },
  "repo.transfer_start": { operation: "updated", did: "Started the transfer of" },
  "protected_branch.policy_override": { operation: "executed", did: "Overrode the policy of" },
  "git.push": { operation: "updated", did: "Pushed to" },
  "git.clone": { operation: "exported", did: "Cloned" },
  "git.fetch": { operation: "exported", did: "Fetched from" },
};

/** GitHub's own class where it only tells create, modify and remove; the verb where that says more (granted, revoked, completed). */
function operationClass(record: JsonObject, action: string): Operation {
  if (Object.hasOwn(known, action)) return known[action]?.operation ?? "other";
  const words = wordsOf(action.slice(action.indexOf(".") + 1));
  const told = words.map(operationOf).find((operation) => operation !== undefined);
  const byPeople = told === "deleted" && words.length > 1 && words[0] === "remove" ? "revoked" : told;
  if (byPeople !== undefined && !["created", "updated", "deleted", "viewed"].includes(byPeople)) return byPeople;
  const type = textAt(record, "operation_type") ?? "";
  return (Object.hasOwn(operationTypes, type) ? operationTypes[type] : undefined) ?? byPeople ?? "other";
}

/** The log has no status: an action that failed has a name that says so, and a workflow run its conclusion. */
const isFailure = (record: JsonObject, action: string): boolean =>
  /(?:^|[._])(?:failed|failure|rejected)(?:[._]|$)/.test(action) || ["failure", "timed_out", "startup_failure"].includes(textAt(record, "conclusion") ?? "");

function describe(record: JsonObject, action: string, resources: Resource[]): string {
  const conclusion = textAt(record, "conclusion") ?? "";
  const failure = isFailure(record, action) ? conclusion.replace(/^failure$/, "") : undefined;
  const [object, place] = resources;
  const where = place && ["repository", "organization", "enterprise"].includes(place.type) ? `${kindOf(place)} ${nameOf(place)}` : undefined;
  if (Object.hasOwn(known, action) && object) return `${known[action]?.did} ${kindOf(object)} ${nameOf(object)}`;
  const dot = action.indexOf(".");
  const verb = wordsOf(action.slice(dot + 1));
  const words = verb.length > 1 || dot === -1 ? verb : [...verb, ...(object?.type === wordOf(action) ? [] : wordsOf(wordOf(action)))];
  return tell({ words: sameThing(words, object), action, resources: object ? [object] : [], where, failure });
}

/** The category as the object's type would name it. */
const wordOf = (action: string): string => {
  const category = action.slice(0, Math.max(action.indexOf("."), 0));
  return (Object.hasOwn(objects, category) ? objects[category]?.type : undefined) ?? category;
};

const sameThing = (words: string[], object: Resource | undefined): string[] => (object && words.slice(1).join("_") === object.type ? words.slice(0, 1) : words);

/** `old_x` and `previous_x` beside `x`, and the same inside the `…_updated` lists of rulesets. */
function changesOf(record: JsonObject): FieldChange[] {
  const fields = pairsOf(record, "");
  for (const key of Object.keys(record).filter((name) => name.endsWith("_updated"))) {
    for (const [index, item] of listAt(record, key).entries()) {
      if (isObject(item)) fields.push(...pairsOf(item, `${key.slice(0, -"_updated".length)}.${textAt(item, "name") ?? textAt(item, "id") ?? index}.`));
    }
  }
  return fields;
}

function pairsOf(object: JsonObject, prefix: string): FieldChange[] {
  return Object.keys(object).flatMap((key) => {
    const path = /^(?:old|previous)_(.+)$/.exec(key)?.[1];
    return path === undefined ? [] : [{ path: `${prefix}${path}`, before: object[key], after: object[path] }];
  });
}

/** Fields that have a place of their own in the event. */
const placed = new Set([
  "@timestamp",
  "_document_id",
  "action",
  "actor",
  "actor_id",
  "actor_ip",
  "actor_session",
  "created_at",
  "data",
  "external_identity_nameid",
  "org",
  "org_id",
  "repo",
  "repo_id",
  "repository",
  "team",
  "team_id",
  "user",
  "user_id",
  "business",
  "business_id",
  "user_agent",
  "request_id",
  "time_missing",
  "source_address",
]);

const rest = (record: JsonObject): JsonObject => filled(Object.fromEntries(Object.entries(record).filter(([key]) => !placed.has(key))));
