import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf, liesIn, networkOf, networkText } from "./address.ts";

test.each([
  ["192.168.1", "192.168.1.0/24"],
  ["192.168.1.", "192.168.1.0/24"],
  ["10", "10.0.0.0/8"],
  ["10.1.2.3", "10.1.2.3/32"],
  ["10.1.2.3/8", "10.0.0.0/8"],
  ["10.1.2.3/0", "0.0.0.0/0"],
  ["10.1.2.3/31", "10.1.2.2/31"],
  ["2001:DB8::/32", "2001:db8::/32"],
  ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1/128"],
  ["::", "::/128"],
  ["::1", "::1/128"],
  ["1::", "1::/128"],
  ["fe80::1/10", "fe80::/10"],
  ["2001:db8:0:1:2:3:4:5", "2001:db8:0:1:2:3:4:5/128"],
  ["64:ff9b::192.0.2.1", "64:ff9b::c000:201/128"],
  ["::ffff:192.0.2.1", "192.0.2.1/32"],
  ["::ffff:c000:201/120", "192.0.2.0/24"],
  ["::ffff:0:0/95", "::fffe:0:0/95"],
])("%s is the network %s", (text, network) => {
  const found = networkOf(text);
  expect(found && networkText(found)).toBe(network);
});

test.each([
  "",
  ".",
  "256",
  "1.2.3.4.5",
  "1.2.3.04",
  "1.2.3.4/33",
  "1.2.3.4/",
  "1.2.3.4/8/8",
  "1.2.3/24",
  "::1/129",
  "1::2::3",
  ":::",
  ":1",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7::8:9",
  "12345::",
  "g::",
  "::1.2.3",
  "::1.2.3.4.5",
  "1.2.3.4::",
  "fe80::1%eth0",
  "[::1]",
  "::1:443 ",
  "the office",
  "1e1.2.3.4",
])("%s is no network", (text) => {
  expect(networkOf(text)).toBeNull();
});

test.each([
  ["192.168.1.100", "192.168.1.0/24", true],
  ["10.192.168.1", "192.168.1.0/24", false],
  ["192.168.10.1", "192.168.1.0/24", false],
  ["10.255.0.1", "10.0.0.0/8", true],
  ["11.0.0.1", "10.0.0.0/8", false],
  ["172.31.255.255", "172.16.0.0/12", true],
  ["172.32.0.0", "172.16.0.0/12", false],
  ["8.8.8.8", "0.0.0.0/0", true],
  ["::ffff:10.0.0.9", "10.0.0.0/8", true],
  ["2001:db8:ffff::1", "2001:db8::/32", true],
  ["2001:db9::1", "2001:db8::/32", false],
  ["8.8.8.8", "::/0", false],
])("%s in %s: %s", (address, network, expected) => {
  const [bytes, found] = [addressOf(address), networkOf(network)];
  expect(bytes && found && liesIn(bytes, found)).toBe(expected);
});

test("what is no whole address is none", () => {
  for (const text of ["192.168.1", "10.0.0.0/8", "the office", "cloudtrail.amazonaws.com", "", "1".repeat(4_000)]) expect(addressOf(text)).toBeNull();
});

test("a network reads back as itself, holds its own addresses, and lies in no smaller one", () => {
  const bytes = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 }),
    fc.array(fc.constantFrom(0, 0, 1, 255, 32), { minLength: 16, maxLength: 16 }),
  );
  fc.assert(
    fc.property(bytes, fc.nat(), (address, anyBits) => {
      const network = { bytes: address, bits: anyBits % (address.length * 8 + 1) };
      const text = networkText(network);
      const read = networkOf(text);
      expect(read && networkText(read)).toBe(text);
      expect(liesIn(address, network)).toBe(true);
      if (network.bits === 0) return;
      const at = Math.floor((network.bits - 1) / 8);
      const outside = address.map((byte, index) => (index === at ? byte ^ (128 >> ((network.bits - 1) % 8)) : byte));
      expect(liesIn(outside, network)).toBe(false);
    }),
  );
});
