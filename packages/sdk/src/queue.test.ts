import fc from "fast-check";
import { expect, test } from "vitest";
import { openQueue } from "./queue.ts";
import type { Entry } from "./queue.ts";

const entryOf = (number: number, bytes: number): Entry => ({ key: `k${number}`, action: "thing_done", text: "", bytes, number, settle: () => {} });

test("entries leave in the order in which they came, and no batch is larger than it may be", () => {
  const bounds = fc.record({ eventsMax: fc.integer({ min: 1, max: 8 }), bytesMax: fc.integer({ min: 10, max: 200 }) });
  const steps = fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 60 }).map((bytes) => ({ push: bytes })),
      bounds.map((batch) => ({ batch })),
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(bounds, steps, (queueBounds, plan) => {
      const queue = openQueue(queueBounds);
      const model: Entry[] = [];
      for (const [number, step] of plan.entries()) {
        if ("push" in step) {
          const entry = entryOf(number, step.push);
          const bytes = model.reduce((sum, held) => sum + held.bytes, 0);
          expect(queue.fits(entry)).toBe(model.length < queueBounds.eventsMax && bytes + entry.bytes <= queueBounds.bytesMax);
          if (!queue.fits(entry)) continue;
          queue.push(entry);
          model.push(entry);
        } else {
          const head = queue.head(step.batch);
          expect(head).toEqual(model.slice(0, head.length));
          expect(head.length).toBeLessThanOrEqual(step.batch.eventsMax);
          const body = JSON.stringify(head.map(({ bytes }) => "x".repeat(Math.max(0, bytes - 2)))).length;
          if (head.length > 1) expect(body).toBeLessThanOrEqual(step.batch.bytesMax);
          if (model.length > 0) expect(head.length).toBeGreaterThan(0);
          expect(queue.drop(head.length)).toEqual(model.splice(0, head.length));
        }
        expect([queue.length, queue.bytes]).toEqual([model.length, model.reduce((sum, { bytes }) => sum + bytes, 0)]);
      }
    }),
  );
});
