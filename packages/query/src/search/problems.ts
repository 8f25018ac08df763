import type { Problem, Span } from "./clause.ts";
import { didYouMean } from "./did-you-mean.ts";
import { keyInfo, keyOf, keyWords } from "./key-info.ts";
import type { SearchKey } from "./key-info.ts";
import type { Item, Word } from "./lex.ts";

type KeyItem = Extract<Item, { is: "key" }>;
type Nothing = never[];

/** What is asked by these words is asked beside the text. */
const timeWords: ReadonlySet<string> = new Set(
  "time date day when created created_at occurred occurred_at received received_at timestamp before after since until from to on at range last".split(" "),
);
const exampleOf: Partial<Record<SearchKey, string>> = {
  duration: "A duration is a number with `ms`, `s`, `m` or `h`, such as `duration:>1s` or `duration:1s..5s`.",
  rows: "Rows are a whole number, such as `rows:>10000` or `rows:5..9`.",
  seq: "A sequence number is a whole number, such as `seq:>=5` or `seq:5..9`.",
};

/** Collects problems of one text. Each way to add one returns no clauses, so that a reader can return what it returns. */
export function problemsOf(text: string) {
  const all: Problem[] = [];
  const mended = ({ from, to }: Span, by: string): string =>
    by === "" ? `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim() : `${text.slice(0, from)}${by}${text.slice(to)}`;

  function add({ from, to }: Span, message: string, fix?: { label: string; text: string }): Nothing {
    all.push({ from, to, message, ...(fix && { fix }) });
    return [];
  }
  const replace = (span: Span, message: string, { label, by, at = span }: { label: string; by: string; at?: Span }): Nothing =>
    add(span, message, { label, text: mended(at, by) });
  const cut = (span: Span, message: string, label: string): Nothing => replace(span, message, { label, by: "" });
  const insert = (span: Span, at: number, by: string, { message, label }: { message: string; label: string }): Nothing =>
    replace(span, message, { label, by, at: { from: at, to: at } });
  const written = ({ from, to }: Span): string => text.slice(from, to);
  const quoted = (words: string): string => `"${words.replaceAll(/["\\]/g, "\\$&")}"`;

  return {
    all,
    add,
    replace,
    cut,
    insert,

    unclosedQuote: (item: Item): Nothing => insert(item, item.to, '"', { message: "A quotation mark is not closed.", label: "Close it" }),

    group(item: Extract<Item, { is: "group" }>): Nothing {
      const inner = text.slice(item.from + (item.negated ? 2 : 1), item.to - (item.closed ? 1 : 0)).trim();
      const message = "Parentheses hold the values of one key, such as `status:(failed OR success)`.";
      const key = sharedKey(inner);
      if (key) return replace(item, message, { label: `Write \`${key.text}\``, by: `${item.negated ? "-" : ""}${key.text}` });
      return item.negated || inner === "" || /\sOR\s/.test(inner) ? add(item, message) : replace(item, message, { label: "Remove the parentheses", by: inner });
    },

    or(items: readonly Item[], at: number): Nothing {
      const [before, here, after] = [items[at - 1], items[at], items[at + 1]];
      if (!here) return [];
      if (!before || !after) return cut(here, "`OR` stands between two values of one key.", "Remove it");
      const span = { from: before.from, to: after.to };
      const key = sharedKey(written(span));
      if (key) return replace(here, "Values of one key that may each hold stand in parentheses.", { label: `Write \`${key.text}\``, by: key.text, at: span });
      return cut(
        here,
        "`OR` stands only between the values of one key. For either of two different things, search twice and save each search as a view.",
        "Ask for both at once",
      );
    },

    not(items: readonly Item[], at: number): Nothing {
      const [here, after] = [items[at], items[at + 1]];
      if (!here) return [];
      if (!after) return cut(here, "Nothing follows `NOT`.", "Remove it");
      const span = { from: here.from, to: after.to };
      return replace(here, "A minus sign excludes what follows it.", {
        label: "Write a minus sign",
        by: `${after.negated ? "" : "-"}${written(after)}`,
        at: span,
      });
    },

    unknownKey(item: KeyItem): Nothing {
      const { key, negated } = item;
      const name = written(key);
      const searched = { label: "Search for it as text", by: `${negated ? "-" : ""}${quoted(text.slice(key.from, item.to))}` };
      if (timeWords.has(key.name.toLowerCase()) && key.path === null)
        return cut(item, "Time is not part of the search text. Set the time range instead.", "Set the time range instead");
      if (keyOf(key.name) === "metadata") return add(item, "`metadata` is followed by the path of a value, such as `metadata.env:prod`.");
      const near = key.path === null ? didYouMean(key.name, keyWords()) : undefined;
      if (near !== undefined) {
        return replace(item, `There is no key “${name}”. Did you mean \`${near}:\`?`, { label: `Write \`${near}:\``, by: near, at: key });
      }
      return replace(item, `There is no key “${name}”.`, searched);
    },

    noValue(item: KeyItem, key: SearchKey): Nothing {
      const { example, values } = keyInfo[key];
      const some = values?.slice(0, 4).map(({ value }) => `\`${value}\``);
      return add(item, `\`${written(item.key)}:\` needs a value, such as ${some ? some.join(", ") : `\`${example}\``}.`);
    },

    lacksOr(item: KeyItem, key: SearchKey): Nothing {
      const values = item.values.map(written).join(" OR ");
      return replace(item, "`OR` stands between the values.", {
        label: "Put `OR` between them",
        by: `${item.negated ? "-" : ""}${written(item.key) || key}:(${values})`,
      });
    },

    oneEach(item: KeyItem, key: SearchKey): Nothing {
      const each = item.values.map((word) => `${item.negated ? "-" : ""}${key}:${written(word)}`).join(" ");
      return replace(item, `\`${key}:\` takes one value; several of them all hold.`, { label: `Write \`${each}\``, by: each });
    },

    exact: (item: Item, words: readonly Word[]): Nothing =>
      words.length === 1 || item.is !== "changed"
        ? add(item, "Here an asterisk fits nothing; in quotation marks it stands for itself.")
        : add(item, "Values of a change are compared whole; in quotation marks an asterisk stands for itself."),

    badValue(item: KeyItem, { key, word, why }: { key: SearchKey; word: Word; why: "glob" | "mixed" | "implausible" }): Nothing {
      const asWritten = { label: "Take the asterisk as it is", by: quoted(word.text), at: word };
      if (why === "glob") return replace(item, "Values of metadata are compared whole.", asWritten);
      if (why === "mixed") return replace(item, "In one value an asterisk either stands for itself or for anything.", asWritten);
      const example = exampleOf[key];
      if (example !== undefined) return add(item, example);
      if (key === "ip")
        return add(
          item,
          `“${word.text}” is no IP address and no network. Write \`ip:192.168.1.7\`, \`ip:192.168.1\`, \`ip:10.0.0.0/8\` or \`ip:2001:db8::/32\`.`,
        );
      const values = keyInfo[key].values ?? [];
      const near = didYouMean(
        word.text,
        values.map(({ value }) => value),
      );
      if (near !== undefined)
        return replace(item, `\`${key}:\` knows no “${word.text}”. Did you mean \`${near}\`?`, { label: `Write \`${key}:${near}\``, by: near, at: word });
      return add(item, `\`${key}:\` knows no “${word.text}”. It knows ${values.map(({ value }) => `\`${value}\``).join(", ")}.`);
    },
  };
}
export type Problems = ReturnType<typeof problemsOf>;

/** `status:failed OR status:success` as one clause. */
function sharedKey(words: string): { text: string } | null {
  const parts = words.split(/\s+OR\s+/);
  if (parts.length < 2) return null;
  const keys = parts.map((part) => /^([A-Za-z_]\w*):([^\s"()*]+)$/.exec(part));
  const [first] = keys;
  const key = first?.[1]?.toLowerCase();
  if (key === undefined || keyOf(key) === undefined || !keys.every((each) => each?.[1]?.toLowerCase() === key)) return null;
  return { text: `${key}:(${keys.map((each) => each?.[2]).join(" OR ")})` };
}
