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
  "secret_key_base",
  "secret_string",
  "(?:api|private|account|master|shared[_-]?access)[_-]?key",
  "(?:access|refresh|id|auth|session|bearer|api|sas|security)[_-]?token",
  "(?:aws|github|gitlab|slack|bot|npm|reset|verification|invite)_token",
  "(?<![a-z])(?:db|database|redis|mysql|pg|postgres|mongo|smtp|mail|ftp|root|admin|user)_pass",
  "(?<=[?&])pass",
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
  /(?:\bset\s{1,4}password\s{1,4}for\s[^=]{1,200}=\s{0,4}(?:password\()?(?=['"])|(?:\bidentified\s{1,4}(?:with\s{1,4}[\w'"]{1,64}\s{1,4})?(?:by|as)\s{1,4}(?:password\s{1,4})?|(?<![\w'"])(?:password|passwd|session_token|secret_access_key)\s{0,4}\(?\s{0,4}|[(,]\s{0,4}(?:token|secret)\s{1,4}|\bcredentials\s{1,4}(?='[^'=]{1,64}=))(?=[en]?'))/gi;

/** Oracle's passwords are names, in double quotation marks or none. So are a sentence's, so it has to be a statement about a user. */
const nameThenName = /\bidentified\s{1,4}(?:with\s{1,4}[\w'"]{1,64}\s{1,4})?by\s{1,4}(?=[\w"])/gi;
const aboutUser = /\b(?:create|alter|replace)\s{1,8}(?:user|role|if|database)\b|\bgrant\s/i;

const secretFlag = "--?(?:[a-z]{1,20}-)?(?:password|passwd|passphrase|secret|token|api-key|secret-key)";
/** A flag of a command. */
const nameThenWord = new RegExp(`(?<![\\w-])${secretFlag}(?:\\s{1,4}|=)(?=[^\\s-])`, "gi");
const wholeFlag = new RegExp(`^${secretFlag}$`, "i");
/** Whether the next word of a command, as a list of words, is a secret. */
export const isSecretFlag = (word: string): boolean => word.length <= 64 && wholeFlag.test(word);

/** An element of XML, with or without a name space. */
const nameThenContent =
  /<(?:\w{1,32}:)?\w{0,32}(?:password|passwd|passphrase|clientsecret|secretkey|accesstoken|apikey)(?:\s[^<>]{0,256}(?<!\/))?>(?=[^<\s])/gi;
const content = /[^<]{1,4096}/y;

/** A literal of SQL or Python may have a letter before it. */
const opening = /(?:[nebur]{1,2}(?=["']))?(\\{0,7}["'`])/iy;
/** ODBC puts braces around a value that has a semicolon in it. */
const braces = /\{(?!\{)[^{}]{1,256}(?=\})/y;
const word = /[^\s&;,'"`)\]}<>\\|]{1,4096}/y;
/** No value but the place of one: a parameter, a variable, a path, a call. */
const placeholder = /[$%:?{@/(]|\w{1,100}\(|\.{3}/y;

const familyOfPasswords = /^pass|^pwd$/i;
/** No name and no sentence: letters and digits without a break. */
const looksRandom = /^(?=(?:\D{0,200}\d){2})(?=.{0,200}[a-z])[a-z\d+=~]{16,}$/i;
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
      const bare = wordAt(text, at) ?? (sign === "=" ? inBraces(text, at) : null);
      if (!bare) return null;
      if (sign === "=") return bare;
      // `Password: must be long` is prose, `password: h4nter2` is not.
      const looks = familyOfPasswords.test(match[1] ?? "") ? lettersAndDigits : looksRandom;
      return looks.test(text.slice(bare.start, bare.end)) ? bare : null;
    });
    search(nameThenText, text, spans, (at) => quotedAt(text, at));
    if (aboutUser.test(text)) search(nameThenName, text, spans, (at) => quotedAt(text, at) ?? passwordLike(text, wordAt(text, at)));
    search(nameThenWord, text, spans, (at) => quotedAt(text, at) ?? wordAt(text, at));
    search(nameThenContent, text, spans, (at) => matchedBy(content, text, at));
    return spans;
  },
};

/** Goes on behind each value, so that what stands in a quotation is read once. */
function search(pattern: RegExp, text: string, spans: Span[], valueAt: (at: number, match: RegExpExecArray) => Span | null): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null && spans.length < spansMax; match = pattern.exec(text)) {
    const span = valueAt(pattern.lastIndex, match);
    if (!span || span.end === span.start) continue;
    if (!hidesNothing(text.slice(span.start, span.end))) spans.push(span);
    pattern.lastIndex = span.end;
  }
}

function quotedAt(text: string, at: number): Span | null {
  opening.lastIndex = at;
  const [whole, quote] = opening.exec(text) ?? [];
  if (whole === undefined || quote === undefined) return null;
  const start = at + whole.length;
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

function matchedBy(pattern: RegExp, text: string, at: number): Span | null {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  return found === undefined ? null : { start: at, end: at + found.length };
}

/** `password={PASSWORD}` is the place of one. */
function inBraces(text: string, at: number): Span | null {
  const found = matchedBy(braces, text, at);
  return found && passwordLike(text, { start: found.start + 1, end: found.end });
}

const passwordLike = (text: string, span: Span | null): Span | null => (span && lettersAndDigits.test(text.slice(span.start, span.end)) ? span : null);

function wordAt(text: string, at: number): Span | null {
  return matchedBy(placeholder, text, at) ? null : matchedBy(word, text, at);
}
