import { afterEach, expect, test, vi } from "vitest";
import { choose, preference } from "./preferences.ts";

const storage = (kept: Map<string, string>, refuses = false) => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => {
    if (refuses) throw new Error("forbidden");
    kept.set(key, value);
  },
  removeItem: (key: string) => kept.delete(key),
});
afterEach(() => vi.unstubAllGlobals());

test("what holds at first is not kept, what was chosen is, and what nobody knows is as if nothing were chosen", () => {
  const kept = new Map([["daybook.times", "moon"]]);
  vi.stubGlobal("localStorage", storage(kept));
  expect([preference("times"), preference("singleKeys"), preference("density")]).toEqual(["home", "on", "auto"]);
  choose("times", "utc");
  expect([preference("times"), kept.get("daybook.times")]).toEqual(["utc", "utc"]);
  choose("times", "home");
  expect([preference("times"), kept.has("daybook.times")]).toEqual(["home", false]);
});

test("where nothing may be kept, a choice lasts as long as the page", () => {
  vi.stubGlobal("localStorage", storage(new Map(), true));
  choose("density", "cosy");
  expect(preference("density")).toBe("cosy");
});
