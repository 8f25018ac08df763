import { expect, test } from "vitest";
import { consoleLinks } from "./links.ts";

const links = consoleLinks({ origin: "https://daybook.acme.example", slug: "acme" });

test("a link leads to the console's page with the filter in its query, nothing of a value escapes from it, and an endless one is left out", () => {
  expect(links.logs()).toBe("https://daybook.acme.example/o/acme/logs/activity");
  expect(links.logs({ action: "a&b=c#d", from: "2026-11-15T23:00:00Z" })).toBe(
    "https://daybook.acme.example/o/acme/logs/activity?action=a%26b%3Dc%23d&from=2026-11-15T23:00:00Z",
  );
  expect(links.logs({ action: "x".repeat(201), actor: "u_1" })).toBe("https://daybook.acme.example/o/acme/logs/activity?actor=u_1");
  expect(links.event("../x")).toBe("https://daybook.acme.example/o/acme/events/..%2Fx");
  expect(consoleLinks({ origin: "http://localhost:4747", slug: "a/b" }).alerts()).toBe("http://localhost:4747/o/a%2Fb/alerts");
});

test.each(["javascript:alert(1)", "daybook.acme.example", "https://acme.example/", "https://a b", ""])("an origin such as %j makes no mail", (origin) => {
  expect(() => consoleLinks({ origin, slug: "acme" })).toThrow("origin");
});
