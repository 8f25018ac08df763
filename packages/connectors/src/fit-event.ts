import { changedFieldsMax, eventBytesMax, eventDepthMax, eventKeysMax, identifierLengthMax, stringLengthMax } from "@daybook/event";
import type { Actor, EventInput, FieldChange, Json, Resource } from "@daybook/event";
import { isLosslessNumber } from "./lossless-json.ts";
import { isObject } from "./read-json.ts";

const sentenceLengthMax = 1_000;
const relatedMax = 32;
/** Room that the wrapping itself takes: names of fields, brackets, the list of what was cut. */
const bytesReserved = 12_288;
const keysReserved = 128;
const cutPathsMax = 32;
/** `metadata` stands at depth 2 of the event. */
const metadataDepth = 2;

/**
 * Makes an event that the log accepts out of whatever a vendor wrote: blank fields go, text is well formed, and what exceeds the limits of one
 * event is cut, with `metadata.cut` naming the places. The raw record beside the event is never cut.
 */
export function fitEvent(event: EventInput): EventInput {
  const { metadata, changes, related_resources, on_behalf_of, actor, resource, ...rest } = event;
  const head = compact({
    ...rest,
    namespace: identifier(rest.namespace),
    operation_id: identifier(rest.operation_id),
    reason: sentence(rest.reason),
    description: rest.description === undefined ? undefined : (sentence(rest.description) ?? rest.action),
    actor: actor && fitActor(actor),
    on_behalf_of: on_behalf_of?.slice(0, 2).map(fitActor),
    resource: resource && fitResource(resource),
    error: rest.error && some({ code: identifier(rest.error.code), message: sentence(rest.error.message) }),
    context:
      rest.context &&
      some({
        ip: identifier(rest.context.ip),
        user_agent: sentence(rest.context.user_agent),
        session_id: identifier(rest.context.session_id),
        request_id: identifier(rest.context.request_id),
      }),
  });
  const cut: string[] = [];
  // Changes and related resources get half of the room, so that metadata, which says what is missing, always has the other.
  const half: Budget = { bytes: (eventBytesMax - bytesReserved - bytesOf(head)) / 2, keys: (eventKeysMax - keysReserved) / 2, cut };
  const budget: Budget = { ...half };
  const related = fitRelated(related_resources ?? [], half);
  const fields = fitFields(changes?.fields ?? [], half);
  budget.bytes += Math.max(0, half.bytes);
  budget.keys += Math.max(0, half.keys);
  const details = isObject(metadata) ? (fitValue(metadata, "", metadataDepth, budget) as { [key: string]: Json }) : {};
  return {
    ...head,
    ...(related.length > 0 && { related_resources: related }),
    ...(fields.length > 0 && { changes: { fields } }),
    ...(Object.keys(details).length + cut.length > 0 && { metadata: { ...details, ...(cut.length > 0 && { cut }) } }),
  };
}

/** What is left of the event's bytes and keys, and the places where something did not fit. */
interface Budget {
  bytes: number;
  keys: number;
  cut: string[];
}

function fitValue(value: Json, path: string, depth: number, budget: Budget): Json | undefined {
  if (isLosslessNumber(value)) return fitText(value.rawJSON, path, budget);
  if (typeof value === "string") return fitText(value, path, budget);
  if (typeof value !== "object" || value === null) return spend(24, path, budget) ? scalar(value) : undefined;
  if (depth > eventDepthMax) return noteCut(path, budget);
  if (!spend(2, path, budget)) return undefined;
  if (Array.isArray(value)) return fitItems(value, path, depth, budget);
  const members: { [key: string]: Json } = {};
  for (const [key, member] of Object.entries(value)) {
    const name = identifier(key);
    if (name === undefined || name === "__proto__") continue;
    const memberPath = path === "" ? name : `${path}.${name}`;
    if (budget.keys <= 0 || !spend(bytesOf(name) + 2, memberPath, budget)) {
      noteCut(memberPath, budget);
      break;
    }
    budget.keys -= 1;
    const fitted = fitValue(member, memberPath, depth + 1, budget);
    if (fitted !== undefined) members[name] = fitted;
  }
  return members;
}

function fitItems(items: Json[], path: string, depth: number, budget: Budget): Json[] {
  const fitted: Json[] = [];
  for (const [index, item] of items.entries()) {
    const one = fitValue(item, `${path}.${index}`, depth + 1, budget);
    if (one !== undefined) fitted.push(one);
    if (budget.bytes <= 0 || budget.keys <= 0) break;
  }
  return fitted;
}

