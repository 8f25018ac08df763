import { describe, expect, test } from "vitest";
import { parseSmtpUrl, type TlsPolicy } from "./smtp-url.ts";

describe("a mail server's address", () => {
  test.each<[string, number, TlsPolicy]>([
    ["smtp://mail", 25, "opportunistic"],
    ["smtp://mail:1025", 1025, "opportunistic"],
    ["smtp://u:p@mail.example", 587, "required"],
    ["smtp://u:p@localhost:1025", 1025, "opportunistic"],
    ["smtp://u:p@127.0.0.1:1025", 1025, "opportunistic"],
    ["smtp://u:p@[::1]:1025", 1025, "opportunistic"],
    ["smtp://u:p@127.0.0.1.evil.example:25", 25, "required"],
    ["smtps://u:p@mail.example", 465, "implicit"],
    ["smtp://mail?tls=required", 25, "required"],
    ["smtp://u:p@mail?tls=off", 587, "off"],
  ])("%s means port %i, TLS %s", (url, port, tls) => {
    expect(parseSmtpUrl(url)).toMatchObject({ port, tls });
  });

  test("gives the parts as they were before encoding", () => {
    expect(parseSmtpUrl("smtp://bot%40acme.example:p%40ss%3Aw%2Frd@[::1]:25")).toMatchObject({
      host: "::1",
      credentials: { user: "bot@acme.example", pass: "p@ss:w/rd" },
    });
    expect(parseSmtpUrl("smtp://mail").credentials).toBeNull();
  });

  test.each([
    "http://u:sesame@mail.example",
    "mail.example:25",
    "smtp://",
    "smtp://u:sesame%zz@mail",
    "smtp://u:sesame@mail?tls=maybe",
    "smtp://u:sesame@mail?pool=true",
    "smtps://u:sesame@mail?tls=off",
    "smtp://u:sesame@mail:99999",
  ])("%s is refused in words that do not repeat the password", (url) => {
    const refusal = (): string => {
      try {
        parseSmtpUrl(url);
        return "accepted";
      } catch (error) {
        return error instanceof Error ? error.message : "no error";
      }
    };
    expect(refusal()).toMatch(/^SMTP_URL/);
    expect(refusal()).not.toContain("sesame");
  });
});
