import type { Json } from "@daybook/event";
import type { Mapping, MappingField } from "./mapping.ts";
import { observePaths } from "./observe-paths.ts";
import type { ObservedPath } from "./observe-paths.ts";
import { itemsAtPath, parseRecordPath, recordPathLengthMax } from "./record-path.ts";

/** Alternatives that one field may get: names differ between the records of one file. */
const alternativesMax = 3;
/** A path with its alternatives must stay one that a mapping may have. */
const pathLengthMax = Math.floor(recordPathLengthMax / alternativesMax) - 8;
/** What is in fewer records than this helps too few of them to be suggested first. */
const shareMin = 0.02;

interface Rule {
  /** Names of the last key, likeliest first; letters and digits only, in lower case. */
  names: readonly string[];
  /** The values must look like this. */
  fits: (path: ObservedPath) => boolean;
  /** Keys above that make it likelier, or rule it out. */
  likelier?: RegExp;
  never?: RegExp;
  /** Without one of the names, a key that ends like this will do. */
  endsLike?: RegExp;
  /** Under whatever name: nothing else looks like this. */
  unmistakable?: (path: ObservedPath) => boolean;
}

const text = ({ shares }: ObservedPath): boolean => shares.text > 0.8;
const word = (path: ObservedPath): boolean => text(path) && path.shares.time < 0.2 && path.shares.ip < 0.2 && path.shares.email < 0.2 && path.shares.id < 0.3;
const anything = (): boolean => true;
const actors =
  /^(?:actor|user|useridentity|authenticationinfo|principal|caller|initiator|initiatedby|performedby|identity|who|subject|operator|claims|account)$/;
const objects = /^(?:entity|target|targets|resource|resources|object|objects|asset|item)$/;

