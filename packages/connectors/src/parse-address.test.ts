import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAddress } from "./parse-address.ts";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["203.0.113.7:50312", "203.0.113.7"],
  [" 203.0.113.7", "203.0.113.7"],
  ["253.252.51.07", "253.252.51.7"],
  ["035.249.253.232", "35.249.253.232"],
  ["2001:DB8::1", "2001:db8::1"],
  ["[2001:db8::1]:443", "2001:db8::1"],
  ["[2001:db8::1]", "2001:db8::1"],
  ["fe80::1%eth0", "fe80::1"],
  ["::", "::"],
  ["::1", "::1"],
  ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
  ["64:ff9b::192.0.2.33", "64:ff9b::192.0.2.33"],
  ["::ffff:192.0.2.33", "192.0.2.33"],
])("%s is the address %s", (text, address) => {
  expect(parseAddress(text)).toBe(address);
});

test.each([
  "AWS Internal",
  "cloudformation.amazonaws.com",
  "redacted",
  "private",
  "",
  "1.2.3",
  "1.2.3.4.5",
  "256.1.1.1",
  "1.2.3.4:",
  "1.2.3.4/24",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "1::2::3",
  "::ffff:999.1.1.1",
  "12345::",
  "g::1",
  "[1.2.3.4",
  ":::",
  "1:2:3:4:5:6:7::8",
  `${"1".repeat(70)}.1.1.1`,
  "fe80::1%",
])("%j is no address", (text) => {
  expect(parseAddress(text)).toBeNull();
});

test("every IPv4 and IPv6 address is read, and reading it again changes nothing", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const address = parseAddress(text);
      expect(address).not.toBeNull();
      expect(parseAddress(address ?? "")).toBe(address);
    }),
  );
});

test("no text makes it throw", () => {
  fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => void parseAddress(text)));
});
