import { expect } from "vitest";
import { htmlBytesMax, type RenderedMail } from "../render.ts";

/** A name that tries everything at once, and is long. */
export const hostile = `"><img src=x onerror=alert(1)><script>alert(2)</script>\r\nBcc: spy@evil.example\r\n\r\n\u202Egnp.exe ${"&<>'".repeat(100)}`;

/** What every mail keeps, whatever its data. */
export function expectSafe({ subject, html, text }: RenderedMail, origin: string): void {
  expect(subject).not.toMatch(/[\r\n\u2028\u2029]/);
  expect(text).not.toMatch(/^bcc:/im);
  expect(utf8Bytes(html)).toBeLessThanOrEqual(htmlBytesMax);
  // Nothing is fetched, nothing runs.
  const tags = html.match(/<[^>]*>/g) ?? [];
  const outside = tags.filter((tag) => /^<(img|script|link|iframe|object|svg|form|input|base)\b|\s(src|on\w+)=/i.test(tag.replace(/"[^"]*"/g, '""')));
  expect(outside).toEqual([]);
  expect(html).not.toMatch(/url\(|@import/i);
  expect(html).not.toMatch(/\u202e/);
  expect(html).toMatch(/<html[^>]* lang="en"/);
  expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
  expect(html).toContain("prefers-color-scheme:dark");
  expect(html.match(/<title>/g)).toHaveLength(1);
  for (const table of html.match(/<table[^>]*>/g) ?? []) expect(table).toContain('role="presentation"');
  for (const link of linksOf(html)) expect(link.startsWith(`${origin}/`), link).toBe(true);
}

/** Whoever reads the plain text misses no number and no link. */
export function expectSameFacts({ html, text }: RenderedMail): void {
  for (const link of linksOf(html)) expect(text).toContain(link);
  const known = new Set(numbersOf(text));
  for (const number of numbersOf(visibleText(html))) expect(known.has(number), `${number} is in the HTML only`).toBe(true);
}

const linksOf = (html: string): string[] => [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => unescape(href));

const numbersOf = (text: string): string[] => text.match(/\d+(?:[.,]\d+)*/g) ?? [];

const visibleText = (html: string): string => unescape(html.replace(/^.*<body[^>]*>/s, "").replace(/<[^>]*>/g, " "));

const unescape = (html: string): string =>
  html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");

const utf8Bytes = (text: string): number => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, "x").length;
