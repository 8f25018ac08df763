import fc from "fast-check";
import { expect, test } from "vitest";
import { pathWithin } from "./path-within.ts";

test.each([
  ["/o/acme/logs/activity", "logs/activity"],
  ["/o/acme/logs/activity?q=status%3Afailed&range=7d", "logs/activity?q=status%3Afailed&range=7d"],
  ["/o/acme/events/1#raw", "events/1#raw"],
  ["/o/acme/logs/../members", "members"],
  ["/o/acme/", ""],
])("%s is a page of the organization", (path, within) => {
  expect(pathWithin(path, "acme")).toBe(within);
});

test.each([
  "",
  "/",
  "/o/acme",
  "/o/globex/logs/activity",
  "/o/acme-2/logs",
  "https://evil.example/o/acme/logs",
  "//evil.example/o/acme/",
  "/\\evil.example/o/acme/",
  "/o/acme/../globex/logs",
  "/o/acme/%2e%2e/globex/logs",
  "/o/acme/..\\..\\s/x",
  "javascript:alert(1)",
  "/sign-in?next=/o/acme/",
])("%s is not", (path) => {
  expect(pathWithin(path, "acme")).toBeNull();
});

test("whatever is asked for, what comes of it lies below the organization's own address, on the console's own origin", () => {
  const piece = fc.constantFrom("..", ".", "%2e%2e", "\\", "/", "//", "@", ":", "?", "#", "evil.example", "o", "acme", "globex", "\t", "\n", " ", "%2f", "%5c");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const within = pathWithin(`/o/acme/${pieces.join("")}`, "acme");
      if (within === null) return;
      const opened = new URL(`/o/acme/${within}`, "https://console.example");
      expect(opened.origin).toBe("https://console.example");
      expect(opened.pathname.startsWith("/o/acme/")).toBe(true);
    }),
  );
});
