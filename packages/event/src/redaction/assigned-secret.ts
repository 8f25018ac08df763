import { hidesNothing } from "./secret-value.ts";
import type { Span, TextRule } from "./text-rule.ts";
import { spansMax } from "./text-rule.ts";

/**
 * `password = '…'` and its kin in SQL, connection strings, URLs, JSON that was cut off, and commands. A pattern finds the name; the value is read
 * by hand, because a closing quote may be doubled, escaped, or missing where the text was cut.
 */
const assignedNames = [
  "passw(?:or)?d",
  "passphrase",
  "(?<![a-z])pwd",
  "(?<![a-z])secret",
  "(?:client|signing|webhook|app|shared)[_-]?secret",
  "secret[_-]?(?:access[_-]?)?key",
  "(?:api|private|account|master|shared[_-]?access)[_-]?key",
  "(?:access|refresh|id|auth|session|bearer|api|sas|security)[_-]?token",
  "aws_token",
  "(?<![a-z_-])token",
  "(?<![a-z_])credentials",
  "(?<=[?&;])sig(?:nature)?",
  "x-amz-signature",
].join("|");
const nameThenSign = new RegExp(`(${assignedNames})(?:\\\\{0,4}["'\`\\]])?(\\s{0,4}(?:=>|:=|==|=|:)\\s{0,4})`, "gi");

/**
 * SQL that names a secret without a sign: `PASSWORD 'x'`, `IDENTIFIED WITH p BY 'x'`, `SET PASSWORD FOR u = 'x'`, `PASSWORD('x')`. In prose stands
 * `the token 'ci'` for a name, so those words need a bracket or comma before them, or pairs behind them.
 */
const nameThenText =
  /(?:\bidentified\s{1,4}(?:with\s{1,4}[\w'"]{1,64}\s{1,4})?(?:by|as)\s{1,4}(?:password\s{1,4})?|\bset\s{1,4}password\s{1,4}for\s[^=]{1,200}=\s{0,4}(?:password\()?|\b(?:password|passwd|session_token|secret_access_key)\s{0,4}\(?\s{0,4}|[(,]\s{0,4}(?:token|secret)\s{1,4}|\bcredentials\s{1,4}(?='[^'=]{1,64}=))(?=')/gi;

/** A flag of a command. */
const nameThenWord = /(?<![\w-])--?(?:[a-z]{1,20}-)?(?:password|passwd|passphrase|secret|token|api-key|secret-key)\s{1,4}(?=[^\s-])/gi;

const opening = /\\{0,7}["'`]/y;
const word = /[^\s&;,'"`)\]}<>\\|]{1,4096}/y;
/** No value but the place of one: a parameter, a variable, a path, a call. */
const placeholder = /^(?:[$%:?{@/(]|\w{1,100}\(|\.{3})/;

const familyOfPasswords = /^pass|^pwd$/i;
const lettersAndDigits = /^(?=.{0,200}[a-z])(?=.{0,200}[\d!#$%^&*])/i;

export const assignedSecretRule: TextRule = {
  id: "text.assigned_secret",
  title: "Passwords and keys that a text assigns, as in SQL, URLs and connection strings",
  hit: "alter user bob set password = 'hunter2'",
  miss: "where password_hash is null and token_type = 'bearer'",
  find(text) {
    const spans: Span[] = [];
    search(nameThenSign, text, spans, (at, match) => {
      const quoted = quotedAt(text, at);
      if (quoted) return quoted;
      const sign = match[2] ?? "";
      const bare = wordAt(text, at);
      if (!bare) return null;
      if (sign === "=") return bare;
      // `Password: must be long` is prose, `password: h4nter2` is not.
      return familyOfPasswords.test(match[1] ?? "") && lettersAndDigits.test(text.slice(bare.start, bare.end)) ? bare : null;
    });
    search(nameThenText, text, spans, (at) => quotedAt(text, at));
    search(nameThenWord, text, spans, (at) => quotedAt(text, at) ?? wordAt(text, at));
    return spans.filter(({ start, end }) => !hidesNothing(text.slice(start, end)));
  },
};

/** Goes on behind each value, so that what stands in a quotation is read once. */
function search(pattern: RegExp, text: string, spans: Span[], valueAt: (at: number, match: RegExpExecArray) => Span | null): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null && spans.length < spansMax; match = pattern.exec(text)) {
    const span = valueAt(pattern.lastIndex, match);
    if (!span || span.end === span.start) continue;
    spans.push(span);
    pattern.lastIndex = span.end;
  }
}

function quotedAt(text: string, at: number): Span | null {
  opening.lastIndex = at;
  const quote = opening.exec(text)?.[0];
  if (quote === undefined) return null;
  const start = at + quote.length;
  return { start, end: endOfQuotation(text, start, quote) };
}

/** Where the quotation closes; the end of the text when it was cut. */
function endOfQuotation(text: string, start: number, quote: string): number {
  const sign = quote.slice(-1);
  const escapes = quote.length - 1;
  for (let at = text.indexOf(sign, start); at !== -1; at = text.indexOf(sign, at + 1)) {
    let slashes = 0;
    while (slashes <= maxEscapes && at - slashes > start && text[at - slashes - 1] === "\\") slashes += 1;
    if (slashes > escapes && slashes % 2 !== escapes % 2) continue;
    if (escapes === 0 && sign === "'" && text[at + 1] === "'") {
      at += 1;
      continue;
    }
    return at - Math.min(slashes, escapes);
  }
  return text.length;
}
const maxEscapes = 64;

function wordAt(text: string, at: number): Span | null {
  word.lastIndex = at;
  const found = word.exec(text)?.[0];
  return found === undefined || placeholder.test(found) ? null : { start: at, end: at + found.length };
}
