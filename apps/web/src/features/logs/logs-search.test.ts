import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSearch, printSearch, searchLengthMax } from "@daybook/query";
import { parseSearchText, printSearchText } from "../../shell/search-text.ts";
import { absoluteLink, relativeLink } from "./copy-link.ts";
import {
  addValue,
  densities,
  eventTabs,
  excludeValue,
  readLogsSearch,
  stackings,
  toFilter,
  withEvent,
  withList,
  withoutFilters,
  withRange,
  type LogsSearch,
} from "./logs-search.ts";
import { anyClauses } from "../../testing/any-clauses.ts";

const id = "01930000-0000-7000-8000-000000000420";
const instant = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }).map((date) => date.toISOString());
const anySearch = fc
  .record(
    {
      q: fc.oneof(anyClauses.map(printSearch), fc.string({ unit: "grapheme", maxLength: 60 })),
      range: fc.constantFrom("today", "7d", "14d"),
      from: instant,
      to: instant,
      tz: fc.constantFrom("utc", "mine"),
      by: fc.constantFrom(...stackings),
      density: fc.constantFrom(...densities),
      fold: fc.constant("0"),
      cols: fc.constantFrom("time,actor", "time,metadata.env"),
      view: fc.uuid(),
      case: fc.uuid(),
      event: fc.constant(id),
      tab: fc.constantFrom(...eventTabs),
    },
    { requiredKeys: [] },
  )
  .map((raw) => readLogsSearch(raw).search);
const reread = (search: LogsSearch) => readLogsSearch(parseSearchText(printSearchText({ ...search })));

test("whatever the screen can show comes back from its own address", () => {
  fc.assert(
    fc.property(anySearch, (search) => {
      expect(reread(search)).toEqual({ search, ignored: [] });
    }),
  );
});

test("any text at all as an address gives a search, never an error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { search } = readLogsSearch(parseSearchText(text));
      expect(reread(search).search).toEqual(search);
    }),
  );
});

test("equal states have equal addresses, whatever order they were built in", () => {
  const one = addValue(addValue(addValue({}, "status", "failed"), "actor", "alice@company.com"), "status", "success");
  const two = addValue(addValue(addValue({}, "status", "success"), "status", "failed"), "actor", "alice@company.com");
  expect(printSearchText({ ...one })).toBe(printSearchText({ ...two }));
  expect(one.q).toBe("status:(failed OR success) actor:alice@company.com");
});

test.each([
  ["is:failed", "status:failed"],
  ["action:Updated", "operation:updated"],
  ["verb:updated", "operation:updated"],
  ["action:(created OR updated)", "operation:(created OR updated)"],
  ["action:(updated OR database_shared)", "action:(database_shared OR updated)"],
  ["-action:viewed", "-operation:viewed"],
  ["user:alice@company.com TYPE:Database", "actor:alice@company.com resource_type:database"],
])("%s and %s are one address", (typed, canonical) => {
  expect(readLogsSearch({ q: typed }).search.q).toBe(canonical);
});

test("parameters of older links become part of the search, whatever stands in it", () => {
  expect(reread(readLogsSearch({ status: ["failed", "success"], action: "db_updated", operation_id: "op 1", import_id: id, q: "sales" }).search)).toEqual({
    search: { q: `action:db_updated status:(failed OR success) operation_id:"op 1" import:${id} sales` },
    ignored: [],
  });
  expect(readLogsSearch({ status: "failed", q: "foo:bar sales" }).search.q).toBe("foo:bar sales status:failed");
});

test.each([
  ["status=foo", "status=foo"],
  ["import_id=7", "import_id=7"],
  ["range=someday", "range=someday"],
  ["from=never", "from=never"],
  ["tz=mars", "tz=mars"],
  ["density=loose", "density=loose"],
  ["by=colour", "by=colour"],
  ["cols=a b", "cols=a b"],
  ["case=1", "case=1"],
  ["event=%3Cscript%3E", "event=<script>"],
  ["tab=details2&event=" + id, "tab=details2"],
  ["utm_source=mail", "utm_source=mail"],
  ["range=7d&from=2026-01-01T00:00:00Z", "range=7d"],
  ["from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "to=2026-01-01T00:00:00.000Z"],
])("%s is left out and named", (text, named) => {
  expect(readLogsSearch(parseSearchText(`?${text}&q=alice`))).toMatchObject({ search: { q: "alice" }, ignored: [named] });
});

test("a search that is too long is cut, and the cut is named", () => {
  const { search, ignored } = readLogsSearch({ q: "word ".repeat(searchLengthMax) });
  expect(search.q?.length).toBeLessThanOrEqual(searchLengthMax);
  expect(ignored).toEqual([expect.stringMatching(/^q=…/)]);
});

test("a part that is not understood stays in the text, and the server is asked for the rest", () => {
  const { search, ignored } = readLogsSearch({ q: "status:failed colour:red sales" });
  expect(search.q).toBe("status:failed colour:red sales");
  expect(ignored).toEqual([]);
  expect(toFilter(search, "UTC", 0)).toEqual({ q: "status:failed sales" });
});

test("the server is asked for the search and two instants, and for nothing else", () => {
  expect(toFilter({ q: "sales", from: "2026-01-01T00:00:00.000Z", event: id, density: "cosy", tz: "utc" }, "UTC", 0)).toEqual({
    q: "sales",
    from: "2026-01-01T00:00:00.000Z",
  });
});

test("the server is never asked what the language does not say", () => {
  fc.assert(
    fc.property(anySearch, (search) => {
      expect(parseSearch(toFilter(search, "UTC", 0).q ?? "").problems).toEqual([]);
    }),
  );
});

test("a value is added, left out and taken away again, and nothing is left behind", () => {
  const chosen = addValue({ range: "7d" }, "action", "database_updated");
  expect(chosen).toEqual({ range: "7d", q: "action:database_updated" });
  expect(excludeValue(chosen, "action", "database_updated")).toEqual({ range: "7d", q: "-action:database_updated" });
  expect(withList(chosen, "action", [])).toEqual({ range: "7d" });
  expect(withList(chosen, "action", ["a", "b"])).toEqual({ range: "7d", q: "action:(a OR b)" });
});

test("clearing keeps the range, the clock and the layout", () => {
  expect(withoutFilters({ q: "a", range: "7d", tz: "utc", cols: "time", event: id, tab: "raw" })).toEqual({ range: "7d", tz: "utc", cols: "time" });
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
    { range: "7d", q: "status:failed" },
    "Europe/Paris",
    Date.parse("2026-11-20T12:00:00Z"),
  );
  expect(link).toBe("https://daybook.test/o/acme/logs/activity?from=2026-11-13T23%3A00%3A00.000Z&q=status%3Afailed&to=2026-11-20T12%3A00%3A00.000Z");
});

test("a link to the plain log opens the plain log for everybody, and no view that theirs opens with", () => {
  const page = "https://daybook.test/o/acme/logs/activity";
  expect(absoluteLink(page, {}, "Europe/Paris", Date.parse("2026-11-20T12:00:00Z"))).toBe(`${page}?to=2026-11-20T12%3A00%3A00.000Z`);
  expect(relativeLink(page, {})).toBe(`${page}?view=none`);
  expect(relativeLink(page, { range: "7d" })).toBe(`${page}?range=7d`);
});
