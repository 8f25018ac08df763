/** How search parameters stand in the URL: plain text, a list as a repeated key, keys and values sorted, so that equal states have equal URLs. */

export type RawSearch = Record<string, string | string[]>;

export function parseSearchText(text: string): RawSearch {
  const search: RawSearch = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const known = search[key];
    if (known === undefined) search[key] = value;
    else if (Array.isArray(known)) known.push(value);
    else search[key] = [known, value];
  }
  return search;
}

/** Parameters are texts and lists of texts; whatever else a caller puts in has no place in an address. */
export function printSearchText(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const key of Object.keys(search).sort(byCodeUnit)) {
    for (const value of textsOf(search[key]).sort(byCodeUnit)) params.append(key, value);
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string" && each !== "");

/** Not by locale: an address must not depend on who wrote it. */
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
