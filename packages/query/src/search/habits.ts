import type { Span } from "./clause.ts";
import { keyOf } from "./key-info.ts";
import type { Item, KeyItem, Word, WordItem } from "./lex.ts";

/** A sentence, and what is offered with it. */
export interface Told {
  message: string;
  fix?: { label: string; /** The whole text, mended. */ text: string };
}

interface Tools {
  written: (at: Span) => string;
  quoted: (words: string) => string;
  replace: (at: Span, message: string, fix: { label: string; by: string }) => Told;
  valuesAmong: (words: readonly Word[]) => string[] | null;
}

const colonStands = "A colon stands between a key and its value, such as `status:failed` or `rows:>1000`. In quotation marks it is text.";
const doubleMarks = 'Quotation marks are double: `"orders table"`.';

/** The words for what other languages say in another way, with a text that says it in this one. */
export function habits({ written, quoted, replace, valuesAmong }: Tools) {
  const write = (at: Span, message: string, by: string): Told => replace(at, message, { label: `Write \`${by}\``, by });
  const colon = (negated: boolean, key: string, { sign, value }: { sign: string; value: string }): string =>
    `${negated !== (sign === "!=") ? "-" : ""}${key}:${/^[<>]/.test(sign) ? sign : ""}${value}`;

  /** `'orders table'`: up to the mark that closes it, or the word as it stands. */
  function singleMarks(item: Item, word: Word, items: readonly Item[], at: number): Told {
    const last = items.slice(at).find((each) => each.to > word.from + 1 && written(each).endsWith("'"));
    const raw = written({ from: word.from, to: last?.to ?? word.to });
    const span = { from: item.from, to: last?.to ?? item.to };
    return replace(span, doubleMarks, {
      label: "Write double ones",
      by: `${written({ from: item.from, to: word.from })}${quoted(last ? raw.slice(1, -1) : raw)}`,
    });
  }

  return {
    oddWord(item: WordItem, items: readonly Item[], at: number): Told {
      const { word, negated } = item;
      const raw = written(word);
      if (raw.startsWith("'")) return singleMarks(item, word, items, at);
      if (raw === "&&") return replace(item, "All parts hold anyway.", { label: "Remove it", by: "" });
      const [before, after] = [items[at - 1], items[at + 1]];
      if (/^[!<=>]+$/.test(raw)) {
        if (before?.is !== "word" || after?.is !== "word" || after.negated || keyOf(before.word.text) === undefined) return { message: colonStands };
        return write({ from: before.from, to: after.to }, colonStands, colon(before.negated, written(before.word), { sign: raw, value: written(after) }));
      }
      const [, sign = "", key = "", operator = "", value = ""] = /^([^\w\s]*)([A-Za-z_]\w*(?:\.[\w.]*\w)?)(!=|[<>]=?|=+|[:：])(.*)$/s.exec(raw) ?? [];
      if (key === "") return { message: colonStands };
      const excludes = /[!–—−]/.test(sign) || (sign === "" && negated) || (sign.startsWith("-") && negated);
      const by = colon(excludes, key, { sign: operator, value });
      if (/[!–—−]/.test(sign)) return write(item, "A minus sign excludes what follows it.", by);
      return write(item, sign === "" ? colonStands : "Before a key stands nothing but one minus sign.", by);
    },

    oddValue(item: KeyItem, word: Word, items: readonly Item[], at: number): Told {
      const raw = written(word);
      if (raw.startsWith("'")) return singleMarks(item, word, items, at);
      const asItIs = { label: "Take it as it is", by: quoted(word.text) };
      if (!word.text.slice(0, word.bare).includes(","))
        return replace(word, "Before a value stands no sign, except in `duration:`, `rows:` and `seq:`.", asItIs);
      const message = "A comma parts no values: `OR` stands between them, in parentheses. In quotation marks a comma stands for itself.";
      if (word.quoted) return replace(word, message, asItIs);
      const words = [...item.values];
      let { to } = item;
      for (const next of items.slice(at + 1)) {
        if (item.list || !written({ from: item.from, to }).endsWith(",") || next.is !== "word" || next.negated) break;
        words.push(next.word);
        to = next.to;
      }
      const values = valuesAmong(words);
      if (values === null) return { message };
      const some = values.length > 1 ? `(${values.join(" OR ")})` : values.join("");
      return write({ from: item.from, to }, message, `${written({ from: item.from, to: item.key.to })}:${some}`);
    },
  };
}
