import type { EventPart } from "../ast.ts";
import { boundsOf } from "./amount.ts";
import type { Clause, Parsed, SearchValue, Span } from "./clause.ts";
import { keyInfo, keyOf } from "./key-info.ts";
import type { SearchKey } from "./key-info.ts";
import type { KeyName, NumberKey } from "./keys.ts";
import { itemsOf } from "./lex.ts";
import type { Item, Word } from "./lex.ts";
import { searchClausesMax, searchLengthMax, searchProblemsMax, searchValuesMax } from "./limits.ts";
import { identityOf, merged } from "./merge.ts";
import { printClause } from "./print.ts";
import { problemsOf } from "./problems.ts";
import type { Problems } from "./problems.ts";
import { isPlausible, unquotedValue } from "./value.ts";

type KeyItem = Extract<Item, { is: "key" }>;

/**
 * What a search text says. It never throws: what is not understood is left out and told, with the place, a sentence, and a mended text where there is
 * one. A text over the limits is not read at all.
 */
export function parseSearch(text: string): Parsed {
  const problems = problemsOf(text);
  if (text.length > searchLengthMax) {
    problems.add({ from: searchLengthMax, to: text.length }, `A search may be ${searchLengthMax} characters long; this one has ${text.length}.`);
    return { clauses: [], parts: [], problems: problems.all };
  }
  const parts: (Span & { clause: Clause })[] = [];
  const items = itemsOf(text);
  for (const [at, item] of items.entries()) {
    if (problems.all.length >= searchProblemsMax) break;
    const found = partsOf(item, { items, at, problems });
    if (parts.length + found.length > searchClausesMax) {
      problems.add({ from: item.from, to: text.length }, `A search may have ${searchClausesMax} parts. What follows is left out.`);
      break;
    }
    parts.push(...found);
  }
  const clauses = merged(parts.map(({ clause }) => clause));
  return { clauses: withinValues(clauses, parts, problems), parts, problems: problems.all };
}

interface Place {
  items: readonly Item[];
  at: number;
  problems: Problems;
}

type Parts = (Span & { clause: Clause })[];

function partsOf(item: Item, place: Place): Parts {
  const { problems } = place;
  switch (item.is) {
    case "group":
      return problems.group(item);
    case "stray":
      return problems.cut(item, "This parenthesis closes nothing.", "Remove it");
    case "word":
      return wordParts(item, place);
    case "changed":
      return changedParts(item, problems);
    case "key":
      return keyParts(item, problems);
  }
}

function wordParts(item: Extract<Item, { is: "word" }>, { items, at, problems }: Place): Parts {
  const { word, negated } = item;
  if (!word.closed) return problems.unclosedQuote(item);
  if (!word.quoted && !negated) {
    // All parts hold anyway.
    if (word.text === "AND") return [];
    if (word.text === "OR") return problems.or(items, at);
    if (word.text === "NOT") return problems.not(items, at);
  }
  if (word.text === "-" && !word.quoted) return problems.cut(item, "A minus sign excludes what follows it, and nothing does.", "Remove it");
  let leading = 0;
  while (word.stars[leading] === leading) leading += 1;
  let trailing = 0;
  while (trailing < word.stars.length - leading && word.stars.at(-1 - trailing) === word.text.length - 1 - trailing) trailing += 1;
  if (leading + trailing < word.stars.length)
    return problems.replace(item, "Within a word an asterisk fits nothing: put it at an end, or search for both parts.", {
      label: "Search for each part",
      by: word.text
        .split("*")
        .filter(Boolean)
        .map((piece) => printClause({ is: "text", negated, text: piece, anywhere: false }))
        .join(" "),
    });
  const text = word.text.slice(leading, word.text.length - trailing);
  if (text === "") return problems.cut(item, "This fits every event.", "Remove it");
  return [{ from: item.from, to: item.to, clause: { is: "text", negated, text, anywhere: leading > 0 } }];
}

function changedParts(item: Extract<Item, { is: "changed" }>, problems: Problems): Parts {
  const { path, before, after, negated, hasArrow, hasValues } = item;
  const words = [path, before, after].filter((word) => word !== null);
  if (words.some(({ closed }) => !closed)) return problems.unclosedQuote(item);
  if (path.text === "") return problems.add(item, "`changed:` names a field, such as `changed:visibility`.");
  if (path.stars.length > 0 && path.text === "*")
    return problems.replace(item, "Every change is found by `has:changes`.", { label: "Write `has:changes`", by: `${negated ? "-" : ""}has:changes` });
  if (words.some(({ stars }) => stars.length > 0)) return problems.exact(item, words);
  if (hasValues && !hasArrow)
    return before === null
      ? problems.add(item, 'After the field stand the values before and after, such as `"private"→"shared"`.')
      : problems.insert(item, before.from, "→", { message: "An arrow tells what was before from what was after.", label: "Changed to this value" });
  if (hasArrow && before?.text === undefined && after?.text === undefined) return problems.add(item, "The arrow has a value on neither side.");
  const clause: Clause = { is: "changed", negated, path: path.text, ...(before && { before: before.text }), ...(after && { after: after.text }) };
  return [{ from: item.from, to: item.to, clause }];
}

