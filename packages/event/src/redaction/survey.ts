/**
 * What a text must have before a rule is tried on it. Nearly all texts have too little, and one pass over their characters shows that: it is what
 * keeps the redaction of an ordinary event at two microseconds.
 */

/** `xoxb-` and ten more letters or digits are the shortest of all vendors' tokens. */
const shortestToken = 15;
const shortestCard = 13;

const inRun = 1;
const digit = 2;
const sign = 4;
const kinds = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const letter = String.fromCharCode(code);
  if (/[A-Za-z0-9_-]/.test(letter)) kinds[code] = inRun;
  if (/\d/.test(letter)) kinds[code] = inRun | digit;
  if (/[=:'"`>]/.test(letter)) kinds[code] = sign;
}

/** Letters and digits in a row, as every vendor's token has. */
export const hasRun = 1;
/** A sign that can stand between a name and its value, or around a value; `>` ends the name of an XML element. */
export const hasSign = 2;
/** As many digits as a card number has. */
export const hasDigits = 4;

export const hasSpace = 8;

/** The marks of a text, as bits. */
export function surveyText(text: string): number {
  let run = 0;
  let digits = 0;
  let marks = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (kinds[code] ?? 0) : 0;
    if (kind & inRun) {
      run += 1;
      if (run === shortestToken) marks |= hasRun;
      if (kind & digit) digits += 1;
    } else {
      run = 0;
      if (kind === sign) marks |= hasSign;
      else if (code <= 0x20) marks |= hasSpace;
    }
  }
  return digits >= shortestCard ? marks | hasDigits : marks;
}
