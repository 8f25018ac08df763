import type { Span, TextRule } from "./text-rule.ts";
import { spansMax } from "./text-rule.ts";

/**
 * Payment card numbers: digits of an issuer's range, of its length, with a true Luhn checksum. One random number in ten has the checksum, so the
 * ranges and the lengths in use carry the rest: 16 digits without separators are taken for a card once in 40 random ones.
 */
const issuers: readonly { range: RegExp; lengths: readonly number[] }[] = [
  { range: /^4/, lengths: [16] },
  { range: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { range: /^3[47]/, lengths: [15] },
  { range: /^(?:6011|65|64[4-9])/, lengths: [16] },
  { range: /^(?:36|38|30[0-5])/, lengths: [14] },
  { range: /^35(?:2[89]|[3-8])/, lengths: [16] },
  { range: /^62/, lengths: [16, 19] },
];

/** Printed in groups, nobody means an id: the lengths that are rare on their own count as well. */
const rareGrouped: readonly { range: RegExp; lengths: readonly number[] }[] = [
  { range: /^4/, lengths: [13, 19] },
  { range: /^(?:5[0678]|6)/, lengths: [16, 17, 18, 19] },
];

export function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, "");
  const known = digits.length === text.length ? issuers : [...issuers, ...rareGrouped];
  return known.some(({ range, lengths }) => lengths.includes(digits.length) && range.test(digits)) && luhn(digits);
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const weighed = at % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** Ids, versions and times are long numbers as well, and some have a checksum. */
const idKeys = /(?:ids?|guid|seq|sequence|offset|etag|hash|key|time|timestamp|version|arn|number_of_\w{1,40}|_[nmu]s|nanos(?:econds)?|micros(?:econds)?)$/i;
/** Businesses number their papers as banks number cards. An account number is not among them: a card's is called that as well. */
const paperKeys = /(?:order|invoice|tracking|shipment|parcel|ticket|receipt|booking|reservation|serial|reference|snapshot)(?:[_-]?(?:no|nr|num|number|ref))?$/i;
export const namesAnId = (key: string): boolean => idKeys.test(key) || paperKeys.test(key);

const groupsOrDigits = /(?<![\w.-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5}|\d{13,19})(?![\w-]|\.\d)/g;

export const cardNumberRule: TextRule = {
  id: "text.card_number",
  title: "Payment card numbers",
  hit: "charged 4111 1111 1111 1111",
  miss: "order 4111111111111112",
  find: (text) => {
    const spans: Span[] = [];
    groupsOrDigits.lastIndex = 0;
    for (let match = groupsOrDigits.exec(text); match !== null && spans.length < spansMax; match = groupsOrDigits.exec(text)) {
      if (isCardNumber(match[0])) spans.push({ start: match.index, end: match.index + match[0].length });
      // Four digits in front may be something else: look again behind the first of them.
      else groupsOrDigits.lastIndex = match.index + 1;
    }
    return spans;
  },
};
