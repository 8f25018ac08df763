import type { Span } from "./clause.ts";
import { keyOf } from "./key-info.ts";
import type { SearchKey } from "./key-info.ts";
import { itemsOf, readWord } from "./lex.ts";
import type { Word } from "./lex.ts";
import { searchLengthMax } from "./limits.ts";

/** What stands under the caret, and what a suggestion would replace. */
export interface Completion {
  /** The whole word under the caret: a picked key or value takes its place. */
  span: Span;
  /** `key`: a bare word that may become a key. `text`: a word that can be nothing but text. */
  kind: "key" | "value" | "text";
  /** Of a value; undefined when its key is unknown. */
  key?: SearchKey;
  /** Of a value of metadata, or of a side of a change. */
  path?: string;
  /** What stands before the caret of it, without quotation marks. */
  typed: string;
  negated: boolean;
}

export function completionAt(text: string, caret: number): Completion {
  const at = Math.max(0, Math.min(caret, text.length));
  const nothing: Completion = { span: { from: at, to: at }, kind: "key", typed: "", negated: false };
  if (text.length > searchLengthMax) return nothing;
  const item = itemsOf(text).find(({ from, to, ...rest }) => from < at && (at <= to || (rest.is === "key" && rest.list?.closed === false)));
  if (!item) return nothing;
  const { negated } = item;
  const typedOf = ({ from }: Span, stop = ""): string => readWord(text.slice(0, at), from, stop).text;
  switch (item.is) {
    case "group":
    case "stray":
      return nothing;
    case "word": {
      const { from, to } = item.word;
      if (at < from) return { ...nothing, negated };
      const word = item.word.text;
      if (negated && at === from) return { span: { from, to }, kind: "key", typed: "", negated };
      if (word === "-" && !item.word.quoted) return { span: { from: to, to }, kind: "key", typed: "", negated: true };
      return { span: { from, to }, kind: !item.word.quoted && /^[A-Za-z_][\w.-]*$/.test(word) ? "key" : "text", typed: typedOf(item.word), negated };
    }
    case "changed": {
      if (at <= item.key.to) return ofKey();
      const { path, before, after } = item;
      if (at <= path.to) return { span: { from: path.from, to: path.to }, kind: "value", key: "changed", typed: typedOf(path, ":"), negated };
      const side = [before, after].find((word) => word && word.from <= at && at <= word.to);
      const span = side ? { from: side.from, to: side.to } : { from: at, to: at };
      return { span, kind: "value", key: "changed", path: path.text, typed: side ? typedOf(side, "→") : "", negated };
    }
    case "key": {
      if (at <= item.key.to) return ofKey();
      const word: Word | undefined = item.values.find(({ from, to }) => from <= at && at <= to);
      // The end of a closed list is the end of its values.
      if (word === undefined && item.list?.closed && at === item.to) return { ...nothing, negated: false };
      const span = word ? { from: word.from, to: word.to } : { from: at, to: at };
      const key = keyOf(item.key.name);
      return {
        span,
        kind: "value",
        ...(key && { key }),
        ...(item.key.path && { path: item.key.path.text }),
        typed: word ? typedOf(word, item.list ? ")" : "") : "",
        negated,
      };
    }
  }

  function ofKey(): Completion {
    const key = item && "key" in item ? item.key : { from: at, to: at };
    return { span: { from: key.from, to: key.to }, kind: "key", typed: text.slice(key.from, at), negated };
  }
}
