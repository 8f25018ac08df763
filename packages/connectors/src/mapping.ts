import { actorTypes, statuses } from "@daybook/event";
import type { ActorType, EventInput, Json, Status } from "@daybook/event";
import { z } from "zod";
import { defineImporter, notARecord } from "./define-importer.ts";
import type { ImportedEvent, Importer, ImportProblem } from "./define-importer.ts";
import { parseAddress } from "./parse-address.ts";
import { parseTime } from "./parse-time.ts";
import { isObject, unwrapped } from "./read-json.ts";
import type { JsonObject } from "./read-json.ts";
import {
  isExhausted,
  itemsAtPath,
  listPlacesOf,
  parseRecordPath,
  placeOf,
  placesOf,
  recordPathLengthMax,
  startLooking,
  textAtPath,
  valueAtPath,
  valuesMax as splitItemsMax,
} from "./record-path.ts";
import type { RecordPath, Scope } from "./record-path.ts";

const statusWordsMax = 64;

const path = z
  .string()
  .trim()
  .min(1)
  .max(recordPathLengthMax)
  .superRefine((text, issues) => {
    const parsed = parseRecordPath(text);
    if ("problem" in parsed) issues.addIssue({ code: "custom", message: parsed.problem });
  });

/** The fields of an event that a mapping can fill, with what a person reads beside them. */
export const mappingFields = {
  action: "What happened",
  occurred_at: "When",
  "actor.id": "Id of who did it",
  "actor.name": "Name of who did it",
  "actor.email": "E-mail of who did it",
  "actor.type": "Kind of who did it",
  "resource.type": "Kind of what it was done to",
  "resource.id": "Id of what it was done to",
  "resource.name": "Name of what it was done to",
  status: "Outcome",
  error: "Why it failed",
  ip: "IP address",
  user_agent: "User agent",
  session_id: "Session",
  request_id: "Request",
  reason: "Reason",
  description: "Sentence",
  id: "The record's own id",
} as const;
export type MappingField = keyof typeof mappingFields;

const timeUnits = ["seconds", "milliseconds", "microseconds", "nanoseconds"] as const;

const fieldShape = Object.fromEntries(Object.keys(mappingFields).map((field) => [field, path.optional()])) as Record<MappingField, z.ZodOptional<typeof path>>;

