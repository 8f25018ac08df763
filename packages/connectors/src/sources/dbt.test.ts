import { describe, expect, test } from "vitest";
import type { SyncReading } from "../define-source.ts";
import manifestV12 from "../../fixtures/dbt/success/manifest.json?raw";
import runResultsV6 from "../../fixtures/dbt/success/run_results.json?raw";
import manifestV4 from "../../fixtures/dbt/with-error/manifest.json?raw";
import runResultsV4 from "../../fixtures/dbt/with-error/run_results.json?raw";
import { dbt } from "./dbt.ts";

const settings = { folder: "/srv/dbt/target" };
const interpret = (runResults: string | undefined, manifest: string | undefined) =>
  dbt.interpret(settings, { "run_results.json": runResults, "manifest.json": manifest });

function read(runResults: string | undefined, manifest: string | undefined): SyncReading {
  const reading = interpret(runResults, manifest);
  if ("problem" in reading) throw new Error(reading.problem.message);
  return reading;
}

const withResults = (results: object[], more: object = {}) =>
  JSON.stringify({ metadata: { dbt_schema_version: "https://schemas.getdbt.com/dbt/run-results/v6.json", invocation_id: "i-1" }, results, ...more });

test("artifacts of dbt 1.12, where everything succeeded", () => {
  expect(read(runResultsV6, manifestV12)).toEqual({
    invocationId: "24ad943b-c71e-497c-be0b-d037a3c525ad",
    generatedAt: "2026-08-10T07:03:39.914Z",
    startedAt: "2026-08-10T07:03:39.116Z",
    finishedAt: "2026-08-10T07:03:39.914Z",
    result: "success",
    counts: { success: 46, error: 0, skipped: 0, pass: 0, fail: 0, warn: 0, nodes: 46, sources: 6, exposures: 0, metrics: 23 },
    failures: [],
    warnings: [],
    project: "jaffle_shop",
  });
});

test("artifacts of dbt 1.0, where one model failed and the manifest is of another invocation", () => {
  const reading = read(runResultsV4, manifestV4);
  expect(reading).toMatchObject({
    invocationId: "5b7ab67d-5559-49b8-9373-35eab8b9f2f7",
    startedAt: "2021-12-07T10:49:18.042Z",
    finishedAt: "2021-12-07T10:49:34.224Z",
    result: "failed",
    counts: { success: 8, pass: 20, error: 1, fail: 0, nodes: 28 },
    project: "jaffle_shop",
  });
  expect(reading.failures).toMatchObject([
    { uniqueId: "model.jaffle_shop.test_insert_overwrite", name: "test_insert_overwrite", resourceType: "model", status: "error", durationMs: 9395 },
  ]);
  expect(reading.failures[0]?.message).toContain("Database Error in model");
  expect(reading.warnings).toEqual(["manifest.json was written by another invocation than run_results.json; the project may have changed in between."]);
});

test.each([
  ["success", "success"],
  ["pass", "success"],
  ["warn", "success"],
  ["skipped", "success"],
  ["no-op", "success"],
  ["error", "failed"],
  ["fail", "failed"],
  ["runtime error", "failed"],
  ["partial success", "failed"],
])("a node that is %s makes the run a %s", (status, result) => {
  const reading = read(
    withResults([
      { unique_id: "model.shop.orders", status },
      { unique_id: "model.shop.items", status: "success" },
    ]),
    undefined,
  );
  expect(reading.result).toBe(result);
  expect(reading.failures.map(({ uniqueId }) => uniqueId)).toEqual(result === "failed" ? ["model.shop.orders"] : []);
  expect(Object.values(reading.counts).reduce((sum, count) => sum + count, 0)).toBe(2);
});

describe("a part that is missing or unknown costs that part only", () => {
  test("no manifest: the run is read, and a warning says what is not", () => {
    const reading = read(runResultsV4, undefined);
    expect(reading).toMatchObject({ result: "failed", project: "jaffle_shop", warnings: ["manifest.json is missing, so the project is not counted."] });
    expect(reading.failures[0]).toMatchObject({ name: "test_insert_overwrite", resourceType: "model" });
    expect(reading.counts).not.toHaveProperty("nodes");
  });

  test("no run results: the project is counted", () => {
    expect(read(undefined, manifestV12)).toMatchObject({
      invocationId: "24ad943b-c71e-497c-be0b-d037a3c525ad",
      result: "success",
      counts: { nodes: 46, metrics: 23 },
      failures: [],
    });
  });

  test("a newer schema version is read with a warning, an unknown status counted with one", () => {
    const text = withResults([{ unique_id: "model.shop.orders", status: "quarantined" }]).replace("v6.json", "v9.json");
    const reading = read(text, manifestV12);
    expect(reading.counts["quarantined"]).toBe(1);
    expect(reading.warnings).toEqual([
      "run_results.json has schema version 9, newer than 6; what could be read was.",
      "manifest.json was written by another invocation than run_results.json; the project may have changed in between.",
      "Not counted as failures, because their meaning is not known: quarantined.",
    ]);
  });

  test("more failures than are logged one by one are counted all the same", () => {
    const reading = read(withResults(Array.from({ length: 700 }, (_, n) => ({ unique_id: `model.shop.m${n}`, status: "error" }))), undefined);
    expect(reading.counts["error"]).toBe(700);
    expect(reading.failures).toHaveLength(500);
    expect(reading.warnings.at(-1)).toBe("700 nodes failed; the first 500 are logged one by one.");
  });

  test("thousands of made-up statuses do not make thousands of counts", () => {
    const reading = read(withResults(Array.from({ length: 5_000 }, (_, n) => ({ status: `s${n}` }))), undefined);
    expect(Object.keys(reading.counts).length).toBeLessThanOrEqual(33);
    expect(Object.values(reading.counts).reduce((sum, count) => sum + count, 0)).toBe(5_000);
  });
});

test.each([
  ["nothing in the folder", undefined, undefined, "The folder holds neither run_results.json nor manifest.json."],
  ["a half-written file", runResultsV6.slice(0, 1_000), manifestV12, "run_results.json is not valid JSON. It may be half written"],
  ["a half-written manifest", runResultsV6, "{", "manifest.json is not valid JSON."],
  ["another JSON file", '{"hello":"world"}', undefined, "run_results.json is not the artifact that dbt writes"],
  ["a list", "[]", undefined, "run_results.json is not the artifact that dbt writes"],
])("%s is a problem that says what to do", (_case, runResults, manifest, sentence) => {
  expect(interpret(runResults, manifest)).toMatchObject({ problem: { message: expect.stringContaining(sentence) } });
});

test("asks for both artifacts in the folder that it was told", () => {
  expect(dbt.wants({ folder: " /srv/dbt/target " })).toEqual({
    folder: "/srv/dbt/target",
    files: [expect.objectContaining({ name: "run_results.json" }), expect.objectContaining({ name: "manifest.json", optional: true })],
  });
});
