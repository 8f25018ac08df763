import { hiddenText, maskedFields } from "@daybook/policy";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { fakeEvent } from "../../testing/fake-events.ts";
import { htmlInConsole } from "../../testing/in-console.tsx";
import { DetailsTab } from "../event/details-tab.tsx";
import { readLogsSearch, toFilter, withoutFilters } from "../logs/logs-search.ts";
import { fieldWords, hiddenInWords } from "./auditor-words.ts";
import { ScopeWords } from "./scope-words.tsx";

const event = fakeEvent(0, 1, Date.parse("2026-11-20T12:00:00Z"));

test("a hidden field says that it is hidden, and offers neither to filter by it nor to copy it", () => {
  const html = htmlInConsole(
    <DetailsTab
      event={{ ...event, actor: { type: "user", id: "u_kim", name: "Kim", email: hiddenText }, context: { ...event.context, ip: hiddenText } }}
      onFilter={() => {}}
    />,
  );
  expect(html).not.toContain(`>${hiddenText}<`);
  expect(html).toContain("e-mail hidden");
  expect(html).toContain("Hidden from you");
  expect(html).not.toContain("Copy ip address");
  expect(html).toContain("Include user u_kim");
});

test("every field that can be hidden has a name, also within a sentence", () => {
  for (const field of maskedFields) expect(fieldWords[field]).toMatch(/^[A-Z]/);
  expect(hiddenInWords(["actor.email", "context.ip", "description"])).toBe("e-mail addresses, IP addresses, the sender's sentence");
});

test("a grant says which events, of which time", () => {
  const html = renderToStaticMarkup(<ScopeWords scope="all events" eventsFrom="2026-01-01T12:00:00.000Z" eventsTo={null} />);
  expect(html).toContain("all events");
  expect(html).toContain("2026-01-01");
  expect(html).not.toContain("before");
});

test("whose eyes one looks through stays in the address, whatever else is cleared, and is no filter", () => {
  const as = "0193aaaa-0000-7000-8000-000000000009";
  const { search, ignored } = readLogsSearch({ as, q: "report" });
  expect(ignored).toEqual([]);
  expect(withoutFilters(search)).toEqual({ as });
  expect(toFilter(search, "UTC", 0)).toEqual({ q: "report" });
  expect(readLogsSearch({ as: "bob" })).toEqual({ search: {}, ignored: ["as=bob"] });
});
