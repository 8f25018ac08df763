import type { Problem, Span } from "./clause.ts";
import { didYouMean } from "./did-you-mean.ts";
import { habits } from "./habits.ts";
import type { Told } from "./habits.ts";
import { keyInfo, keyOf, keyWords } from "./key-info.ts";
import type { SearchKey } from "./key-info.ts";
import type { NumberKey } from "./keys.ts";
import type { Item, KeyItem, Word } from "./lex.ts";
import { searchClausesMax, searchLengthMax, searchValuesMax } from "./limits.ts";
import { printClause } from "./print.ts";
import type { Finding } from "./read.ts";

/** What is asked by these words is asked beside the text. */
const timeWords: ReadonlySet<string> = new Set(
  "time date day when created created_at occurred occurred_at received received_at timestamp before after since until from to on at range last".split(" "),
);
/** A time with spaces in it: `date: last 7 days`. */
const spokenTime =
  /^-?\w+:\s*(?:today|yesterday|(?:last|past|this)\s+(?:\d{1,4}\s+)?(?:minute|hour|day|week|month|quarter|year)s?|\d{4}-\d\d-\d\d\S*)(?=\s|$)/i;
const exampleOf: Partial<Record<SearchKey, string>> = {
  duration: "A duration is a number with `ms`, `s`, `m` or `h`, such as `duration:>1s` or `duration:1s..5s`.",
  rows: "Rows are a whole number, such as `rows:>10000` or `rows:5..9`.",
  seq: "A sequence number is a whole number, such as `seq:>=5` or `seq:5..9`.",
};

