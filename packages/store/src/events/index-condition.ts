import type { ExactField, NumberField, Query } from "@daybook/query";
import { foldCase } from "@daybook/query";
import type { Sql } from "postgres";
import { arrayLiteral } from "./array-literal.ts";
import { networksOf } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { separator } from "./text-predicate.ts";

/** What an index can answer of a query: conditions that every match fulfils. The exact predicate stays beside them. */
export const indexCondition = (sql: Sql, organizationId: string, query: Query): Fragment | null => condition({ sql, organizationId }, query);

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

interface Asking {
  sql: Sql;
  organizationId: string;
}

function condition(asking: Asking, query: Query): Fragment | null {
  const { sql } = asking;
  switch (query.is) {
    case "equals":
      return ofEquals(asking, query.field, query.values);
    case "network":
      return ofNetworks(asking, query.networks);
    case "compare":
      return ofCompare(asking, query);
    case "has":
      return hasTokens.has(query.part) ? overlaps(asking, [token(asking, "has", query.part)]) : null;
    case "changed":
      return overlaps(asking, [token(asking, "changed", query.path.split(".").slice(-suffixSegmentsMax).join(".")), token(asking, "changed.many", "")]);
    case "metadata":
      return ofMetadata(asking, query.path, query.values);
    case "text":
      return ofText(asking, query);
    case "all": {
      const parts = query.of.map((part) => condition(asking, part)).filter((part) => part !== null);
      return parts.length === 0 ? null : parts.reduce((joined, part) => sql`${joined} and ${part}`);
    }
    case "any": {
      const parts = query.of.map((part) => condition(asking, part));
      if (parts.length === 0 || parts.includes(null)) return null;
      return sql`(${(parts as Fragment[]).reduce((joined, part) => sql`${joined} or ${part}`)})`;
    }
    case "everything":
    case "nothing":
    case "not":
    case "like":
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

function ofEquals(asking: Asking, field: ExactField, values: readonly string[]): Fragment | null {
  const { sql } = asking;
  if (values.length === 0) return null;
  // As a constant, because a partial index answers only for what the planner can read.
  if (field === "log_type") return values.every((value) => value === "system") ? sql`log_type = 'system'` : null;
  // Most events were not imported, so a partial index has them, by their own type.
  if (field === "import_id") return sql`import_id = any (${arrayLiteral(values.filter((value) => uuidPattern.test(value)))}::uuid[])`;
  if (field === "id") return sql`id = any (${arrayLiteral(values.filter((value) => uuidPattern.test(value)))}::uuid[])`;
  const name = tokenFields[field];
  if (name === undefined || (field === "status" && values.includes("success"))) return null;
  // One by one, so that the planner knows them and how frequent each is.
  return overlaps(
    asking,
    values.map((value) => token(asking, name, value)),
  );
}

/** Lengths of IPv6 prefixes whose networks have a token, longest first, as IPv4 has one for every octet but the last: a longer prefix is asked for by the next shorter. */
const networkBits = [64, 48, 32];

function ofNetworks(asking: Asking, networks: readonly string[]): Fragment | null {
  const { sql } = asking;
  const tokens = networksOf(networks).map((network) => {
    const [address = "", length = ""] = network.split("/");
    if (!address.includes(":")) {
      const octets = Math.min(3, Math.floor(Number(length) / 8));
      return octets === 0 ? null : token(asking, "network", address.split(".").slice(0, octets).join("."));
    }
    const bits = networkBits.find((each) => each <= Number(length));
    return bits === undefined ? null : sql`event_token(event_salt(${asking.organizationId}), 'network', event_network(${address}::text::inet, ${bits}::int))`;
  });
  if (tokens.includes(null)) return null;
  return tokens.length === 0 ? sql`false` : overlaps(asking, tokens as Fragment[]);
}

/** The number of digits has a token for the fields of which large values are rare: `rows:>10000`, `duration:>1h`. */
const digitTokens: Partial<Record<NumberField, string>> = {
  duration_ms: "duration.digits",
  rows: "rows.digits",
  rows_returned: "rows.digits",
  rows_affected: "rows.digits",
};
const digitsMax = 19;

function ofCompare(asking: Asking, { field, op, value }: Extract<Query, { is: "compare" }>): Fragment | null {
  const name = digitTokens[field];
  if (name === undefined || !Number.isFinite(value) || value >= 1e18) return null;
  const digits = String(Math.trunc(Math.max(0, value))).length;
  // Of two numbers of rows the larger one is counted, which says nothing of how small the other is.
  if (op.startsWith("<")) {
    if (name === "rows.digits" && field !== "rows") return null;
    return overlaps(
      asking,
      Array.from({ length: digits }, (_, at) => token(asking, name, String(at + 1))),
    );
  }
  // Most have few digits, and then the index has nothing to say.
  if (digits === 1) return null;
  return overlaps(
    asking,
    Array.from({ length: digitsMax - digits + 1 }, (_, at) => token(asking, name, String(digits + at))),
  );
}

/** Deeper objects have one token for all that is in them, and so have events with more metadata than are worth a token each. */
const metadataSegmentsMax = 2;

function ofMetadata(asking: Asking, path: string, values: readonly string[]): Fragment | null {
  if (values.length === 0) return null;
  return overlaps(asking, [
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

/**
 * The words that a term spans: those with something behind them are whole, the last may go on, and the first may be the end of a word when the term may
 * stand anywhere.
 */
function ofText({ sql, organizationId }: Asking, query: Extract<Query, { is: "text" }>): Fragment | null {
  // Where addresses are cut out, the rest of a word may be left standing before one.
  const cut = query.except?.includes("ip") ?? false;
  const salt = organizationId.slice(-6);
  const pieces = query.words.flatMap((term) => {
    const parts = foldCase(term).split(separator);
    return parts.flatMap((part, at) => {
      if (part === "" || (query.anywhere && at === 0)) return [];
      const letters = [...part].slice(0, wordLettersMax);
      const isWhole = beginningLetters.includes(letters.length) || (at < parts.length - 1 && letters.length < wordLettersMax && !cut);
      return [{ letters, isWhole }];
    });
  });
  const telling = pieces.filter(({ letters, isWhole }) => isWhole || letters.length >= tellingLettersMin);
  const lexemes = (telling.length > 0 ? telling : pieces).map(({ letters, isWhole }) => `'${salt}${letters.join("")}'${isWhole ? "" : ":*"}`);
  return lexemes.length === 0 ? null : sql`${sql.unsafe(words)} @@ ${[...new Set(lexemes)].join(" & ")}::text::tsquery`;
}