/** An importer that a person made: where the parts of an event stand in a record. Plain data; everything that no path names goes to the event's metadata. */
export const mappingSchema = z.strictObject({
  /** A path to the list of events inside one record; the other paths then begin at its items, and `$` is the whole record. */
  split: path.optional(),
  fields: z.strictObject({ ...fieldShape, action: path, occurred_at: path }),
  /** Of numbers; without it their size tells. */
  timeUnit: z.enum(timeUnits).optional(),
  /** Words of the outcome and what they mean, without regard to case. Other words go by what they usually mean. */
  statuses: z
    .record(z.string().max(200), z.enum(statuses))
    .refine((words) => Object.keys(words).length <= statusWordsMax, `at most ${statusWordsMax} words`)
    .optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** Keeps source and idempotency key within their lengths: 30 characters beside the vendor's id of 160 and the hash of a conflict. */
const slugLengthMax = 30;

/** The stable part of a mapping's name: it stands in the source and in the idempotency keys of its events. */
export const mappingSlug = (name: string): string =>
  name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, slugLengthMax)
    .replace(/-+$/, "") || "unnamed";

/** A mapping as an importer, so that whatever comes behind does not know the difference. */
export function importerOfMapping({ slug, name, mapping }: { slug: string; name: string; mapping: Mapping }): Importer {
  const compiled = compile(mapping);
  return defineImporter({
    id: `mapping:${slug}`,
    title: name,
    docsUrl: "",
    sample: {},
    read: (record) => readRecordWith(compiled, record, name),
  });
}

interface Compiled {
  mapping: Mapping;
  paths: Partial<Record<MappingField, RecordPath>>;
  split: RecordPath | undefined;
  words: Map<string, Status>;
  /** Places that a path reads: they are not repeated in the metadata. */
  used: Places;
  usedInRoot: Places;
}

/** Places, and those on the way to them. */
interface Places {
  at: Set<string>;
  above: Set<string>;
}

const placesFrom = (places: string[]): Places => ({
  at: new Set(places),
  above: new Set(
    places.flatMap((place) => {
      const keys = place.split("\0");
      return keys.slice(1).map((_, index) => keys.slice(0, index + 1).join("\0"));
    }),
  ),
});

function compile(mapping: Mapping): Compiled {
  const entries = Object.entries(mapping.fields).flatMap(([field, text]): [MappingField, RecordPath][] => {
    const parsed = parseRecordPath(text);
    return "path" in parsed ? [[field as MappingField, parsed.path]] : [];
  });
  const split = mapping.split === undefined ? undefined : parseRecordPath(mapping.split);
  const splitPath = split && "path" in split ? split.path : undefined;
  const all = entries.map(([, each]) => each);
  return {
    mapping,
    paths: Object.fromEntries(entries),
    split: splitPath,
    words: new Map(Object.entries(mapping.statuses ?? {}).map(([word, status]) => [word.trim().toLowerCase(), status])),
    used: placesFrom(all.flatMap((each) => placesOf(each, false))),
    usedInRoot: placesFrom([...all.flatMap((each) => placesOf(each, true)), ...(splitPath ? listPlacesOf(splitPath) : [])]),
  };
}

function readRecordWith(compiled: Compiled, record: JsonObject, title: string): ImportedEvent[] | ImportProblem {
  const looking = startLooking();
  if (!compiled.split) {
    const read = readScope(compiled, { value: record, root: record, looking }, title);
    if (isExhausted(looking)) return tooMuch(title);
    return "problem" in read ? read.problem : [read.imported];
  }
  const items = itemsAtPath(record, compiled.split, looking);
  if (items.length === 0) return notARecord(title, `has no list at \`${compiled.mapping.split}\``);
  if (items.length > splitItemsMax)
    return {
      code: "event_too_large",
      message: `The record holds more than ${splitItemsMax} events at \`${compiled.mapping.split}\`. Write fewer events into one record.`,
    };
  const around = without(record, compiled.usedInRoot, []);
  const events: ImportedEvent[] = [];
  const taken = new Set<string>();
  for (const [index, value] of items.entries()) {
    const read = readScope(compiled, { value, root: record, looking }, title, around);
    if (isExhausted(looking)) return tooMuch(title);
    if ("problem" in read) return read.problem;
    const { event, vendorId } = read.imported;
    // Several events of one record may carry the record's own id; what tells them apart is their place.
    const id = vendorId !== null && taken.has(vendorId) ? `${vendorId}:${index}` : vendorId;
    if (id !== null) taken.add(id);
    events.push({ event, vendorId: id, ...(isObject(value) && { part: value }) });
  }
  return events;
}

const tooMuch = (title: string): ImportProblem => ({
  code: "event_too_large",
  message: `The paths of the mapping "${title}" look at too many values of this record. Name fewer alternatives, or fewer \`[*]\`.`,
});

/** `around`: what is told of the record that the part was read from. */
function readScope(compiled: Compiled, scope: Scope, title: string, around: JsonObject = {}): { imported: ImportedEvent } | { problem: ImportProblem } {
  const { mapping, paths } = compiled;
  const text = (field: MappingField): string | undefined => (paths[field] ? textAtPath(scope, paths[field]) : undefined);
  const action = text("action");
  if (action === undefined) return { problem: notARecord(title, `has no action at \`${mapping.fields.action}\``) };
  const given = paths.occurred_at && (valueAtPath(scope, paths.occurred_at) ?? text("occurred_at"));
  if (given === undefined) return { problem: notARecord(title, `has no time at \`${mapping.fields.occurred_at}\``) };
  const time = parseTime(inMilliseconds(given, mapping.timeUnit)) ?? parseTime(text("occurred_at"));
  if (time === null) return { problem: notARecord(title, `has no readable time at \`${mapping.fields.occurred_at}\`: ${JSON.stringify(given).slice(0, 60)}`) };
  const address = text("ip");
  const ip = address === undefined ? null : parseAddress(address);
  const status = statusOf(compiled, text("status"));
  const error = text("error");
  const event: EventInput = {
    action,
    log_type: "activity",
    occurred_at: time,
    actor: actorOf(text),
    resource: resourceOf(text),
    status,
    error: status === "failed" && error !== undefined ? { message: error } : undefined,
    reason: text("reason"),
    description: text("description"),
    context: { ip: ip ?? undefined, user_agent: text("user_agent"), session_id: text("session_id"), request_id: text("request_id") },
    metadata: { ...around, ...restOf(compiled, scope), ...(ip === null && address !== undefined && { source_address: address }) },
  };
  return { imported: { event, vendorId: text("id") ?? null } };
}

type TextOf = (field: MappingField) => string | undefined;

function actorOf(text: TextOf): EventInput["actor"] {
  const [id, name, email] = [text("actor.id"), text("actor.name"), text("actor.email")];
  const type = actorTypeOf(text("actor.type"));
  if (id === undefined && name === undefined && email === undefined) return type ? { type } : undefined;
  const address = email ?? [id, name].find((each) => each !== undefined && isEmail(each));
  return { type: type ?? "user", id, name: name ?? email ?? id, email: address };
}

function resourceOf(text: TextOf): EventInput["resource"] {
  const [type, id, name] = [text("resource.type"), text("resource.id"), text("resource.name")];
  return id === undefined && name === undefined && type === undefined ? undefined : { type: type ?? "resource", id, name };
}

export const isEmail = (text: string): boolean => /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/.test(text);

/** Our own words, and those of others that say the same. */
function actorTypeOf(word: string | undefined): ActorType | undefined {
  const text = word?.toLowerCase().replace(/[^a-z]+/g, "_") ?? "";
  const own = actorTypes.find((type) => type === text);
  if (own !== undefined || text === "") return own;
  if (/service|application|^app$|robot|machine|client/.test(text)) return "service_user";
  if (/key|token/.test(text)) return "api_key";
  if (/system|internal|automation/.test(text)) return "system";
  if (/agent|^ai/.test(text)) return "agent";
  if (/anonymous|guest|external/.test(text)) return "anonymous";
  return "user";
}

function statusOf({ words }: Compiled, word: string | undefined): Status {
  if (word === undefined) return "success";
  const text = word.trim().toLowerCase();
  return words.get(text) ?? usualStatus(text);
}

/** What a word for an outcome usually means. A number of three digits is taken for an HTTP status. */
export function usualStatus(text: string): Status {
  if (/^\d{3}$/.test(text)) return Number(text) >= 400 ? "failed" : "success";
  if (/^in[ _-]?progress$|^started$|^running$|^pending$/.test(text)) return "in_progress";
  if (/approval/.test(text)) return "pending_approval";
  return /fail|error|den(?:y|ied)|reject|refus|forbid|unauthori|invalid|abort|block|unsuccess|^(?:false|no|ko|n)$/.test(text) ? "failed" : "success";
}

const perMillisecond = { seconds: 0.001, milliseconds: 1, microseconds: 1_000, nanoseconds: 1_000_000 } as const;

/** A number of a named unit as milliseconds; texts with a date in them are left alone. */
function inMilliseconds(value: Json, unit: Mapping["timeUnit"]): Json {
  if (unit === undefined) return value;
  const digits = typeof value === "string" ? value.trim() : JSON.stringify(value);
  return /^\d{1,20}(?:\.\d+)?$/.test(digits) ? new Date(Math.floor(Number(digits) / perMillisecond[unit]) || 0).toISOString() : value;
}

/** What no path names of the part that was read. */
const restOf = ({ used }: Compiled, { value }: Scope): JsonObject => (isObject(value) ? without(value, used, []) : { value });

function without(object: JsonObject, places: Places, above: readonly string[]): JsonObject {
  const kept: JsonObject = {};
  for (const [key, member] of Object.entries(object)) {
    const keys = [...above, key];
    const place = placeOf(keys);
    if (places.at.has(place)) continue;
    const inside = isObject(member) && places.above.has(place) ? without(member, places, keys) : member;
    if (inside !== member && Object.keys(inside as JsonObject).length === 0) continue;
    if (key !== "__proto__") kept[key] = unwrapped(inside) ?? null;
  }
  return kept;
}
