/** What stands where a text was hidden from its reader; it stays in the log. */
export const hiddenText = "[HIDDEN]";

export type Scrub = (text: string) => string;

/** Takes addresses out of any text: they stand in sentences, names and payloads as well as in their own fields. */
export function scrubberOf({ emails, addresses }: { emails: boolean; addresses: "full" | "cut" | "hidden" }): Scrub {
  return (text) => {
    const withoutEmails = emails && text.includes("@") ? text.replace(word, (each) => (each.includes("@") ? hiddenText : each)) : text;
    if (addresses === "full") return withoutEmails;
    return withoutEmails.replace(addressRun, (run) => (holdsAddress(run) ? (addresses === "hidden" ? hiddenText : cutAddress(run)) : run));
  };
}

/** The whitespace is that of the shapes of the query package, by which the same words are kept out of searches. */
const word = /[^ \t\n\r]+/g;
const addressRun = /(?<![\w.:])[0-9a-f.:]{3,}(?!\w)/gi;
const fourBytes = /(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}/;
/** A time has two colons; an address of version 6 has more or leaves something out. */
const groups = /::|(?:[0-9a-f]*:){5}/i;

const holdsAddress = (run: string): boolean => fourBytes.test(run) || (groups.test(run) && /[0-9a-f]/i.test(run));

/**
 * Whether a piece of a text, of which nothing else is known, could overlap an address that is hidden there: a run of its letters that reaches an end of the
 * piece may go on outside. A run is preceded by no word character, dot or colon, and followed by no word character.
 */
export function mayMeetAddress(piece: string): boolean {
  if (piece === "") return false;
  const [begin = ""] = /^[0-9a-f.:]*/i.exec(piece) ?? [];
  if (/^.+[^\w]/s.test(piece.slice(0, begin.length + 1))) return true;
  const [end = ""] = /[0-9a-f.:]*$/i.exec(piece) ?? [];
  return end !== "" && !/\w/.test(piece.charAt(piece.length - end.length - 1));
}

/** An address without the part that tells one machine or household from the next; what does not read as an address is hidden whole. */
export function cutAddress(address: string): string {
  if (isCut.test(address)) return address;
  const four = fourBytes.exec(address);
  if (four) return `${four[1]}.${four[2]}.${four[3]}.…`;
  if (!groups.test(address) || !/^[0-9a-f:]+$/i.test(address)) return hiddenText;
  const [first = "", second = ""] = address.split(":");
  return first === "" ? hiddenText : `${first}:${second || "0"}:…`;
}

const isCut = /^(?:(?:\d{1,3}\.){3}|[0-9a-f]{1,4}:[0-9a-f]{1,4}:)…$/i;
