import type { Json, Problem } from "@daybook/event";
import { z } from "zod";
import { defineSource } from "../define-source.ts";
import type { NodeFailure, SyncReading } from "../define-source.ts";
import { parseTime } from "../parse-time.ts";
import { at, isObject, knownAt, listAt, objectAt, textAt } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

const runResultsFile = "run_results.json";
const manifestFile = "manifest.json";
/** Macros make four fifths of a manifest; that of a project of 5,000 models is about 100 MB. */
const manifestBytesMax = 256 * 1_048_576;
const runResultsBytesMax = 64 * 1_048_576;
const failuresMax = 500;
const statusesMax = 32;
const messageLengthMax = 4_000;
const newestRunResults = 6;
const newestManifest = 12;

/** The artifacts that dbt writes into its target folder after every invocation. */
export const dbt = defineSource({
  id: "dbt",
  title: "dbt",
  docsUrl: "https://docs.getdbt.com/reference/artifacts/dbt-artifacts",
  settings: z.strictObject({
    folder: z.string().trim().min(1, "name the folder").max(1_024).meta({
      title: "Target folder",
      hint: "The folder on the server into which dbt writes manifest.json and run_results.json, usually target/ of the project.",
    }),
  }),
  actions: { started: "dbt_data_sync_started", completed: "dbt_data_sync_completed", nodeFailed: "dbt_node_failed" },
  sample: {
    settings: { folder: "/srv/dbt/jaffle_shop/target" },
    files: {
      [runResultsFile]: JSON.stringify({
        metadata: {
          dbt_schema_version: "https://schemas.getdbt.com/dbt/run-results/v6.json",
          generated_at: "2026-08-10T07:03:39.914971Z",
          invocation_id: "24ad943b-c71e-497c-be0b-d037a3c525ad",
          invocation_started_at: "2026-08-10T07:03:29.768898Z",
        },
        elapsed_time: 9.4,
        results: [
          { unique_id: "model.jaffle_shop.orders", status: "success", execution_time: 3.7 },
          { unique_id: "model.jaffle_shop.customers", status: "error", execution_time: 0.2, message: "Database Error in model customers" },
        ],
      }),
    },
  },
  wants: ({ folder }) => ({
    folder,
    files: [
      { name: runResultsFile, bytesMax: runResultsBytesMax },
      { name: manifestFile, bytesMax: manifestBytesMax, optional: true },
    ],
  }),
  interpret(_settings, files) {
    const results = readArtifact(runResultsFile, files[runResultsFile]);
    const manifest = readArtifact(manifestFile, files[manifestFile]);
    for (const artifact of [results, manifest]) if (artifact.problem) return { problem: artifact.problem };
    if (results.json === undefined && manifest.json === undefined)
      return {
        problem: {
          code: "not_found",
          message:
            "The folder holds neither run_results.json nor manifest.json. Name the folder into which dbt writes them, usually target/, and run dbt once.",
        },
      };
    return reading(results.json, manifest.json);
  },
});

function readArtifact(name: string, text: string | undefined): { json?: JsonObject; problem?: Problem } {
  if (text === undefined) return {};
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    return {
      problem: {
        code: "malformed_json",
        message: `${name} is not valid JSON. It may be half written: run the synchronisation again when dbt has ended.`,
        path: name,
      },
    };
  }
  const looksRight = isObject(json) && (name === runResultsFile ? Array.isArray(at(json, "results")) : isObject(at(json, "nodes")));
  if (looksRight && isObject(json)) return { json };
  return {
    problem: {
      code: "invalid",
      message: `${name} is not the artifact that dbt writes: it has no ${name === runResultsFile ? "list `results`" : "object `nodes`"}.`,
      path: name,
    },
  };
}

function reading(results: JsonObject | undefined, manifest: JsonObject | undefined): SyncReading {
  const metadata = objectAt(results ?? manifest, "metadata");
  const warnings = [
    ...versionWarning(runResultsFile, results, newestRunResults),
    ...versionWarning(manifestFile, manifest, newestManifest),
    ...(results === undefined ? ["run_results.json is missing, so nothing is known of what ran."] : []),
    ...(manifest === undefined ? ["manifest.json is missing, so the project is not counted."] : []),
  ];
  const invocationId = knownAt(metadata, "invocation_id") ?? null;
  const manifestInvocation = knownAt(manifest, "metadata", "invocation_id");
  if (results !== undefined && manifestInvocation !== undefined && manifestInvocation !== invocationId)
    warnings.push("manifest.json was written by another invocation than run_results.json; the project may have changed in between.");
  const generatedAt = parseTime(at(metadata, "generated_at"));
  const ran = resultsOf(results, manifest, warnings);
  return {
    invocationId,
    generatedAt,
    startedAt: parseTime(at(metadata, "invocation_started_at")) ?? startBefore(generatedAt, at(results, "elapsed_time")),
    finishedAt: generatedAt,
    result: ran.failed > 0 ? "failed" : "success",
    counts: { ...ran.counts, ...projectCounts(manifest) },
    failures: ran.failures,
    warnings,
    project: textAt(manifest, "metadata", "project_name") ?? projectOf(results) ?? projectOf(manifest) ?? null,
  };
}

