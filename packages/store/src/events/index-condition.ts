import type { ExactField, NumberField, Query } from "@daybook/query";
import { foldCase } from "@daybook/query";
import type { Sql } from "postgres";
import { arrayLiteral } from "./array-literal.ts";
import { networksOf } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { isCutOut, separator } from "./text-predicate.ts";

/** What an index can answer of a query: conditions that every match fulfils. The exact predicate stays beside them. */
export function indexCondition(sql: Sql, organizationId: string, query: Query): Fragment | null {
  const asking = { sql, organizationId };
  const found = condition(asking, query);
  return found && written(asking, found);
}

/** What is left to compare of events that the index condition has found: words without a separator are entries of the index, as the comparison finds them. */
export function besideIndex(query: Query): Query {
  if (query.is === "all") return { is: "all", of: query.of.map(besideIndex) };
  if (query.is !== "text" || query.anywhere || (query.except?.length ?? 0) > 0) return query;
  const isEntry = query.words.every((term) => {
    const letters = [...foldCase(term)].length;
    return letters >= tellingLettersMin && letters < wordLettersMax && term.search(separator) === -1;
  });
  return isEntry ? { is: "everything" } : query;
}

/** What of a query the index condition asks for: about so many events as match this are fetched, however few of them match the rest. */
export function askedOfIndex(sql: Sql, organizationId: string, query: Query): Query {
  if (query.is === "all") return { is: "all", of: query.of.map((part) => askedOfIndex(sql, organizationId, part)) };
  if (condition({ sql, organizationId }, query) === null) return { is: "everything" };
  if (query.is === "any") return { is: "any", of: query.of.map((part) => askedOfIndex(sql, organizationId, part)) };
  return query.is === "changed" ? { is: "changed", path: query.path } : query;
}

interface Asking {
  sql: Sql;
  organizationId: string;
}

/**
 * Alternatives, kept apart by the index that answers them, because an index is asked for all of its alternatives at once. `action:` and `actor:` look into two
 * and three fields; asked field by field, a frequent action and a rare actor took 86 ms in a month of 750,000 events, and together half a millisecond.
 */
interface Found {
  tokens: readonly Fragment[];
  /** Each a condition on words, as the text of a `tsquery`. */
  words: readonly string[];
  others: readonly Fragment[];
}

const impossible: Found = { tokens: [], words: [], others: [] };
const byTokens = (tokens: readonly Fragment[]): Found => ({ ...impossible, tokens });
const byWords = (lexemes: readonly string[]): Found | null => (lexemes.length === 0 ? null : { ...impossible, words: [lexemes.join(" & ")] });
const otherwise = (other: Fragment): Found => ({ ...impossible, others: [other] });

const anyOf = (found: readonly Found[]): Found => ({
  tokens: found.flatMap(({ tokens }) => tokens),
  words: [...new Set(found.flatMap(({ words }) => words))],
  others: found.flatMap(({ others }) => others),
});

/** A part alone stays what it is, for alternatives around it. */
function all(asking: Asking, parts: readonly Found[]): Found {
  const [only, ...more] = parts;
  if (only && more.length === 0) return only;
  return otherwise(asking.sql`(${parts.map((part) => written(asking, part)).reduce((joined, part) => asking.sql`${joined} and ${part}`)})`);
}

function written(asking: Asking, { tokens, words, others }: Found): Fragment {
  const { sql } = asking;
  const alternatives = [
    ...(tokens.length > 0 ? [overlaps(asking, tokens)] : []),
    ...(words.length > 0 ? [holdsWords(sql, words.length === 1 ? words.join("") : words.map((each) => `(${each})`).join(" | "))] : []),
    ...others,
  ];
  return alternatives.length === 0 ? sql`false` : sql`(${alternatives.reduce((joined, each) => sql`${joined} or ${each}`)})`;
}

function condition(asking: Asking, query: Query): Found | null {
  switch (query.is) {
    case "equals":
      return ofEquals(asking, query.field, query.values);
    case "like":
      return ofPatterns(asking, query.field, query.patterns);
    case "network":
      return ofNetworks(asking, query.networks);
    case "compare":
      return ofCompare(asking, query);
    case "has":
      return hasTokens.has(query.part) ? byTokens([token(asking, "has", query.part)]) : null;
    case "changed":
      return byTokens([token(asking, "changed", query.path.split(".").slice(-suffixSegmentsMax).join(".")), token(asking, "changed.many", "")]);
    case "metadata":
      return ofMetadata(asking, query.path, query.values);
    case "text":
      return ofText(asking, query);
    case "nothing":
      return impossible;
    case "all": {
      const parts = query.of.map((part) => condition(asking, part)).filter((part) => part !== null);
      return parts.length === 0 ? null : all(asking, parts);
    }
    case "any": {
      const parts = query.of.map((part) => condition(asking, part));
      return parts.length === 0 || parts.includes(null) ? null : anyOf(parts as Found[]);
    }
    case "everything":
    case "not":
    case "occurred":
      return null;
  }
}