const rules: readonly [MappingField, Rule][] = [
  [
    "action",
    {
      names: [
        "eventname",
        "action",
        "actionname",
        "eventtype",
        "operation",
        "operationname",
        "methodname",
        "event",
        "eventaction",
        "activity",
        "activitytype",
        "activityname",
        "activitydisplayname",
        "operationtype",
        "command",
        "verb",
        "method",
        "what",
        "name",
        "type",
      ],
      fits: word,
      never:
        /^(?:actor|user|useridentity|target|targets|entity|location|resource|resources|device|client|parameters|modifiedproperties|requestparameters|responseelements|details|context|tlsdetails|sessioncontext|geo)$/,
      likelier: /^(?:events?|protopayload|activity)$/,
    },
  ],
  [
    "occurred_at",
    {
      names: [
        "eventtime",
        "timestamp",
        "time",
        "occurredat",
        "eventtimestamp",
        "published",
        "createdat",
        "creationtime",
        "datecreate",
        "datetime",
        "created",
        "activitydatetime",
        "date",
        "when",
        "ts",
        "createdtime",
        "eventdate",
        "starttime",
      ],
      // Half is enough: a file with broken lines is still a file with a time.
      fits: ({ shares }) => shares.time > 0.5,
      endsLike: /(?:time|timestamp|date|at)$/,
      unmistakable: ({ shares }) => shares.time > 0.9,
      never: /^(?:target|targets|requestparameters|responseelements|sessioncontext|attributes|details|parameters|additionaleventdata)$/,
    },
  ],
  [
    "actor.email",
    {
      names: [
        "actoremail",
        "useremail",
        "principalemail",
        "email",
        "emailaddress",
        "userprincipalname",
        "upn",
        "alternateid",
        "username",
        "login",
        "userid",
        "user",
        "actor",
        "caller",
        "who",
        "person",
        "employee",
        "member",
        "author",
      ],
      fits: ({ shares }) => shares.email > 0.6,
      unmistakable: ({ shares }) => shares.email > 0.9,
      likelier: actors,
      never: objects,
    },
  ],
  [
    "actor.id",
    {
      names: ["actorid", "userid", "principalid", "useridentity", "arn", "uid", "userkey", "profileid", "employeeid", "accountid", "id"],
      fits: (path) => path.shares.time < 0.5 || path.path.endsWith(".id"),
      likelier: actors,
      never: objects,
    },
  ],
  [
    "actor.name",
    {
      names: [
        "actorname",
        "username",
        "actor",
        "user",
        "displayname",
        "login",
        "caller",
        "who",
        "performedby",
        "initiatedby",
        "operator",
        "owner",
        "person",
        "employee",
        "member",
        "author",
        "name",
        "alternateid",
        "userid",
      ],
      fits: text,
      likelier: actors,
      never: objects,
    },
  ],
  ["actor.type", { names: ["actortype", "usertype", "type", "callertype"], fits: word, likelier: actors, never: objects }],
  [
    "ip",
    {
      names: [
        "sourceipaddress",
        "clientip",
        "actorip",
        "ipaddress",
        "ip",
        "callerip",
        "calleripaddress",
        "remoteip",
        "remoteaddress",
        "sourceip",
        "srcip",
        "clientipaddress",
        "host",
      ],
      fits: ({ shares }) => shares.ip > 0.4,
      endsLike: /(?:ip|ipaddr|ipaddress)$/,
      unmistakable: ({ shares }) => shares.ip > 0.9,
    },
  ],
  [
    "status",
    {
      names: ["outcome", "status", "result", "resulttype", "issuccess", "success", "resultstatus", "outcomeresult", "state"],
      fits: ({ distinct, shares }) => distinct <= 12 && shares.time < 0.5,
      never: /^(?:requestparameters|responseelements|parameters|details|device|target|targets)$/,
    },
  ],
  [
    "error",
    {
      names: ["errormessage", "error", "failurereason", "reason", "errorcode"],
      fits: text,
      likelier: /^(?:outcome|result|status)$/,
      never: /^(?:requestparameters|parameters|target|targets)$/,
    },
  ],
  ["user_agent", { names: ["useragent", "rawuseragent", "ua", "browser", "callersuppliedua"], fits: text }],
  [
    "session_id",
    { names: ["sessionid", "externalsessionid", "session", "aadsessionid"], fits: anything, never: /^(?:requestparameters|responseelements|target|targets)$/ },
  ],
  [
    "request_id",
    {
      names: ["requestid", "correlationid", "traceid", "transactionid", "insertid"],
      fits: anything,
      never: /^(?:requestparameters|responseelements|target|targets)$/,
    },
  ],
  ["resource.type", { names: ["resourcetype", "objecttype", "targettype", "entitytype", "itemtype", "type"], fits: word, likelier: objects, never: actors }],
  ["resource.id", { names: ["resourceid", "objectid", "targetid", "entityid", "resourcename", "id"], fits: anything, likelier: objects, never: actors }],
  [
    "resource.name",
    {
      names: ["resourcename", "objectname", "targetname", "repo", "repository", "resource", "object", "target", "file", "filename", "displayname", "name"],
      fits: text,
      likelier: objects,
      never: actors,
    },
  ],
  [
    "id",
    {
      names: ["eventid", "uuid", "id", "documentid", "recordid", "insertid", "auditlogid", "uniquequalifier", "logid", "guid"],
      fits: ({ distinct, records, keys }) => keys.length <= 2 && distinct >= Math.min(records, 200) * 0.9,
      never: /./,
    },
  ],
];

/** Fields that need a key of their own name or a fitting parent: a bare `id` or `name` says nothing of the actor or resource. */
const needsParent = new Set<MappingField>(["actor.type", "resource.type", "resource.id", "resource.name", "actor.id"]);
const bareNames = new Set(["id", "name", "type", "accountid", "displayname", "arn", "alternateid"]);

