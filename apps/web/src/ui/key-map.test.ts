import { expect, test } from "vitest";
import { entriesOf, keyAreas, type KeyArea } from "./key-map.ts";

const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*", "!./use-keys.ts"], { query: "?raw", import: "default", eager: true });

/** The keys of every `useKeys("area", { … })` of the source, as "area key". */
const bound = Object.values(sources).flatMap((source) =>
  [...source.matchAll(/useKeys\("(\w+)", \{/g)].flatMap(({ 1: area = "", 0: call, index }) =>
    keysOf(source.slice(index + call.length)).map((key) => `${area} ${key}`),
  ),
);
const listed = (take: (entry: ReturnType<typeof entriesOf>[number]) => boolean) =>
  keyAreas.flatMap((area: KeyArea) =>
    entriesOf(area)
      .filter(take)
      .flatMap(({ on }) => on.map((key) => `${area} ${key}`)),
  );

/** The names of an object's own properties, from its text behind the opening brace. */
function keysOf(text: string): string[] {
  const keys: string[] = [];
  let [depth, isName] = [1, true];
  for (let at = 0; at < text.length && depth > 0; at += 1) {
    const name = isName && depth === 1 ? /^\s*(?:"([^"]+)"|(\w+)):/.exec(text.slice(at)) : null;
    const letter = text.charAt(at);
    if (name) keys.push(name[1] ?? name[2] ?? "");
    if (name) at += name[0].length - 1;
    else if ("([{".includes(letter)) depth += 1;
    else if (")]}".includes(letter)) depth -= 1;
    isName = !name && depth === 1 && letter === ",";
  }
  return keys;
}

test("every key that the sheet lists has a handler on a page, and every handler stands in the sheet", () => {
  expect(bound.length).toBeGreaterThan(30);
  expect([...new Set(bound)].toSorted()).toEqual(listed(({ isLocal }) => !isLocal).toSorted());
});

test("no key has two meanings in one place", () => {
  const all = listed(() => true);
  expect(all.filter((key, at) => all.indexOf(key) !== at)).toEqual([]);
});
