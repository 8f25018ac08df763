import type { Operation } from "@daybook/catalog";
import type { Actor, EventInput, FieldChange, Json, Resource } from "@daybook/event";
import { defineImporter, notARecord } from "../define-importer.ts";
import type { ImportedEvent } from "../define-importer.ts";
import { opened } from "../open-json.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { at, filled, isObject, knownAt, listAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { failed, kindOf, nameOf, tell } from "../tell.ts";
import { valueChanges } from "../value-changes.ts";
import { verbPhrase } from "../verb-phrase.ts";
import { wordsOf } from "../verbs.ts";
import { parametersOf } from "./google-parameters.ts";
import { googleResources } from "./google-resources.ts";

/** Real activities have one to three events; what has more than this was made to keep the reader busy. */
const eventsMax = 100;

/** Activities of the Google Workspace Reports API: admin, drive, login, token and the other applications. */
export const googleWorkspace = defineImporter({
  id: "google_workspace",
  title: "Google Workspace audit log",
  hint: "The answer of the Reports API (activities.list) for any application, or one activity a line.",
  docsUrl: "https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list",
  sample: {
    kind: "admin#reports#activity",
    id: { time: "2022-12-11T01:33:56.306Z", uniqueQualifier: "-6444444444444444444", applicationName: "admin", customerId: "D12345" },
    actor: { callerType: "USER", email: "user@example.io", profileId: "110111111111111111111" },
    ownerDomain: "example.io",
    ipAddress: "2001:db8::7",
    events: [
      {
        type: "APPLICATION_SETTINGS",
        name: "CHANGE_APPLICATION_SETTING",
        parameters: [
          { name: "APPLICATION_EDITION", value: "enterprise" },
          { name: "APPLICATION_NAME", value: "Security" },
          { name: "OLD_VALUE", value: "on" },
          { name: "NEW_VALUE", value: "off" },
          { name: "ORG_UNIT_NAME", value: "Example IO" },
          { name: "SETTING_NAME", value: "Password Management - Enforce strong password" },
        ],
      },
      {
        type: "DELEGATED_ADMIN_SETTINGS",
        name: "ASSIGN_ROLE",
        parameters: [
          { name: "ROLE_NAME", value: "Some Admin Role" },
          { name: "USER_EMAIL", value: "bob@example.io" },
        ],
      },
    ],
  },
  read(record) {
    const events = listAt(record, "events").filter(isObject);
    if (events.length > eventsMax) return { code: "event_too_large", message: `The activity holds more than ${eventsMax} events.` };
    if (!events.some((event) => nameOfEvent(event) !== undefined)) return notARecord("Google Workspace audit log", "has no `events` with a name");
    const isActivity = textAt(record, "id", "applicationName") !== undefined || textAt(record, "kind")?.startsWith("admin#reports#") === true;
    if (!isActivity) return notARecord("Google Workspace audit log", "has neither an `id.applicationName` nor the `kind` of an activity");
    return events.map((event, index) => readEvent(record, event, index));
  },
});

function readEvent(record: JsonObject, activity: JsonObject, index: number): ImportedEvent {
  const application = textAt(record, "id", "applicationName") ?? "google_workspace";
  const name = nameOfEvent(activity) ?? "unnamed";
  const parameters = parametersOf(activity);
  const customer = knownAt(record, "id", "customerId");
  const found = googleResources(activity, parameters, wordsOf(name));
  const resources = found.length === 0 && customer !== undefined ? [{ type: "customer", id: customer }] : found;
  const time = parseTime(at(record, "id", "time"));
  const address = textAt(record, "ipAddress");
  const ip = address === undefined ? null : parseAddress(address);
  const failure = failureOf(name, parameters);
  const event: EventInput = {
    action: `${application}.${name}`,
    log_type: "activity",
    namespace: application,
    operation: operationClass(activity),
    occurred_at: time ?? undefined,
    actor: actorOf(record, application),
    resource: resources[0],
    related_resources: resources.slice(1),
    status: failure === undefined ? "success" : "failed",
    error: failure ? { code: failure, message: failure } : undefined,
    origin: originOf(record, parameters),
    description: describe({ activity, action: `${application}.${name}`, resources: found, failure }),
    context: { ip: ip ?? undefined, user_agent: textAt(parameters, "user_agent"), session_id: knownAt(parameters, "session_id") },
    changes: { fields: changesOf(name, parameters) },
    metadata: filled({
      time_missing: time === null || undefined,
      source_address: ip === null ? address : undefined,
      application,
      event_type: at(activity, "type"),
      customer_id: customer,
      owner_domain: at(record, "ownerDomain"),
      caller_type: at(record, "actor", "callerType"),
      network: objectAt(record, "networkInfo"),
      resource_details: listAt(activity, "resourceDetails"),
      parameters: opened(parameters),
    }),
  };
  return { event, vendorId: vendorIdOf(record, application, index) };
}

