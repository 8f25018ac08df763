import { seededRandom } from "@daybook/testkit";
import { expect, test } from "vitest";
import { isTokenText, makeToken } from "./token-text.ts";

const seed = 11;
const random = seededRandom(seed);
const bytes = () => Uint8Array.from({ length: 32 }, () => Math.floor(random() * 256));

test("what is made is recognised, and any one changed letter is not", () => {
  for (let run = 0; run < 200; run += 1) {
    const { token, shown } = makeToken(bytes());
    expect(token.startsWith(shown)).toBe(true);
    expect(token).toMatch(/^dbk_live_ws[0-9A-Za-z]{49}$/);
    expect(isTokenText(token)).toBe(true);
    const at = 11 + Math.floor(random() * 49);
    const other = token[at] === "a" ? "b" : "a";
    expect(isTokenText(token.slice(0, at) + other + token.slice(at + 1))).toBe(false);
  }
});

test("of 100,000 random texts of the right form none is taken for a token", () => {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let hits = 0;
  for (let run = 0; run < 100_000; run += 1) {
    let text = "dbk_live_ws";
    for (let at = 0; at < 49; at += 1) text += alphabet[Math.floor(random() * 62)];
    if (isTokenText(text)) hits += 1;
  }
  expect({ seed, hits }).toEqual({ seed, hits: 0 });
});
