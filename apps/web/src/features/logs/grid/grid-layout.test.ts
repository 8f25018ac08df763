import fc from "fast-check";
import { expect, test } from "vitest";
import { presetsOf, readColumns } from "./column-choice.ts";
import { densityFor, layoutFor } from "./grid-layout.ts";

const usual = readColumns(undefined, "activity");
const shown = (width: number, cols = "default") => layoutFor(width, readColumns(cols, "activity"), "compact");

test("when room is short the address leaves first, then the resource, then the word of the status; the event never", () => {
  const cols = "time,actor,event,resource,status,ip";
  const steps = [1200, 760, 700, 610].map((width) => {
    const { columns, statusWord } = shown(width, cols);
    return [columns.includes("ip"), columns.includes("resource"), statusWord, columns.includes("event")];
  });
  expect(steps).toEqual([
    [true, true, true, true],
    [false, true, true, true],
    [false, false, true, true],
    [false, false, false, true],
  ]);
});

test("whatever is chosen, what is shown fits, or nothing more can leave", () => {
  fc.assert(
    fc.property(fc.integer({ min: 520, max: 2000 }), fc.constantFrom(...presetsOf("activity"), ...presetsOf("system")), (width, preset) => {
      const layout = layoutFor(width, preset, "compact");
      const tracks = layout.template.replaceAll(", ", ",").split(" ");
      const least = tracks.reduce((sum, track) => sum + Number(/(\d+)px/.exec(track)?.[1] ?? 0), 0);
      expect(24 + least + 12 * (tracks.length - 1)).toBeLessThanOrEqual(Math.max(width, 640));
      expect([...layout.columns, ...layout.left].sort()).toEqual(preset.columns.map(({ id }) => id).sort());
    }),
  );
});

test("rows are 28, 36 or 48 pixels high, and under 640 pixels they have two lines unless one was chosen", () => {
  expect(["compact", "cosy", "two-line"].map((density) => layoutFor(1200, usual, density as "compact").rowHeight)).toEqual([28, 36, 48]);
  expect(densityFor(1200, undefined)).toBe("compact");
  expect(densityFor(600, undefined)).toBe("two-line");
  expect(densityFor(600, "compact")).toBe("compact");
  expect(densityFor(390, "compact")).toBe("two-line");
});