/** A version that nobody here has seen is read all the same: what is there keeps its meaning, and the warning says why something may be missing. */
function versionWarning(name: string, artifact: JsonObject | undefined, newest: number): string[] {
  if (artifact === undefined) return [];
  const stated = textAt(artifact, "metadata", "dbt_schema_version");
  const version = Number(/\/v(\d{1,4})\.json$/.exec(stated ?? "")?.[1]);
  if (version >= 1 && version <= newest) return [];
  return [`${name} has ${Number.isNaN(version) ? "no known schema version" : `schema version ${version}, newer than ${newest}`}; what could be read was.`];
}

const statusesAlways = ["success", "error", "skipped", "pass", "fail", "warn"];
const statusesFailed = new Set(["error", "fail", "runtime_error", "partial_success"]);
const statusesKnown = new Set([...statusesAlways, ...statusesFailed, "no_op", "reused"]);

function resultsOf(results: JsonObject | undefined, manifest: JsonObject | undefined, warnings: string[]) {
  const counts: { [name: string]: number } = results === undefined ? {} : Object.fromEntries(statusesAlways.map((status) => [status, 0]));
  const failures: NodeFailure[] = [];
  const unknown = new Set<string>();
  let failed = 0;
  for (const result of listAt(results, "results")) {
    const status = statusOf(result);
    const counted = statusesKnown.has(status) || Object.hasOwn(counts, status) || Object.keys(counts).length < statusesMax ? status : "other";
    counts[counted] = (counts[counted] ?? 0) + 1;
    if (!statusesKnown.has(status)) unknown.add(counted);
    if (!statusesFailed.has(status)) continue;
    failed += 1;
    if (failures.length < failuresMax) failures.push(failureOf(result, status, manifest));
  }
  if (unknown.size > 0) warnings.push(`Not counted as failures, because their meaning is not known: ${[...unknown].join(", ")}.`);
  if (failed > failures.length) warnings.push(`${failed} nodes failed; the first ${failures.length} are logged one by one.`);
  return { counts, failures, failed };
}

const statusOf = (result: Json): string =>
  (textAt(result, "status") ?? "unknown")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 40) || "unknown";

function failureOf(result: Json, status: string, manifest: JsonObject | undefined): NodeFailure {
  const uniqueId = textAt(result, "unique_id") ?? "unknown";
  const node = objectAt(manifest, "nodes", uniqueId);
  const [resourceType = "node", , ...name] = uniqueId.split(".");
  const seconds = at(result, "execution_time");
  return {
    uniqueId,
    name: textAt(node, "name") ?? (name.join(".") || uniqueId),
    resourceType: textAt(node, "resource_type") ?? resourceType,
    status,
    message: textAt(result, "message")?.slice(0, messageLengthMax).toWellFormed() ?? null,
    durationMs: typeof seconds === "number" && seconds >= 0 ? Math.round(seconds * 1_000) : null,
  };
}

/** Only these: macros, docs and the graph are most of the file and tell nothing of a synchronisation. */
const counted = ["nodes", "sources", "exposures", "metrics"] as const;

const projectCounts = (manifest: JsonObject | undefined): { [name: string]: number } =>
  manifest === undefined ? {} : Object.fromEntries(counted.map((key) => [key, Object.keys(objectAt(manifest, key)).length]));

/** Before 1.12 the artifacts do not name the project; the ids of its nodes do. */
function projectOf(artifact: JsonObject | undefined): string | undefined {
  const first = textAt(listAt(artifact, "results")[0], "unique_id") ?? Object.keys(objectAt(artifact, "nodes"))[0];
  return first?.split(".")[1] || undefined;
}

function startBefore(generatedAt: string | null, elapsedSeconds: Json | undefined): string | null {
  if (generatedAt === null || typeof elapsedSeconds !== "number" || !(elapsedSeconds >= 0)) return null;
  return parseTime(new Date(generatedAt).getTime() - elapsedSeconds * 1_000);
}
