import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startVitest } from "vitest/node";
import type { Matrix } from "./access-matrix/run-matrix.ts";

/** `pnpm -s check:access [--json]`: asks every procedure and route as everybody, for everything of the reviewed table, and tells how many cells were wrong. */
const file = join(tmpdir(), `daybook-access-${process.pid}.json`);
process.env["DAYBOOK_MATRIX_FILE"] = file;
const runner = await startVitest("test", ["apps/api/src/access-matrix.db.test.ts"], { project: ["db"], watch: false, reporters: [], run: true });
await runner.close();

const matrix = readMatrix();
rmSync(file, { force: true });
const { wrong, uncovered, ...counts } = matrix;
if (process.argv.includes("--json")) console.log(JSON.stringify({ ...counts, wrong: wrong.length, uncovered: uncovered.length }));
else {
  console.log(
    `${counts.cells} cells over ${counts.procedures} procedures and ${counts.routes} routes: ${wrong.length} wrong, ${uncovered.length} without a row`,
  );
  for (const cell of wrong) console.log(`  ${cell.what} as ${cell.persona} on ${cell.target}: ${cell.got} instead of ${cell.expected}`);
  for (const name of uncovered) console.log(`  no row: ${name}`);
}
process.exit(wrong.length + uncovered.length === 0 ? 0 : 1);

function readMatrix(): Matrix {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Matrix;
  } catch {
    console.error("The matrix did not run to its end; `vitest run apps/api/src/access-matrix.db.test.ts` says why.");
    process.exit(2);
  }
}
