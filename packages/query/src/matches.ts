import { addressOf, liesIn, networkOf } from "./address.ts";
import type { Comparison, Query, TextPart } from "./ast.ts";
import { fieldValues, hasPart, numberOf, searchText, shapes, shapesIn } from "./fields.ts";
import type { Searchable } from "./fields.ts";
import { foldCase } from "./fold-case.ts";
import { isChanged, metadataTexts } from "./payload.ts";

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
      return fieldValues(event, query.field).some((value) => value != null && query.values.includes(value));
    case "occurred": {
      const at = Date.parse(event.occurred_at);
      return (query.from === undefined || at >= Date.parse(query.from)) && (query.to === undefined || at < Date.parse(query.to));
    }
    case "like": {
      const values = fieldValues(event, query.field).flatMap((value) => (value == null ? [] : [foldCase(value)]));
      return query.patterns.some((pattern) => values.some((value) => fits(foldCase(pattern), value)));
    }
    case "network": {
      const address = event.context.ip === undefined ? null : addressOf(event.context.ip);
      return (
        address !== null &&
        query.networks.some((text) => {
          const network = text.includes("/") ? networkOf(text) : null;
          return network !== null && liesIn(address, network);
        })
      );
    }
    case "compare": {
      const value = numberOf(event, query.field);
      return value !== null && compared[query.op](value, query.value);
    }
    case "has":
      return hasPart(event, query.part);
    case "changed":
      return event.changes !== null && event.changes.fields.some((field) => isChanged(field, query));
    case "metadata":
      return metadataTexts(event.metadata, query.path).some((value) => query.values.includes(value));
    case "text": {
      const haystack = searchedText(event, query.except ?? []);
      return query.words.every((word) => (query.anywhere ? haystack.includes(foldCase(word)) : beginsWord(haystack, foldCase(word))));
    }
  }
}

const compared: Record<Comparison, (a: number, b: number) => boolean> = {
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
};

const searchedText = (event: Searchable, except: readonly TextPart[]): string =>
  shapesIn(except).reduce((haystack, shape) => haystack.replaceAll(new RegExp(shapes[shape], "g"), ""), foldCase(searchText(event, except)));

/** Words are parted by ASCII characters that are neither letters nor digits. */
const isSeparator = (letter: string): boolean => /^[\0-/:-@[-`{-\x7f]$/.test(letter);

/** Whether the term stands where a word begins, or begins with what parts words; both texts are folded. */
function beginsWord(haystack: string, term: string): boolean {
  if (term === "" || isSeparator(term.charAt(0))) return haystack.includes(term);
  for (let at = haystack.indexOf(term); at !== -1; at = haystack.indexOf(term, at + 1)) if (at === 0 || isSeparator(haystack.charAt(at - 1))) return true;
  return false;
}

/** `*` is any run, also an empty one. No place of a piece is better than the leftmost, so nothing is tried twice. */
function fits(pattern: string, value: string): boolean {
  const [first = "", ...pieces] = pattern.split("*");
  const last = pieces.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false;
  const end = value.length - last.length;
  let at = first.length;
  for (const piece of pieces) {
    const found = value.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