/** The words for what is not understood of one text; each is given the part first. */
function wordsOf(text: string) {
  const mended = ({ from, to }: Span, by: string): string =>
    by === "" ? `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim() : `${text.slice(0, from)}${by}${text.slice(to)}`;
  const replace = (at: Span, message: string, { label, by }: { label: string; by: string }): Told => ({ message, fix: { label, text: mended(at, by) } });
  const cut = (at: Span, message: string, label: string): Told => replace(at, message, { label, by: "" });
  const insert = (at: number, by: string, { message, label }: { message: string; label: string }): Told =>
    replace({ from: at, to: at }, message, { label, by });
  const written = ({ from, to }: Span): string => text.slice(from, to);
  const quoted = (words: string): string => `"${words.replaceAll(/["\\]/g, "\\$&")}"`;
  /** `status: failed`: what stands behind the space, if it can be the value. */
  const spaceless = (item: Item, next: Item | undefined): string | null =>
    item.is === "key" && item.values.length === 0 && !item.list && next && !next.negated && (next.is === "word" || next.is === "group")
      ? `${written(item)}${written(next)}`
      : null;
  /** Who writes one key so has mostly written them all so. */
  const withoutSpaces = (items: readonly Item[]): string =>
    items.reduceRight((whole, item, at) => {
      const next = items[at + 1];
      const isGap = next && spaceless(item, next) !== null && item.is === "key" && keyOf(item.key.name) !== undefined;
      return isGap ? `${whole.slice(0, item.to)}${whole.slice(next.from)}` : whole;
    }, text);
  /** The values that are meant, each as it was written, where commas or words of other languages stand between them. */
  const valuesAmong = (words: readonly Word[]): string[] | null => {
    const values = words.flatMap((word) => (word.quoted ? [written(word)] : written(word).split(/[,;]+/).filter(Boolean)));
    if (values.some((value) => /^not$/i.test(value))) return null;
    const meant = values.filter((value) => !/^(?:and|or|&&|\|\|)$/i.test(value));
    return meant.length === 0 ? null : meant;
  };

  return {
    tooLong: (_item: Span): Told => ({ message: `A search may be ${searchLengthMax} characters long; this one has ${text.length}.` }),
    tooManyParts: (_item: Span): Told => ({ message: `A search may have ${searchClausesMax} parts. What follows is left out.` }),
    tooManyValues: (_item: Span, key: string): Told => ({ message: `\`${key}:\` may have ${searchValuesMax} values. The others are left out.` }),

    stray: (item: Item): Told => cut(item, "This parenthesis closes nothing.", "Remove it"),
    loneMinus: (item: Item): Told => cut(item, "A minus sign excludes what follows it, and nothing does.", "Remove it"),
    fitsAll: (item: Item): Told => cut(item, "This fits every event.", "Remove it"),
    starWithin: (item: Item, word: Word): Told =>
      replace(item, "Within a word an asterisk fits nothing: put it at an end, or search for both parts.", {
        label: "Search for each part",
        by: word.text
          .split("*")
          .filter(Boolean)
          .map((piece) => printClause({ is: "text", negated: item.negated, text: piece, anywhere: false }))
          .join(" "),
      }),

    changedNothing: (_item: Item): Told => ({ message: "`changed:` names a field, such as `changed:visibility`." }),
    changedSeveral: (_item: Item): Told => ({ message: "`changed:` names one field." }),
    changedAnything: (item: Item): Told =>
      replace(item, "Every change is found by `has:changes`.", { label: "Write `has:changes`", by: `${item.negated ? "-" : ""}has:changes` }),
    noArrow: (_item: Item, before: Word | null): Told =>
      before === null
        ? { message: 'After the field stand the values before and after, such as `"private"→"shared"`.' }
        : insert(before.from, "→", { message: "An arrow tells what was before from what was after.", label: "Changed to this value" }),
    bareArrow: (_item: Item): Told => ({ message: "The arrow has a value on neither side." }),

    nested: (_item: Item): Told => ({ message: "Parentheses hold the values of one key; there are none within them." }),
    unclosedList: (item: Item): Told => insert(item.to, ")", { message: "A parenthesis is not closed.", label: "Close it" }),
    oneNumber: (_item: Item, key: NumberKey): Told => ({ message: `\`${key}:\` compares with one number, such as \`${keyInfo[key].example}\`.` }),
    rangeExcluded: (_item: Item, key: NumberKey): Told => ({
      message: `A range cannot be excluded. Search twice: below it with \`${key}:<\` and above it with \`${key}:>\`.`,
    }),
    unclosedQuote: (item: Item): Told => insert(item.to, '"', { message: "A quotation mark is not closed.", label: "Close it" }),

    group(item: Extract<Item, { is: "group" }>): Told {
      const inner = text.slice(item.from + (item.negated ? 2 : 1), item.to - (item.closed ? 1 : 0)).trim();
      const message = "Parentheses hold the values of one key, such as `status:(failed OR success)`.";
      const key = sharedKey(inner);
      if (key) return replace(item, message, { label: `Write \`${key.text}\``, by: `${item.negated ? "-" : ""}${key.text}` });
      return item.negated || inner === "" || /\sOR\s/i.test(inner) ? { message } : replace(item, message, { label: "Remove the parentheses", by: inner });
    },

    or(here: Item, items: readonly Item[], at: number): Told {
      const [before, after] = [items[at - 1], items[at + 1]];
      if (!before || !after) return cut(here, "`OR` stands between two values of one key.", "Remove it");
      const span = { from: before.from, to: after.to };
      const key = sharedKey(written(span));
      if (key) return replace(span, "Values of one key that may each hold stand in parentheses.", { label: `Write \`${key.text}\``, by: key.text });
      return cut(
        here,
        "`OR` stands only between the values of one key. For either of two different things, search twice and save each search as a view.",
        "Ask for both at once",
      );
    },

    not(here: Item, items: readonly Item[], at: number): Told {
      const after = items[at + 1];
      if (!after) return cut(here, "Nothing follows `NOT`.", "Remove it");
      const span = { from: here.from, to: after.to };
      return replace(span, "A minus sign excludes what follows it.", { label: "Write a minus sign", by: `${after.negated ? "" : "-"}${written(after)}` });
    },

    unknownKey(item: KeyItem): Told {
      const { key, negated } = item;
      const name = written(key);
      const searched = { label: "Search for it as text", by: `${negated ? "-" : ""}${quoted(text.slice(key.from, item.to))}` };
      if (timeWords.has(key.name.toLowerCase()) && key.path === null) {
        const to = Math.max(item.to, item.from + (spokenTime.exec(text.slice(item.from))?.[0].length ?? 0));
        return cut({ from: item.from, to }, "Time is not part of the search text. Set the time range instead.", "Set the time range instead");
      }
      if (keyOf(key.name) === "metadata") return { message: "`metadata` is followed by the path of a value, such as `metadata.env:prod`." };
      const near = key.path === null ? didYouMean(key.name, keyWords()) : keyOfField(key.name, key.path.text);
      if (near !== undefined)
        return replace(item, `There is no key “${name}”. Did you mean \`${near}:\`?`, {
          label: `Write \`${near}:\``,
          by: `${negated ? "-" : ""}${near}${text.slice(key.to, item.to)}`,
        });
      return replace(item, `There is no key “${name}”.`, searched);
    },

    noValue(item: KeyItem, key: SearchKey, items: readonly Item[], at: number): Told {
      const joined = spaceless(item, items[at + 1]);
      if (joined !== null) {
        const fix = { label: `Write \`${joined}\``, text: withoutSpaces(items) };
        return { message: `Between \`${written(item.key)}:\` and its value stands no space.`, fix };
      }
      const { example, values } = keyInfo[key];
      const some = values?.slice(0, 4).map(({ value }) => `\`${value}\``);
      return { message: `\`${written(item.key)}:\` needs a value, such as ${some ? some.join(", ") : `\`${example}\``}.` };
    },

    lacksOr(item: KeyItem, key: SearchKey): Told {
      const message = "`OR` stands between the values.";
      const values = valuesAmong(item.values);
      if (values === null) return { message };
      return replace(item, message, {
        label: "Put `OR` between them",
        by: `${item.negated ? "-" : ""}${written(item.key) || key}:(${values.join(" OR ")})`,
      });
    },

    ...habits({ written, quoted, replace, valuesAmong }),

    oneEach(item: KeyItem, key: SearchKey): Told {
      const each = item.values.map((word) => `${item.negated ? "-" : ""}${key}:${written(word)}`).join(" ");
      return replace(item, `\`${key}:\` takes one value; several of them all hold.`, { label: `Write \`${each}\``, by: each });
    },

    exact: (_item: Item, words: readonly Word[]): Told => ({
      message:
        words.length === 1
          ? "Here an asterisk fits nothing; in quotation marks it stands for itself."
          : "Values of a change are compared whole; in quotation marks an asterisk stands for itself.",
    }),

    badValue(_item: KeyItem, { key, word, why }: { key: SearchKey; word: Word; why: "glob" | "mixed" | "implausible" }): Told {
      const asWritten = { label: "Take the asterisk as it is", by: quoted(word.text) };
      if (why === "glob") return replace(word, "Values of metadata are compared whole.", asWritten);
      if (why === "mixed") return replace(word, "In one value an asterisk either stands for itself or for anything.", asWritten);
      const example = exampleOf[key];
      if (example !== undefined) return { message: example };
      if (key === "ip")
        return {
          message: `“${word.text}” is no IP address and no network. Write \`ip:192.168.1.7\`, \`ip:192.168.1\`, \`ip:10.0.0.0/8\` or \`ip:2001:db8::/32\`.`,
        };
      const values = keyInfo[key].values ?? [];
      const near = didYouMean(
        word.text,
        values.map(({ value }) => value),
      );
      if (near !== undefined)
        return replace(word, `\`${key}:\` knows no “${word.text}”. Did you mean \`${near}\`?`, { label: `Write \`${key}:${near}\``, by: near });
      return { message: `\`${key}:\` knows no “${word.text}”. It knows ${values.map(({ value }) => `\`${value}\``).join(", ")}.` };
    },
  };
}
export type ProblemWords = ReturnType<typeof wordsOf>;

export function problemOf(text: string, { from, to, why, about }: Finding): Problem {
  // That the words of a finding fit what it is about is the type of `Finding`; the checker cannot follow it through the look-up.
  const say = wordsOf(text)[why] as (...about: readonly unknown[]) => Told;
  return { from, to, ...say(...about) };
}

/** A field as the API names it: `resource.type`, `context.ip`. */
function keyOfField(name: string, path: string): string | undefined {
  const wanted = keyOf(`${name}_${path}`) ?? keyOf(name) ?? keyOf(path);
  return wanted === "metadata" ? undefined : wanted;
}

/** `status:failed OR status:success` as one clause. */
function sharedKey(words: string): { text: string } | null {
  const parts = words.split(/\s+(?:or|\|\|)\s+/i);
  if (parts.length < 2) return null;
  const keys = parts.map((part) => /^([A-Za-z_]\w*):([^\s"()*]+)$/.exec(part));
  const [first] = keys;
  const key = first?.[1]?.toLowerCase();
  if (key === undefined || keyOf(key) === undefined || !keys.every((each) => each?.[1]?.toLowerCase() === key)) return null;
  return { text: `${key}:(${keys.map((each) => each?.[2]).join(" OR ")})` };
}
