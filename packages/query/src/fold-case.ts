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