/** Cut-down records have a type only. */
const nameOfEvent = (event: JsonObject): string | undefined => textAt(event, "name") ?? textAt(event, "type");

/** Google's qualifier is unique among the activities of one application at one time; the events of an activity are told by their place in it. */
function vendorIdOf(record: JsonObject, application: string, index: number): string | null {
  const time = knownAt(record, "id", "time");
  const qualifier = knownAt(record, "id", "uniqueQualifier");
  return time === undefined || qualifier === undefined ? null : `${application}:${time}:${qualifier}:${index}`;
}

/** Google leaves out who failed to sign in, or signed in by a way it does not know; elsewhere a missing actor is Google itself. */
function actorOf(record: JsonObject, application: string): Actor {
  const id = knownAt(record, "actor", "profileId");
  const email = knownAt(record, "actor", "email");
  const name = email ?? knownAt(record, "actor", "key") ?? knownAt(record, "actor", "applicationInfo", "applicationName");
  if (id === undefined && name === undefined)
    return ["login", "logout", "saml"].includes(application) ? { type: "anonymous" } : { type: "system", name: "Google Workspace" };
  const isMachine =
    textAt(record, "actor", "callerType") === "KEY" || email?.endsWith(".gserviceaccount.com") === true || (email === undefined && name !== undefined);
  return { type: isMachine ? "service_user" : "user", id, name, email: email?.includes("@") ? email : undefined };
}

function originOf(record: JsonObject, parameters: JsonObject): EventInput["origin"] {
  if (textAt(record, "actor", "callerType") === "KEY") return "api";
  const kind = textAt(parameters, "api_kind");
  if (kind === "web" || kind === "android" || kind === "ios") return "interface";
  return kind === undefined ? undefined : "api";
}

/** There is no status. The name says that something failed, or the outcome of a challenge does. Empty: failed without a reason. */
function failureOf(name: string, parameters: JsonObject): string | undefined {
  const reason = textAt(parameters, "login_failure_type") ?? textAt(parameters, "failure_type") ?? "";
  if (/(?:^|_)(?:failed|failure|blocked|denied|rejected)(?:_|$)/i.test(name)) return reason;
  const challenge = textAt(parameters, "login_challenge_status") ?? "";
  return /fail|incorrect/i.test(challenge) ? challenge : undefined;
}

/** The old and the new value belong to a setting where one is named, else to what the action says is changed. */
function changesOf(name: string, parameters: JsonObject): FieldChange[] {
  const field = textAt(parameters, "SETTING_NAME") ?? textAt(parameters, "FIELD_NAME") ?? /visibility|access/i.exec(name)?.[0].toLowerCase() ?? "value";
  const fields = changed(field, at(parameters, "OLD_VALUE"), at(parameters, "NEW_VALUE"));
  const before = at(parameters, "old_visibility");
  return field === "visibility" || before === undefined ? fields : [...fields, ...changed("visibility", before, at(parameters, "visibility"))];
}

function changed(path: string, before: Json | undefined, after: Json | undefined): FieldChange[] {
  return valueChanges(path, single(before), single(after));
}

/** A list of one is how the drive application writes one value. */
const single = (value: Json | undefined): Json | undefined => {
  const only = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return only === null || only === "" ? undefined : only;
};

const isSignIn = (name: string): boolean => /^(?:login|logout)(?:_|$)/i.test(name);

/** The type of an event has the verb where its name has none: `email_forwarding_out_of_domain` is an `email_forwarding_change`. */
function phraseOf(activity: JsonObject): ReturnType<typeof verbPhrase> {
  const phrase = verbPhrase(wordsOf((nameOfEvent(activity) ?? "").replace(/_EVENT$/, "")), "verb first");
  return phrase.operation === undefined ? verbPhrase(wordsOf(textAt(activity, "type") ?? ""), "verb first") : phrase;
}

const operationClass = (activity: JsonObject): Operation =>
  isSignIn(nameOfEvent(activity) ?? "") ? "authenticated" : (phraseOf(activity).operation ?? "other");

/** Where a thing lies is no part of the sentence. */
const places = new Set(["shared_drive", "organizational_unit"]);

function describe(told: { activity: JsonObject; action: string; resources: Resource[]; failure: string | undefined }): string {
  const name = nameOfEvent(told.activity) ?? "";
  const resources = told.resources.filter(({ type }, index) => index === 0 || !places.has(type));
  if (isSignIn(name)) return `${signInOf(name)}${applicationIn(resources)}${failed(told.failure)}`;
  const { words } = phraseOf(told.activity);
  return tell({ words, action: told.action, resources, failure: words[0] === "failed" ? undefined : told.failure });
}

function signInOf(name: string): string {
  if (/^logout/i.test(name)) return "Signed out";
  return /challenge|verification/i.test(name) ? "Answered a sign-in challenge" : "Signed in";
}

const applicationIn = ([first]: Resource[]): string => (first?.type === "application" ? ` to ${kindOf(first)} ${nameOf(first)}` : "");