/** Guesses where the parts of an event stand, from the names of the keys and the look of their values. A person looks at it before anything is imported. */
export function suggestMapping(records: readonly Json[]): Mapping {
  const split = suggestSplit(records);
  const parsed = split === undefined ? undefined : parseRecordPath(split);
  const parts = parsed && "path" in parsed ? records.flatMap((record) => itemsAtPath(record, parsed.path)) : [];
  const own = parts.length > 0 ? ranked(observePaths(parts), parts.length, "") : new Map<MappingField, string[]>();
  const whole = ranked(
    observePaths(records).filter(({ path }) => split === undefined || !path.startsWith(split)),
    records.length,
    split === undefined ? "" : "$.",
  );
  const fields = Object.fromEntries(
    rules.flatMap(([field]) => {
      const paths = [...(own.get(field) ?? []), ...(whole.get(field) ?? [])].slice(0, alternativesMax);
      return paths.length === 0 ? [] : [[field, paths.join(" | ")]];
    }),
  ) as Partial<Record<MappingField, string>>;
  return { ...(split !== undefined && { split }), fields: { ...fields, action: fields.action ?? "'record'", occurred_at: fields.occurred_at ?? "timestamp" } };
}

/** A list of objects that carry the action, while the record around them has none. */
function suggestSplit(records: readonly Json[]): string | undefined {
  const observed = observePaths(records);
  const listed = observed.filter(({ keys }) => keys.length === 3 && keys[1] === null && /^(?:events|records|activities|entries)$/i.test(String(keys[0])));
  const hasAction = observed.some(({ keys }) => keys.length === 1 && /^(?:action|event_?name|event_?type|operation)$/i.test(String(keys[0])));
  const [first] = listed;
  return first && !hasAction && listed.some(({ keys }) => /^(?:name|type|action|event_?name)$/i.test(String(keys[2])))
    ? `${String(first.keys[0])}[*]`
    : undefined;
}

function ranked(observed: readonly ObservedPath[], records: number, prefix: string): Map<MappingField, string[]> {
  return new Map(
    rules.map(([field, rule]) => {
      const scored = observed
        .map((path) => ({ path, score: scoreOf(field, rule, path, records) }))
        .filter(({ score }) => score > 0)
        .toSorted((a, b) => b.score - a.score);
      return [
        field,
        alternativesOf(
          scored.map(({ path }) => path),
          records,
        ).map(({ path }) => `${prefix}${path}`),
      ];
    }),
  );
}

function scoreOf(field: MappingField, { names, fits, likelier, never, endsLike, unmistakable }: Rule, path: ObservedPath, records: number): number {
  const share = path.records / records;
  if (share < shareMin || path.path.length > pathLengthMax || !fits(path)) return 0;
  const keys = path.keys.filter((key) => key !== null).map(plain);
  const leaf = keys.at(-1) ?? "";
  const above = keys.slice(0, -1);
  if (never && above.some((key) => never.test(key))) return 0;
  const rank = names.indexOf(leaf);
  const byName = rank !== -1 || endsLike?.test(leaf) === true;
  if (!byName && !(path.keys.length === 1 && unmistakable?.(path))) return 0;
  const parent = likelier !== undefined && above.some((key) => likelier.test(key));
  if (needsParent.has(field) && bareNames.has(leaf) && !parent) return 0;
  if (field === "actor.name" && leaf === "name" && !parent) return 0;
  const name = !byName ? 0.1 : rank === -1 ? 0.3 : 1 - rank / (names.length * 2);
  const lists = path.keys.filter((key) => key === null).length;
  return name * (0.25 + share) + (parent ? 0.5 : 0) - 0.12 * (path.keys.length - 1) - 0.1 * lists + (path.distinct > 1 ? 0.05 : 0);
}

/** The best, and behind it those that have a value where the ones before it may have none. */
function alternativesOf(paths: readonly ObservedPath[], records: number): ObservedPath[] {
  const chosen: ObservedPath[] = [];
  let covered = 0;
  for (const path of paths) {
    if (chosen.length === alternativesMax || covered >= records) break;
    chosen.push(path);
    covered = Math.max(covered, path.records);
  }
  return chosen;
}

const plain = (key: string): string =>
  key
    .slice(key.lastIndexOf("/") + 1)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "");
