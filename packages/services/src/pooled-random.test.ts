import fc from "fast-check";
import { expect, test } from "vitest";
import { pooledRandom } from "./pooled-random.ts";

test("whatever lengths are asked for, each byte of the source is handed out at most once and in full length", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 30 }), (lengths) => {
      let filled = 0;
      const seen = new Set<string>();
      const random = pooledRandom((bytes) => {
        filled += 1;
        return new Uint8Array(new Uint32Array(bytes / 4 + 1).fill(filled).buffer, 0, bytes);
      });
      for (const length of lengths) {
        const part = random(length);
        expect(part.length).toBe(length);
        if (length === 0) continue;
        const place = `${filled}:${part.byteOffset}`;
        expect(seen.has(place)).toBe(false);
        seen.add(place);
      }
    }),
  );
});