/** Fields that have a token. Successful status is on nearly every row and has none; neither has `log_type`, whose rarer value has its own index. */
const tokenFields: Partial<Record<ExactField, string>> = {
  action: "action",
  namespace: "namespace",
  operation: "operation",
  "actor.type": "actor.type",
  "actor.id": "actor.id",
  "actor.name": "actor.name",
  "actor.email": "actor.email",
  did_or_caused: "actor.id",
  "resource.type": "resource.type",
  "resource.id": "resource.id",
  "resource.name": "resource.name",
  "team.id": "team.id",
  "team.name": "team.name",
  "error.code": "error.code",
  origin: "origin",
  status: "status",
  operation_id: "operation_id",
  session_id: "session_id",
  request_id: "request_id",
  token_id: "token_id",
  ip: "ip",
  source: "source",
};

/** Parts that have a token: those that events may well be without. */
const hasTokens = new Set<string>(["changes", "error", "reason", "on_behalf_of", "redactions", "rows"]);

/** Of a changed field's path so many segments from its end have a token each. */
const suffixSegmentsMax = 4;

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const token = ({ sql, organizationId }: Asking, field: string, value: string): Fragment => sql`event_token(event_salt(${organizationId}), ${field}, ${value})`;

const overlaps = ({ sql }: Asking, tokens: readonly Fragment[]): Fragment => sql`tokens && array[${tokens.reduce((joined, each) => sql`${joined}, ${each}`)}]`;

function ofEquals(asking: Asking, field: ExactField, values: readonly string[]): Found | null {
  const { sql } = asking;
  if (values.length === 0) return null;
  // As a constant, because a partial index answers only for what the planner can read.
  if (field === "log_type") return values.every((value) => value === "system") ? otherwise(sql`log_type = 'system'`) : null;
  // Most events were not imported, so a partial index has them, by their own type.
  if (field === "import_id") return otherwise(sql`import_id = any (${arrayLiteral(values.filter((value) => uuidPattern.test(value)))}::uuid[])`);
  if (field === "id") return otherwise(sql`id = any (${arrayLiteral(values.filter((value) => uuidPattern.test(value)))}::uuid[])`);
  const name = tokenFields[field];
  if (name === undefined || (field === "status" && values.includes("success"))) return null;
  // One by one, so that the planner knows them and how frequent each is.
  return byTokens(values.map((value) => token(asking, name, value)));
}

/** Lengths of IPv6 prefixes whose networks have a token, longest first, as IPv4 has one for every octet but the last: a longer prefix is asked for by the next shorter. */
const networkBits = [64, 48, 32];
/** A network of IPv4 between two octets is asked for by those it consists of, if they are no more than these. */
const innerNetworksMax = 16;

function ofNetworks(asking: Asking, networks: readonly string[]): Found | null {
  const parts = networksOf(networks).map((network) => {
    const [address = "", length = ""] = network.split("/");
    const bits = Number(length);
    if (!address.includes(":")) return ofOctets(asking, address.split(".").map(Number), bits);
    const known = networkBits.find((each) => each <= bits);
    const { sql, organizationId } = asking;
    return known === undefined
      ? null
      : byTokens([sql`event_token(event_salt(${organizationId}), 'network', event_network(${address}::text::inet, ${known}::int))`]);
  });
  return parts.includes(null) ? null : anyOf(parts as Found[]);
}

/** Of an address with `octets` the first so many bits. */
function ofOctets(asking: Asking, octets: readonly number[], bits: number): Found | null {
  const whole = Math.ceil(bits / 8);
  const inner = 2 ** (whole * 8 - bits);
  if (whole === 0 || inner > innerNetworksMax) {
    const known = Math.floor(bits / 8);
    return known === 0 ? null : byTokens([token(asking, "network", octets.slice(0, known).join("."))]);
  }
  const begun = octets.slice(0, whole - 1);
  const inside = Array.from({ length: inner }, (_, at) => [...begun, (octets[whole - 1] ?? 0) + at].join("."));
  if (whole < 4) return byTokens(inside.map((network) => token(asking, "network", network)));
  // An address has a token as it was written. Written as version 6 it has that of its network alone, and a group that is always this.
  const mapped = all(asking, [byTokens([token(asking, "network", begun.join("."))]), { ...impossible, words: [lexeme(asking, mappedGroup, true)] }]);
  return anyOf([byTokens(inside.map((address) => token(asking, "ip", address))), mapped]);
}

const mappedGroup = [..."ffff"];

/** The number of digits has a token for the fields of which large values are rare: `rows:>10000`, `duration:>1h`. */
const digitTokens: Partial<Record<NumberField, string>> = {
  duration_ms: "duration.digits",
  rows: "rows.digits",
  rows_returned: "rows.digits",
  rows_affected: "rows.digits",
};
const digitsMax = 19;

