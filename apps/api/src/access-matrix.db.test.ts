import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runMatrix } from "../test/access-matrix/run-matrix.ts";
import type { Matrix } from "../test/access-matrix/run-matrix.ts";
import { openStage } from "../test/access-matrix/stage.ts";
import type { Stage } from "../test/access-matrix/stage.ts";

const cellsMin = 10_000;
const minutes = 60_000;
let stage: Stage;
let matrix: Matrix;
beforeAll(async () => {
  stage = await openStage();
  matrix = await runMatrix(stage);
  const file = process.env["DAYBOOK_MATRIX_FILE"];
  if (file) writeFileSync(file, JSON.stringify(matrix));
}, 10 * minutes);
afterAll(() => stage.api.close());

test("everybody gets from every procedure and route exactly what the table says, and what is another organization's reads like what never was", () => {
  expect(matrix.wrong).toEqual([]);
});

test("no procedure and no route is without a row, and no row without either", () => {
  expect(matrix.uncovered).toEqual([]);
});

test("the table is asked in full", () => {
  expect(matrix.cells).toBeGreaterThanOrEqual(cellsMin);
});