function keyParts(item: KeyItem, problems: Problems): Parts {
  const name = keyOf(item.key.name);
  if (name === undefined || (name === "metadata") !== (item.key.path !== null)) return problems.unknownKey(item);
  if (item.values.some(({ closed }) => !closed)) return problems.unclosedQuote(item);
  if (item.key.path !== null && (!item.key.path.closed || item.key.path.text === "")) return problems.unknownKey(item);
  if (item.list?.nested) return problems.add(item, "Parentheses hold the values of one key; there are none within them.");
  if (item.list && !item.list.closed) return problems.insert(item, item.to, ")", { message: "A parenthesis is not closed.", label: "Close it" });
  if (item.values.length === 0 || item.values.some(({ text }) => text === "")) return problems.noValue(item, name);
  if (item.list?.lacksOr) return problems.lacksOr(item, name);
  if (name === "has") return hasParts(item, problems);
  if (name === "changed") return problems.add(item, "`changed:` names one field.");
  if (isNumberKey(name)) return compareParts(item, name, problems);
  const values: SearchValue[] = [];
  for (const word of item.values) {
    const value = valueFrom(name, word);
    if (typeof value === "string") return problems.badValue(item, { key: name, word, why: value });
    values.push(value);
  }
  const { negated, from, to } = item;
  const clause: Clause = name === "metadata" ? { is: "metadata", negated, path: item.key.path?.text ?? "", values } : { is: "key", negated, key: name, values };
  return [{ from, to, clause }];
}

const isNumberKey = (key: SearchKey): key is NumberKey => key === "duration" || key === "rows" || key === "seq";

/** The value, or why it is none. */
function valueFrom(key: KeyName | "metadata", { text, stars, quoted }: Word): SearchValue | "glob" | "mixed" | "implausible" {
  const glob = stars.length > 0;
  if (glob && (key === "metadata" || key === "tag")) return "glob";
  if (glob && stars.length < text.split("*").length - 1) return "mixed";
  const meant = quoted ? text : unquotedValue(key, text);
  return quoted || glob || isPlausible(key, meant) ? { text: meant, glob } : "implausible";
}

function hasParts(item: KeyItem, problems: Problems): Parts {
  const [word, ...more] = item.values;
  if (!word || more.length > 0) return problems.oneEach(item, "has");
  const part = keyInfo.has.values?.find(({ value }) => value === word.text.toLowerCase())?.value;
  if (part === undefined) return problems.badValue(item, { key: "has", word, why: "implausible" });
  return [{ from: item.from, to: item.to, clause: { is: "has", negated: item.negated, part: part as EventPart } }];
}

function compareParts(item: KeyItem, key: NumberKey, problems: Problems): Parts {
  const [word, ...more] = item.values;
  if (!word || more.length > 0) return problems.add(item, `\`${key}:\` compares with one number, such as \`${keyInfo[key].example}\`.`);
  const bounds = boundsOf(key, word.text);
  if (bounds === null) return problems.badValue(item, { key, word, why: "implausible" });
  if (item.negated && bounds.length > 1)
    return problems.add(item, `A range cannot be excluded. Search twice: below it with \`${key}:<\` and above it with \`${key}:>\`.`);
  // Two clauses stand side by side in the text, so that each part has its own place.
  const middle = bounds.length > 1 ? word.from : item.to;
  return bounds.map((bound, at) => ({
    from: at === 0 ? item.from : middle,
    to: at === 0 ? middle : item.to,
    clause: { is: "compare", negated: item.negated, key, ...bound },
  }));
}

function withinValues(clauses: Clause[], parts: Parts, problems: Problems): Clause[] {
  return clauses.map((clause) => {
    if (!("values" in clause) || clause.values.length <= searchValuesMax) return clause;
    const key = clause.is === "key" ? clause.key : `metadata.${clause.path}`;
    const place = parts.find((part) => identityOf(part.clause) === identityOf(clause));
    problems.add({ from: place?.from ?? 0, to: place?.to ?? 0 }, `\`${key}:\` may have ${searchValuesMax} values. The others are left out.`);
    return { ...clause, values: clause.values.slice(0, searchValuesMax) };
  });
}
