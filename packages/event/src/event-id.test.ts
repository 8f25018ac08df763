import fc from "fast-check";
import { expect, test } from "vitest";
import { uuidV7 } from "./event-id.ts";

test("the example of RFC 9562 comes out", () => {
  const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  expect(uuidV7(0x017f22e279b0, random)).toBe("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
});

test("ids sort by the time they were given, and are always version 7", () => {
  const random = fc.uint8Array({ minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(fc.nat(2 ** 31), fc.nat(2 ** 31), random, random, (early, later, a, b) => {
      const first = uuidV7(early, a);
      expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      if (early < later) expect(first < uuidV7(later, b)).toBe(true);
    }),
  );
});
