import { actionPattern, checkEventInput } from "@daybook/event";
import type { EventInput, Json } from "@daybook/event";
import { withAction } from "../define-dialect.ts";
import { fitsDescription } from "../dialects/fits-description.ts";
import { metadataOf, present, some, takeFrom } from "../dialects/take-from.ts";
import { fitEvent } from "../fit-event.ts";
import { isObject } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";
import { readRequest } from "../read-request.ts";
import type { SyslogMessage } from "./parse-message.ts";

export const syslogId = "syslog";

/** The element in which a sender speaks to Daybook. 32473 is the number that IANA keeps for examples; Daybook has none of its own. */
const daybookElement = "daybook@32473";
const errorSeverityMax = 3;

/** A message as an event, and the token that came with it, which the event does not hold. Nobody reads an answer, so what is too long is cut and told. */
export function syslogEvent(message: SyslogMessage): { event: EventInput; token: string | undefined } {
  const { own, others } = readElements(message);
  const { token: presented, ...spoken } = own;
  const token = typeof presented === "string" ? presented : undefined;
  const take = takeFrom(spoken);
  const json = jsonOf(message.text);
  const whole = json && wholeEvent(json);
  const facts = factsOf(message, others);
  if (whole) {
    const { metadata, ...rest } = whole;
    return { token, event: { ...timeOf(message), ...rest, ...metadataOf(metadata, { syslog: { ...facts, ...take.rest() } }) } };
  }
  const actor = present({ id: take.text("actor_id"), name: take.text("actor_name"), email: take.text("actor_email") });
  const resource = present({ type: take.text("resource_type"), id: take.text("resource_id"), name: take.text("resource_name") });
  const ip = take.address("ip");
  const event: EventInput = {
    action: actionOf(message),
    ...timeOf(message),
    // Who logs is not always who acts, but it is who is known: rather the program than the token that all programs share.
    ...(some(actor) ? { actor: { type: "user", ...actor } } : programOf(message)),
    ...(some(resource) && { resource: { ...resource, type: resource.type ?? "resource" } }),
    ...(message.severity <= errorSeverityMax && { status: "failed" }),
    ...(ip !== undefined && { context: { ip } }),
    ...(json === undefined && message.text.trim() !== "" && { description: message.text }),
    ...metadataOf(json === undefined ? undefined : { message: json }, {
      syslog: { ...facts, ...take.rest(), ...(json === undefined && !fitsDescription(message.text) && { message: message.text }) },
    }),
  };
  return { token, event: fitEvent(withAction(event, syslogId)) };
}

/** RFC 5424 means MSGID for the kind of a message. Where there is none, the program is as much as is known. */
const actionOf = ({ messageId, app }: SyslogMessage): string => messageId ?? app ?? "syslog_message";

const programOf = ({ app, host }: SyslogMessage): Pick<EventInput, "actor"> =>
  app === undefined ? {} : { actor: { type: "service_user", id: app, ...(host !== undefined && { name: `${app} on ${host}` }) } };

function timeOf({ timestamp }: SyslogMessage): Pick<EventInput, "occurred_at"> {
  const at = timestamp === undefined ? undefined : takeFrom({ timestamp }).time("timestamp");
  return at === undefined ? {} : { occurred_at: at };
}

function factsOf({ facility, severity, timestamp, host, app, process, messageId, encoding }: SyslogMessage, others: JsonObject): JsonObject {
  // Milliseconds are kept as the time of the event; what is finer, or no time, only here.
  const time = timestamp !== undefined && takeFrom({ timestamp }).time("timestamp")?.replace("Z", "") !== timestamp.replace("Z", "") ? timestamp : undefined;
  return present({ facility, severity, timestamp: time, host, app, process, message_id: messageId, encoding, structured_data: some(others) });
}

/** A parameter that stands twice, which RFC 5424 allows, gets a list of its values. */
function readElements({ structuredData }: SyslogMessage): { own: JsonObject; others: JsonObject } {
  const elements = new Map<string, Map<string, Json>>();
  for (const { id, params } of structuredData) {
    const members = elements.get(id) ?? new Map<string, Json>();
    elements.set(id, members);
    for (const [name, value] of params) {
      const known = members.get(name);
      members.set(name, known === undefined ? value : Array.isArray(known) ? [...known, value] : [known, value]);
    }
  }
  const own = Object.fromEntries(elements.get(daybookElement) ?? []);
  elements.delete(daybookElement);
  return { own, others: Object.fromEntries([...elements].map(([id, members]) => [id, Object.fromEntries(members)])) };
}

function jsonOf(text: string): JsonObject | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  const read = readRequest(text);
  return "body" in read && isObject(read.body) ? read.body : undefined;
}

function wholeEvent(json: JsonObject): EventInput | undefined {
  if (typeof json["action"] !== "string" || !actionPattern.test(json["action"])) return undefined;
  const checked = checkEventInput(json);
  return "event" in checked ? checked.event : undefined;
}