/** The length that counts is that of the JSON text, escapes included. */
function fitText(text: string, path: string, budget: Budget): string | undefined {
  if (text.length < stringLengthMax - 1 && unescaped.test(text)) return spend(text.length + 2, path, budget) ? text : undefined;
  let clean = wellFormed(text);
  if (JSON.stringify(clean).length > stringLengthMax) {
    clean = clip(clean, stringLengthMax / 8);
    noteCut(path, budget);
  }
  return spend(bytesOf(clean), path, budget) ? clean : undefined;
}

function spend(bytes: number, path: string, budget: Budget): boolean {
  if (budget.bytes < bytes) {
    noteCut(path, budget);
    return false;
  }
  budget.bytes -= bytes + 1;
  return true;
}

function noteCut(path: string, budget: Budget): undefined {
  const shown = clip(path, 100);
  if (budget.cut.length < cutPathsMax && !budget.cut.includes(shown)) budget.cut.push(shown);
}

function fitRelated(resources: Resource[], budget: Budget): Resource[] {
  const fitted: Resource[] = [];
  const seen = new Set<string>();
  for (const resource of resources.map(fitResource)) {
    const identity = JSON.stringify(resource);
    if (seen.has(identity)) continue;
    seen.add(identity);
    if (fitted.length === relatedMax || budget.keys < 3 || !spend(bytesOf(resource), "related_resources", budget)) {
      noteCut("related_resources", budget);
      break;
    }
    budget.keys -= 3;
    fitted.push(resource);
  }
  return fitted;
}

function fitFields(fields: FieldChange[], budget: Budget): FieldChange[] {
  const fitted: FieldChange[] = [];
  for (const { path, before, after } of fields) {
    const name = identifier(path);
    if (name === undefined) continue;
    if (fitted.length === changedFieldsMax || budget.keys < 3 || !spend(bytesOf(name) + 32, "changes", budget)) {
      noteCut("changes", budget);
      break;
    }
    budget.keys -= 3;
    // `changes.fields` is a list of objects: its values stand three levels below the event.
    const sides = {
      before: before === undefined ? undefined : fitValue(before, `changes.${name}`, 5, budget),
      after: after === undefined ? undefined : fitValue(after, `changes.${name}`, 5, budget),
    };
    fitted.push({ path: name, ...(sides.before !== undefined && { before: sides.before }), ...(sides.after !== undefined && { after: sides.after }) });
  }
  return fitted;
}

const fitActor = (actor: Actor): Actor => ({
  type: actor.type,
  ...compact({ id: identifier(actor.id), name: identifier(actor.name), email: identifier(actor.email) }),
});

const fitResource = (resource: Resource): Resource => ({
  type: identifier(resource.type) ?? "resource",
  ...compact({ id: identifier(resource.id), name: identifier(resource.name) }),
});

const identifier = (text: string | undefined): string | undefined => oneLine(text, identifierLengthMax);
const sentence = (text: string | undefined): string | undefined => oneLine(text, sentenceLengthMax);

/** As long in JSON as it is, but for its quotes. */
const unescaped = /^[ !#-[\]-~]*$/;
const plainText = /^[!-~](?:[ -~]*[!-~])?$/;

/** One line of well-formed text without control characters; undefined when nothing is left. */
function oneLine(text: string | undefined, lengthMax: number): string | undefined {
  if (text === undefined) return undefined;
  // Nearly every text needs no repair, and the search for what does costs ten times as much as this.
  if (text.length <= lengthMax && plainText.test(text)) return text;
  const clean = wellFormed(text.slice(0, lengthMax * 4))
    .replace(/[[\p{ASCII}&&\p{Cc}]\u2028\u2029]+ */gv, " ")
    .trim();
  return clean === "" ? undefined : clip(clean, lengthMax);
}

const wellFormed = (text: string): string => text.toWellFormed().replaceAll("\0", "\uFFFD");

const clip = (text: string, lengthMax: number): string => (text.length > lengthMax ? `${text.slice(0, lengthMax - 1).toWellFormed()}…` : text);

/** `1e400` and the like never reach this: they are kept as digits. What arithmetic made infinite is not a value. */
const scalar = (value: null | boolean | number): Json => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);

/** UTF-8 bytes of the compact JSON text; this package sees no encoder. */
function bytesOf(value: unknown): number {
  if (typeof value === "string" && unescaped.test(value)) return value.length + 2;
  const text = JSON.stringify(value);
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    // Half of a pair counts 2: the pair takes 4 bytes.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

/** An object with members, or nothing. */
function some<T extends object>(members: T): T | undefined {
  const kept = compact(members);
  return Object.keys(kept).length > 0 ? kept : undefined;
}

/** Without members that are undefined; an object that loses all of them stays an empty object. */
function compact<T extends object>(members: T): T {
  const kept: Partial<T> = {};
  for (const key in members) if (members[key] !== undefined) kept[key] = members[key];
  return kept as T;
}
