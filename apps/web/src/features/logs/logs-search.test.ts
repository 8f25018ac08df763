import fc from "fast-check";
import { expect, test } from "vitest";
import { statuses } from "@daybook/event";
import { parseSearchText, printSearchText } from "../../shell/search-text.ts";
import {
  addValue,
  chipsOf,
  eventTabs,
  listFields,
  readLogsSearch,
  removeValue,
  toFilter,
  withEvent,
  withoutChip,
  withRange,
  type LogsSearch,
} from "./logs-search.ts";
import { absoluteLink } from "./use-absolute-link.ts";

const id = "01930000-0000-7000-8000-000000000420";
const value = fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" });
const values = fc.uniqueArray(value, { minLength: 1, maxLength: 4 });
const instant = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }).map((date) => date.toISOString());
const lists = Object.fromEntries(
  Object.keys(listFields).map((name) => [
    name,
    name === "status"
      ? fc.uniqueArray(fc.constantFrom(...statuses), { minLength: 1 })
      : name === "import_id"
        ? fc.uniqueArray(fc.uuid(), { minLength: 1 })
        : values,
  ]),
);
const anySearch = fc
  .record(
    {
      q: value,
      operation_id: value,
      range: fc.constantFrom("today", "7d", "14d"),
      from: instant,
      to: instant,
      event: fc.constant(id),
      tab: fc.constantFrom(...eventTabs),
      ...lists,
    },
    { requiredKeys: [] },
  )
  .map((raw) => readLogsSearch(raw).search);

test("whatever the screen can show comes back from its own URL", () => {
  fc.assert(
    fc.property(anySearch, (search) => {
      const read = readLogsSearch(parseSearchText(printSearchText({ ...search })));
      expect(read).toEqual({ search, ignored: [] });
    }),
  );
});

test("equal states have equal URLs, whatever order they were built in", () => {
  const one = addValue(addValue({}, "status", "failed"), "actor", "alice@company.com");
  const two = addValue(addValue({}, "actor", "alice@company.com"), "status", "failed");
  expect(printSearchText({ ...one })).toBe(printSearchText({ ...two }));
  expect(printSearchText({ ...addValue(addValue({}, "action", "b"), "action", "a") })).toBe("?action=a&action=b");
});

test.each([
  ["status=foo", "status=foo"],
  ["range=yesterday", "range=yesterday"],
  ["from=never", "from=never"],
  ["event=%3Cscript%3E", "event=<script>"],
  ["tab=details2&event=" + id, "tab=details2"],
  ["utm_source=mail", "utm_source=mail"],
  ["range=7d&from=2026-01-01T00:00:00Z", "range=7d"],
  ["from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "to=2026-01-01T00:00:00.000Z"],
])("%s is left out and named", (text, named) => {
  expect(readLogsSearch(parseSearchText(`?${text}&q=alice`))).toMatchObject({ search: { q: "alice" }, ignored: [named] });
});

test("any text at all as a URL gives a search, never an error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { search } = readLogsSearch(parseSearchText(text));
      expect(readLogsSearch(parseSearchText(printSearchText({ ...search }))).search).toEqual(search);
    }),
  );
});

test("each parameter fills its field of the filter", () => {
  const search: LogsSearch = {
    q: "sales",
    status: ["failed"],
    resource_type: ["database"],
    actor_type: ["api_key"],
    operation_id: "op_1",
    from: "2026-01-01T00:00:00.000Z",
    event: id,
  };
  expect(toFilter(search, "UTC", 0)).toEqual({
    q: "sales",
    status: ["failed"],
    resourceType: ["database"],
    actorType: ["api_key"],
    operationId: "op_1",
    from: "2026-01-01T00:00:00.000Z",
  });
});

test("every chip can be taken away, and taking all away leaves no filter", () => {
  fc.assert(
    fc.property(anySearch, (search) => {
      const bare = chipsOf(search).reduce(withoutChip, search);
      expect(chipsOf(bare)).toEqual([]);
      expect(bare.event).toBe(search.event);
    }),
  );
});

test("removing the last value of a list removes the list", () => {
  expect(removeValue({ action: ["a"] }, "action", "a")).toEqual({});
});

test("closing the event forgets its tab", () => {
  expect(withEvent({ q: "a", event: id, tab: "raw" }, undefined)).toEqual({ q: "a" });
});

test("a new range replaces the old one whole", () => {
  expect(withRange({ range: "7d", q: "a" }, { from: "2026-01-01T00:00:00.000Z" })).toEqual({ q: "a", from: "2026-01-01T00:00:00.000Z" });
});

test('a copied link holds the two instants that "last 7 days" stood for', () => {
  const link = absoluteLink(
    "https://daybook.test/o/acme/logs/activity",
    { range: "7d", status: ["failed"] },
    "Europe/Paris",
    Date.parse("2026-11-20T12:00:00Z"),
  );
  expect(link).toBe("https://daybook.test/o/acme/logs/activity?from=2026-11-13T23%3A00%3A00.000Z&status=failed&to=2026-11-20T12%3A00%3A00.000Z");
});
