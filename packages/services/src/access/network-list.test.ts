import { expect, test } from "vitest";
import { listed, networkList } from "./network-list.ts";

const list = networkList(["203.0.113.0/24", "198.51.100.7/32", "2001:db8:1::/48"]);

test.each([
  ["203.0.113.0", true],
  ["203.0.113.255", true],
  ["203.0.114.0", false],
  ["198.51.100.7", true],
  ["198.51.100.8", false],
  ["::ffff:203.0.113.9", true],
  ["::FFFF:203.0.113.9", true],
  ["::ffff:9.9.9.9", false],
  ["2001:db8:1::5", true],
  ["2001:DB8:1:ffff::", true],
  ["2001:db8:2::5", false],
  ["redacted", false],
  ["", false],
])("%s is in the networks: %s", (ip, expected) => {
  expect(listed(list, ip)).toBe(expected);
});
