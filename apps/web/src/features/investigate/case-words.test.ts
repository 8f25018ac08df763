import { expect, test } from "vitest";
import { fakeCase } from "../../testing/fake-investigations.ts";
import { filterOf } from "./case-steps.tsx";
import { countText, isPinned, subjectOf } from "./case-words.ts";

test("a count that was broken off says that there are more", () => {
  expect(countText({ count: 10_000, capped: true })).toBe("10,000+");
  expect(countText({ count: 0, capped: false })).toBe("0");
});

test("a pin is known whether its event is visible or not", () => {
  const [entry] = fakeCase.timeline;
  if (entry?.kind !== "event") throw new Error("the fake timeline begins with an event");
  expect(isPinned(fakeCase, entry.event.id)).toBe(true);
  expect(isPinned(fakeCase, fakeCase.unseen[0]?.eventId ?? "")).toBe(true);
  expect(isPinned(fakeCase, "0193dddd-0000-7000-8000-00000000ffff")).toBe(false);
});

test("a resource goes by its name, a person by an id with the name beside it", () => {
  expect(subjectOf("resource", { value: "rep_1", label: "Payroll" })).toEqual({ value: "Payroll" });
  expect(subjectOf("actor", { value: "usr_9", label: "Tomasz" })).toEqual({ value: "usr_9", label: "Tomasz" });
  expect(subjectOf("actor", { value: "a@b.example", label: "a@b.example" })).toEqual({ value: "a@b.example" });
});

test("an open end of a case's time is left out of what is asked", () => {
  expect(filterOf({ from: null, to: null })).toEqual({});
  expect(filterOf({ from: "2026-11-01T00:00:00.000Z", to: null })).toEqual({ from: "2026-11-01T00:00:00.000Z" });
});
