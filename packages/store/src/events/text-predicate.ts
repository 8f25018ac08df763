import type { Query, TextPart } from "@daybook/query";
import { foldCase, shapes, shapesIn } from "@daybook/query";
import type { Sql } from "postgres";
import { arrayLiteral } from "./array-literal.ts";
import type { Fragment } from "./compile-query.ts";

type TextQuery = Extract<Query, { is: "text" }>;

/** What `searchText` of the query package joins, in the same order, and without the shapes that it leaves out. */
function searchedText(sql: Sql, except: readonly TextPart[]): Fragment {
  const unless = (part: TextPart, column: string) => (except.includes(part) ? "''" : `coalesce(${column}, '')`);
  const joined = `concat_ws(E'\\n', coalesce(actor_name, ''), ${unless("actor.email", "actor_email")}, coalesce(actor_id, ''), action,
    coalesce(resource_type, ''), coalesce(resource_name, ''), coalesce(resource_id, ''), ${unless("description", "description")}, ${unless("ip", "ip")})`;
  const folded = sql`lower(${sql.unsafe(joined)} collate "pg_c_utf8")`;
  return shapesIn(except).reduce<Fragment>((text, shape) => sql`regexp_replace(${text}, ${shapes[shape]}, '', 'g')`, folded);
}

/** ASCII characters that part words: neither letters nor digits, after folding. */
const separators = "[\u0001-/:-`{-\u007f]";
export const separator = new RegExp(separators, "g");
const startsWithSeparator = new RegExp(`^${separators}`);

/**
 * Stands behind every separator, in the text and in the terms: what follows it begins a word. It is a separator itself, so that a text which holds it
 * by chance is marked behind it like any other.
 */
const mark = "\u0001";

/**
 * Words begin at the start of the text and behind separators. Both the text and the terms are marked there, which leaves plain substrings to look for:
 * regular expressions, one a term, would be compiled anew for every row as soon as there are more of them than PostgreSQL remembers.
 */
export function textPredicate(sql: Sql, query: TextQuery): Fragment {
  return isCutOut(query) ? sql`false` : holdsTerms(sql, query, sql`all`);
}

/** Whether the text holds any one of the words, each of which is asked for alone. */
export function anyTextPredicate(sql: Sql, query: TextQuery): Fragment {
  const words = query.words.filter((word) => !isCutOut({ ...query, words: [word] }));
  return words.length === 0 ? sql`false` : holdsTerms(sql, { ...query, words }, sql`any`);
}

function holdsTerms(sql: Sql, { words, except = [], anywhere }: TextQuery, quantifier: Fragment): Fragment {
  const terms = words.map(foldCase);
  const text = searchedText(sql, except);
  const contains = sql`${text} like ${quantifier} (${arrayLiteral(terms.map(likeContaining))}::text[])`;
  if (anywhere) return contains;
  const marked = sql`${mark}::text || regexp_replace(${text}, ${`(${separators})`}, ${`\\1${mark}`}, 'g')`;
  // What does not hold the terms at all is told sooner than where their words begin.
  return sql`(${contains} and ${marked} like ${quantifier} (${arrayLiteral(terms.map((term) => likeContaining(markedTerm(term))))}::text[]))`;
}

/**
 * Of conditions that all hold, words that are not to stand in the same text, joined: the text is put together once for them and not once for each, which for
 * fifty of them takes a tenth of the time.
 */
export function unwantedWords(parts: readonly Query[]): { unwanted: TextQuery[]; others: Query[] } {
  const unwanted = new Map<string, TextQuery>();
  const others: Query[] = [];
  for (const part of parts) {
    const text = part.is === "not" && part.of.is === "text" && part.of.words.length === 1 ? part.of : null;
    if (text === null) {
      others.push(part);
      continue;
    }
    const key = JSON.stringify([text.except, text.anywhere]);
    const known = unwanted.get(key);
    unwanted.set(key, known ? { ...known, words: [...known.words, ...text.words] } : text);
  }
  return { unwanted: [...unwanted.values()], others };
}

/**
 * Whether a term has a shape that is cut out of the text, which goes as far as the next blank, so that nothing of the kind is left: `10.3.103.7` in the bar is
 * compared with addresses alone.
 */
export const isCutOut = ({ words, except = [] }: TextQuery): boolean =>
  shapesIn(except).some((shape) => words.some((term) => new RegExp(shapes[shape]).test(foldCase(term))));

/** A term that starts with a separator begins wherever that stands. */
function markedTerm(term: string): string {
  const inside = term.replace(separator, `$&${mark}`);
  return startsWithSeparator.test(term) ? inside : `${mark}${inside}`;
}

const likeContaining = (text: string): string => `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
