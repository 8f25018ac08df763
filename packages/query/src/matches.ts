import type { Query, TextPart } from "./ast.ts";
import { searchText, shapes, shapesIn, valuesOf } from "./fields.ts";
import type { Searchable } from "./fields.ts";

/** Whether the query holds for an event. The store compiles the same tree to SQL; a property test holds both to one answer. */
export function matches(query: Query, event: Searchable): boolean {
  switch (query.is) {
    case "everything":
      return true;
    case "nothing":
      return false;
    case "all":
      return query.of.every((part) => matches(part, event));
    case "any":
      return query.of.some((part) => matches(part, event));
    case "not":
      return !matches(query.of, event);
    case "equals":
      return valuesOf(event, query.field).some((value) => value != null && query.values.includes(value));
    case "occurred": {
      const at = Date.parse(event.occurred_at);
      return (query.from === undefined || at >= Date.parse(query.from)) && (query.to === undefined || at < Date.parse(query.to));
    }
    case "text": {
      const haystack = searchedText(event, query.except ?? []);
      return query.words.every((word) => haystack.includes(foldCase(word)));
    }
  }
}

const searchedText = (event: Searchable, except: readonly TextPart[]): string =>
  shapesIn(except).reduce((haystack, shape) => haystack.replaceAll(new RegExp(shapes[shape], "g"), ""), foldCase(searchText(event, except)));

/**
 * Lower case by Unicode's simple mapping, one code point to one, as PostgreSQL's `pg_c_utf8` collation does it. JavaScript's own
 * `toLowerCase` differs in context (final sigma) and for the one letter whose full mapping has two code points (U+0130).
 */
export function foldCase(value: string): string {
  if (/^\p{ASCII}*$/u.test(value)) return value.toLowerCase();
  let folded = "";
  for (const letter of value) folded += letter === "\u0130" ? "i" : letter.toLowerCase();
  return folded;
}
