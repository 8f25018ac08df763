import { expect, test } from "vitest";
import { fakeEvents, rowOf } from "../../../testing/fake-events.ts";
import { barShare, tookMs } from "./columns/duration.tsx";
import { lateWords, sentenceOf, whatMore } from "./columns/sentence-words.ts";
import { countWords } from "./list-bar.tsx";
import { liveHint, liveWords, whyNotLive } from "../live/live-words.ts";

const [row] = fakeEvents(1, Date.parse("2026-11-20T12:00:00Z")).map(rowOf);
if (!row) throw new Error("There is one event.");
const alice = { type: "user" as const, name: "Alice Chen", email: "alice@company.com" };

test("who did it is not said twice, and never left out", () => {
  const description = "Alice Chen exported report Q2";
  expect(sentenceOf({ description, actor: alice }, true)).toBe("Exported report Q2");
  expect(sentenceOf({ description, actor: alice }, false)).toBe(description);
  expect(sentenceOf({ description: "alice@company.com signed in", actor: alice }, true)).toBe("Signed in");
  expect(sentenceOf({ description: "Alice Chens report was removed", actor: alice }, true)).toBe("Alice Chens report was removed");
});

test("a failure says why in sixty characters, a change which fields", () => {
  const why = whatMore({ error: { message: "x".repeat(90) }, changed_fields: ["title"] });
  expect(why).toBe(`${"x".repeat(60)}…`);
  expect(whatMore({ error: { code: "denied" }, changed_fields: [] })).toBe("denied");
  expect(whatMore({ error: null, changed_fields: ["a", "b"] })).toBe("a, b");
  expect(whatMore({ error: null, changed_fields: ["a", "b", "c", "d", "e", "f"] })).toBe("a, b, c, d and 2 more");
});

test("an event that came late says by how much; history that was handed in does not", () => {
  const late = (minutes: number, source = "api") =>
    lateWords({ occurred_at: "2026-11-20T12:00:00.000Z", received_at: new Date(Date.UTC(2026, 10, 20, 12, minutes)).toISOString(), source });
  expect(late(0.5)).toBeNull();
  expect(late(4)).toBe("late 4 min");
  expect(late(150)).toBe("late 2 h 30 m");
  expect(late(4, "import:github")).toBeNull();
  expect(late(4, "demo")).toBeNull();
  expect(late(60 * 24 * 30)).toBeNull();
});

test("a folded row took from its beginning to its end; another what it says of itself", () => {
  const begin = { ...row, occurred_at: "2026-11-20T11:55:48.000Z" };
  expect(tookMs({ ...row, occurred_at: "2026-11-20T12:00:00.000Z" }, [begin])).toBe(252_000);
  expect(tookMs({ ...row, duration_ms: 245 }, [])).toBe(245);
  const shares = [0, 100, 10_000, 3_600_000, 1e9].map(barShare);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(barShare(1e9)).toBe(1);
});

test("a count says no more than is known", () => {
  expect(countWords({ total: 1, exact: true })).toBe("1 event");
  expect(countWords({ total: 12_408, exact: true })).toBe("12,408 events");
  expect(countWords({ total: 12_408, exact: false })).toBe("10,000+ events");
  // The newest were counted, one by one: there are so many, and perhaps more.
  expect(countWords({ total: 812, exact: false })).toBe("812+ events");
});

test("following says its state, its pace, and why it cannot be", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");
  const live = { state: "live" as const, perSecond: 4, reason: null };
  expect(liveWords(live)).toBe("Live · 4/s");
  expect(liveWords({ ...live, state: "reconnecting" })).toBe("Reconnecting…");
  const reason = whyNotLive({ from: "2026-11-01T00:00:00.000Z", to: "2026-11-02T00:00:00.000Z" }, now);
  expect(reason).toContain("ends in the past");
  expect(liveWords({ ...live, reason })).toBe("Not live");
  expect(liveHint({ state: "live", wanted: true, reason })).toBe(reason);
  expect(liveWords({ ...live, state: "polling" })).toBe("Live (every 10 s)");
  expect(liveHint({ state: "polling", wanted: true, reason: null })).toContain("every 10 seconds");
  expect(whyNotLive({ range: "7d" }, now)).toBeNull();
  expect(whyNotLive({ as: "0193aaaa-0000-7000-8000-000000000009" }, now)).toContain("somebody else");
});
