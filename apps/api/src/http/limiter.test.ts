import { expect, test } from "vitest";
import { networkOf, openLimiter } from "./limiter.ts";

test("so many are let through in a window, and the next is told when it ends", () => {
  let at = 0;
  const limiter = openLimiter({ max: 2, windowMs: 10_000, now: () => at });
  expect([limiter.take("a"), limiter.take("a"), limiter.take("b")]).toEqual([0, 0, 0]);
  at = 4_000;
  expect(limiter.take("a")).toBe(6);
  at = 10_000;
  expect(limiter.take("a")).toBe(0);
});

test("its memory is bounded: of very many keys the oldest are forgotten", () => {
  const limiter = openLimiter({ max: 1, windowMs: 10_000, now: () => 0 });
  limiter.take("first");
  for (let key = 0; key < 50_000; key += 1) limiter.take(`k${key}`);
  expect(limiter.take("first")).toBe(0);
  expect(limiter.take("k49999")).toBe(10);
});

test("one IPv6 network counts as one; IPv4 addresses count each", () => {
  expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe(networkOf("2001:db8:1:2:ffff::"));
  expect(networkOf("2001:db8::a:2:3:4")).toBe(networkOf("2001:db8::b:2:3:4"));
  expect(networkOf("2001:db8::1")).toBe(networkOf("2001:db8:0:0:9:8:7:6"));
  expect(networkOf("::ffff:192.0.2.1")).not.toBe(networkOf("::ffff:192.0.2.2"));
  expect(networkOf("192.0.2.1")).toBe("192.0.2.1");
});
