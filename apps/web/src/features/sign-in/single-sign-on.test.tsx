import { singleSignOnProblems } from "@daybook/policy";
import { afterEach, expect, test, vi } from "vitest";
import { domainsIn } from "../security/domains-in.ts";
import { findWays, startAddress } from "./find-ways.ts";
import { problemWords } from "./single-sign-on.tsx";

afterEach(() => vi.unstubAllGlobals());

test("each problem is a sentence, and what a link makes up is told in general words", () => {
  for (const [code, sentence] of Object.entries(singleSignOnProblems)) expect(problemWords(code)).toBe(sentence);
  for (const foreign of ["nonsense", "constructor", "<img src=x>"]) expect(problemWords(foreign)).toBe("The sign-in came to nothing. Begin again.");
});

test("the address of a start carries its organization and the way back, whatever is in them", () => {
  expect(startAddress("a&b=c", "/o/acme?x=1#y")).toBe("/api/auth/oidc/start?organization=a%26b%3Dc&next=%2Fo%2Facme%3Fx%3D1%23y");
});

test.each<[Response | Error, string]>([
  [Response.json({ kind: "none" }), "none"],
  [Response.json({ kind: "providers", ways: [{ name: "Okta", url: "/x" }] }), "providers"],
  [new Response("{}", { status: 429 }), "too_many"],
  [new Response("", { status: 503 }), "unreachable"],
  [new Response("<html>"), "unreachable"],
  [new TypeError("offline"), "unreachable"],
])("an answer of the server is one of a few kinds (%#)", async (answer, kind) => {
  vi.stubGlobal("fetch", () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)));
  expect((await findWays("a@example.com", "/")).kind).toBe(kind);
});

test("domains are read as people type them", () => {
  expect(domainsIn(" @Example.com, b.example;c.example\n\nd.example ")).toEqual(["example.com", "b.example", "c.example", "d.example"]);
  expect(domainsIn("  ")).toEqual([]);
});
