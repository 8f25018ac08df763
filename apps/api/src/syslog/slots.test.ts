import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openSlots } from "./slots.ts";

test("no more than so many run at once, all of them run, and a failure gives its slot back", async () => {
  const slots = openSlots(3);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, at) =>
      slots.within(async () => {
        running += 1;
        most = Math.max(most, running);
        order.push(at);
        await pause(1);
        running -= 1;
        if (at % 5 === 0) throw new Error("failed");
      }),
    ),
  );
  expect(most).toBe(3);
  expect(order).toEqual(Array.from({ length: 20 }, (_, at) => at));
  expect(results.filter(({ status }) => status === "rejected")).toHaveLength(4);
});
