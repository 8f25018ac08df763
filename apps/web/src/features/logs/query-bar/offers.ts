import { completionAt, keyInfo, printValue, searchKeys, suggestKey, type Completion, type SearchKey } from "@daybook/query";
import { plural } from "../../../ui/numbers.ts";

export interface Offer {
  id: string;
  group: string;
  title: string;
  detail?: string;
  /** What takes the place of the text from `from` to `to`. */
  insert: string;
  from: number;
  to: number;
  /** A whole clause: picking it runs the search. */
  runs: boolean;
}

export interface Observed {
  value: string;
  label: string;
  count: number;
  hint?: string | undefined;
}

const keysMax = 12;
const valuesMax = 20;

/** What could stand at the caret: first what the typed text looks like, then keys or values of the vocabulary, then values that were seen. */
export function offersAt(text: string, caret: number, { observed, exact }: { observed: readonly Observed[]; exact: boolean }): Offer[] {
  const completion = completionAt(text, caret);
  const { kind, typed, key } = completion;
  if (kind === "value") return key === undefined ? [] : valueOffers(text, completion, { key, observed, exact });
  return [...pastedOffers(text, completion), ...(typed.includes(":") ? [] : keyOffers(text, completion))];
}

export const historyOffers = (texts: readonly string[], text: string): Offer[] =>
  texts.map((each) => ({ id: `recent ${each}`, group: "Recent searches", title: each, insert: each, from: 0, to: text.length, runs: true }));

function pastedOffers(text: string, { span, negated }: Completion): Offer[] {
  const found = suggestKey(text.slice(span.from, span.to));
  if (!found) return [];
  const insert = withSpace(found.text, text, span.to);
  return [
    {
      id: `pasted ${found.key}`,
      group: negated ? "Leave out" : "Looks like",
      title: found.text,
      detail: keyInfo[found.key].title,
      insert,
      ...span,
      runs: true,
    },
  ];
}

function keyOffers(text: string, { typed, span, negated }: Completion): Offer[] {
  const word = typed.toLowerCase();
  const begins = (key: SearchKey) => [key, ...keyInfo[key].aliases, ...keyInfo[key].title.toLowerCase().split(" ")].some((each) => each.startsWith(word));
  const hasColon = text[span.to] === ":";
  return searchKeys
    .filter((key) => begins(key))
    .slice(0, keysMax)
    .map((key) => {
      const stop = key === "metadata" ? "." : ":";
      return {
        id: `key ${key}`,
        group: negated ? "Leave out by" : "Keys",
        title: `${key}${stop}`,
        detail: `${keyInfo[key].title} · ${keyInfo[key].example}`,
        insert: `${key}${hasColon ? "" : stop}`,
        ...span,
        runs: false,
      };
    });
}

interface Values {
  key: SearchKey;
  observed: readonly Observed[];
  exact: boolean;
}

function valueOffers(text: string, { typed, span }: Completion, { key, observed, exact }: Values): Offer[] {
  const word = typed.toLowerCase();
  const group = keyInfo[key].title;
  const counts = new Map(observed.map(({ value, count }) => [value, count] as const));
  const known = (keyInfo[key].values ?? []).filter(
    ({ value, title }) =>
      value.startsWith(word) ||
      title
        .toLowerCase()
        .split(" ")
        .some((each) => each.startsWith(word)),
  );
  const listed = new Set(known.map(({ value }) => value));
  const seen = observed.filter(({ value }) => !listed.has(value));
  const events = (count: number | undefined) => (count === undefined ? undefined : `${exact ? "" : "≈"}${plural(count, "event")}`);
  const offer = (value: string, title: string, detail: string | undefined): Offer => ({
    id: `value ${value}`,
    group,
    title,
    ...(detail !== undefined && { detail }),
    insert: withSpace(printValue(key, { text: value, glob: false }), text, span.to),
    ...span,
    runs: true,
  });
  return [
    ...known.map(({ value, title }) => offer(value, value, [title === value ? undefined : title, events(counts.get(value))].filter(Boolean).join(" · "))),
    ...seen.map(({ value, label, count, hint }) =>
      offer(value, value, [label === value ? undefined : label, hint === value ? undefined : hint, events(count)].filter(Boolean).join(" · ")),
    ),
    ...globOffers(text, { typed, span }, key),
  ].slice(0, valuesMax);
}

const globbed = new Set<SearchKey>(["action", "namespace", "actor", "resource", "team", "source", "error", "operation_id", "session", "request", "tag"]);

function globOffers(text: string, { typed, span }: Pick<Completion, "typed" | "span">, key: SearchKey): Offer[] {
  if (!globbed.has(key) || typed === "" || /["*()]/.test(typed)) return [];
  const glob = printValue(key, { text: `${typed}*`, glob: true });
  return [{ id: "glob", group: keyInfo[key].title, title: glob, detail: "Begins with", insert: withSpace(glob, text, span.to), ...span, runs: true }];
}

/** Typing goes on behind a space, unless there is one, or a list that the value stands in. */
const withSpace = (insert: string, text: string, to: number): string => (/^[\s)]/.test(text.slice(to)) ? insert : `${insert} `);