function ofCompare(asking: Asking, { field, op, value }: Extract<Query, { is: "compare" }>): Found | null {
  const name = digitTokens[field];
  if (name === undefined || !Number.isFinite(value) || value >= 1e18) return null;
  const digits = String(Math.trunc(Math.max(0, value))).length;
  // Of two numbers of rows the larger one is counted, which says nothing of how small the other is.
  if (op.startsWith("<")) {
    if (name === "rows.digits" && field !== "rows") return null;
    return byTokens(Array.from({ length: digits }, (_, at) => token(asking, name, String(at + 1))));
  }
  // Most have few digits, and then the index has nothing to say.
  if (digits === 1) return null;
  return byTokens(Array.from({ length: digitsMax - digits + 1 }, (_, at) => token(asking, name, String(digits + at))));
}

/** Deeper objects have one token for all that is in them, and so have events with more metadata than are worth a token each. */
const metadataSegmentsMax = 2;

function ofMetadata(asking: Asking, path: string, values: readonly string[]): Found | null {
  if (values.length === 0) return null;
  return byTokens([
    ...values.map((value) => token(asking, `metadata.${path}`, value)),
    token(asking, "metadata.many", ""),
    ...(path.split(".").length > metadataSegmentsMax ? [token(asking, "metadata.deep", "")] : []),
  ]);
}

/** As `event_words` cuts them. */
const wordLettersMax = 64;
/** Beginnings of so many letters have an entry of their own, so they are asked for like whole words, in a third of the time. */
const beginningLetters = [5, 8];
/** Shorter beginnings stand in so many events that gathering them costs more than it saves, where something else is known. */
const tellingLettersMin = 3;

/** Expression of the word index, letter by letter as the migration has it. */
const words = "event_words(organization_id, actor_name, actor_email, actor_id, action, resource_type, resource_name, resource_id, description, ip)";

const holdsWords = (sql: Sql, asked: string): Fragment => sql`${sql.unsafe(words)} @@ ${asked}::text::tsquery`;

/** As the word index has it: behind the end of its organization's id. */
const lexeme = ({ organizationId }: Asking, letters: readonly string[], isWhole: boolean): string =>
  `'${organizationId.slice(-6)}${letters.join("")}'${isWhole ? "" : ":*"}`;

/** A run of letters that stands in the searched text, and whether words begin before and end behind it. */
interface Run {
  text: string;
  begins: boolean;
  ends: boolean;
}

/** Of runs without a separator, those that the word index can be asked for. */
function lexemes(asking: Asking, runs: readonly Run[]): string[] {
  const pieces = runs.flatMap(({ text, begins, ends }) => {
    if (text === "" || !begins) return [];
    const letters = [...text].slice(0, wordLettersMax);
    return [{ letters, isWhole: beginningLetters.includes(letters.length) || (ends && letters.length < wordLettersMax) }];
  });
  const telling = pieces.filter(({ letters, isWhole }) => isWhole || letters.length >= tellingLettersMin);
  return [...new Set((telling.length > 0 ? telling : pieces).map(({ letters, isWhole }) => lexeme(asking, letters, isWhole)))];
}

/** Cut where words are parted. What lies between two cuts is whole. */
const runsOf = (text: string, { begins, ends }: Omit<Run, "text">): Run[] =>
  text.split(separator).map((run, at, { length }) => ({ text: run, begins: begins || at > 0, ends: ends || at < length - 1 }));

/**
 * The words that a term spans: those with something behind them are whole, the last may go on, and the first may be the end of a word when the term may
 * stand anywhere.
 */
function ofText(asking: Asking, query: Extract<Query, { is: "text" }>): Found | null {
  if (isCutOut(query)) return impossible;
  // Where addresses are cut out, the rest of a word may be left standing before one.
  const cut = query.except?.includes("ip") ?? false;
  const runs = query.words.flatMap((term) => runsOf(foldCase(term), { begins: !query.anywhere, ends: false }));
  return byWords(lexemes(asking, cut ? runs.map((run) => ({ ...run, ends: false })) : runs));
}

/** Fields whose words the index has, each of them between separators. */
const wordFields: ReadonlySet<ExactField> = new Set(["actor.name", "actor.email", "actor.id", "action", "resource.type", "resource.name", "resource.id", "ip"]);

/** Between its asterisks a pattern says which words begin: `q1 rev*` those two. Where one begins with an asterisk and goes on within a word, it says nothing. */
function ofPatterns(asking: Asking, field: ExactField, patterns: readonly string[]): Found | null {
  if (!wordFields.has(field) || patterns.length === 0) return null;
  const parts = patterns.map((pattern) => {
    const runs = foldCase(pattern)
      .split(/\*+/)
      .flatMap((piece, at, { length }) => runsOf(piece, { begins: at === 0, ends: at === length - 1 }));
    return byWords(lexemes(asking, runs));
  });
  return parts.includes(null) ? null : anyOf(parts as Found[]);
}
