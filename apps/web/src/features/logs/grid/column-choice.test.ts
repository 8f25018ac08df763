import fc from "fast-check";
import { expect, test } from "vitest";
import { moved, moves, placed, presetsOf, readColumns, widthMax, widthMin, withWidth, writeColumns, type ChosenColumn } from "./column-choice.ts";
import { columnIds } from "./columns/index.ts";

const chosen: fc.Arbitrary<ChosenColumn[]> = fc
  .uniqueArray(fc.constantFrom(...columnIds), { minLength: 1 })
  .chain((ids) =>
    fc.tuple(...ids.map((id) => fc.option(fc.integer({ min: widthMin, max: widthMax })).map((width) => (width === null ? { id } : { id, width })))),
  );
const idsOf = (columns: readonly ChosenColumn[]) => columns.map(({ id }) => id);

test("columns written into the address are read from it again", () => {
  fc.assert(
    fc.property(chosen, fc.constantFrom("activity" as const, "system" as const), (columns, logType) => {
      expect(readColumns(writeColumns(columns, logType), logType).columns).toEqual(columns);
    }),
  );
});

test("each ready-made choice is known by its name, and columns that are one are written as its name", () => {
  for (const logType of ["activity", "system"] as const)
    for (const preset of presetsOf(logType)) {
      expect(readColumns(preset.id, logType).preset).toBe(preset);
      expect(writeColumns(preset.columns, logType)).toBe(preset.id);
    }
});

test("the five fields and the exported file have the columns and the words they are known by", () => {
  const words = (id: string) => {
    const choice = readColumns(id, "activity");
    return choice.columns.map((column) => choice.titleOf(column.id));
  };
  expect(words("five-fields")).toEqual(["Timestamp", "Namespace", "Action", "Detail", "Actor"]);
  expect(words("csv-order")).toEqual(["Timestamp", "User", "Action", "Resource", "Status", "IP address"]);
});

test.each([
  ["time,nonsense,event:320,time", [{ id: "time" }, { id: "event", width: 320 }]],
  ["event:99999", [{ id: "event" }]],
  ["event:1", [{ id: "event", width: widthMin }]],
])("what a link got wrong is left out: %s", (text, columns) => {
  expect(readColumns(text, "activity").columns).toEqual(columns);
});

test("a link without one known column shows the usual ones", () => {
  expect(readColumns("foo,bar", "system").preset?.id).toBe("default");
  expect(readColumns(undefined, "activity").preset?.id).toBe("default");
});

test("a column moves by one place and not over the edge, and takes or loses a width", () => {
  const { columns } = readColumns("time,actor,event", "activity");
  expect(idsOf(moved(columns, "event", -1))).toEqual(["time", "event", "actor"]);
  expect(idsOf(moved(columns, "time", -1))).toEqual(["time", "actor", "event"]);
  expect(withWidth(columns, "actor", 20)).toContainEqual({ id: "actor", width: widthMin });
  expect(withWidth(withWidth(columns, "actor", 200), "actor", undefined)).toEqual(columns);
});

test("a column that is put down beside another keeps its width, passes columns that have no room, and stays where it stands", () => {
  const { columns } = readColumns("time,actor:200,event,status,ip", "activity");
  const order = (id: "actor" | "ip", target: "time" | "actor" | "event" | "ip", side: "before" | "after") =>
    idsOf(placed(columns, { id, target, side })).join();
  expect(order("actor", "ip", "after")).toBe("time,event,status,ip,actor");
  expect(order("ip", "time", "before")).toBe("ip,time,actor,event,status");
  expect(placed(columns, { id: "actor", target: "event", side: "after" })).toContainEqual({ id: "actor", width: 200 });
  for (const [target, side] of [
    ["time", "after"],
    ["event", "before"],
    ["actor", "before"],
  ] as const)
    expect([order("actor", target, side), moves(columns, { id: "actor", target, side })]).toEqual([idsOf(columns).join(), false]);
});
