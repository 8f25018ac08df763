import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { frameUpload, importers, mappingSchema, mappingSlug } from "@daybook/connectors";
import type { Mapping } from "@daybook/connectors";
import { Refusal } from "@daybook/event";
import { asDaybook, importRecords, previewImport, read } from "@daybook/services";
import type { Context, ImportPreview, ImportResult, Platform } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";
import { readUpload } from "./read-upload.ts";
import type { Upload } from "./read-upload.ts";

/** Lines of a report that are shown to a person; `--json` has a hundred. */
const shownMax = 20;
const progressEveryMs = 1_000;

export const importFile = defineCommand({
  name: "import",
  usage: `import <vendor> <file> [--mapping FILE.json] [--preview] [--organization SLUG]
                                         vendors: auto, mapping:NAME, ${importers.map(({ id }) => id).join(", ")}`,
  options: {
    organization: { type: "string", help: "the organization's name in URLs" },
    mapping: { type: "string", help: "a mapping as a JSON file, for a vendor that nobody wrote code for" },
    preview: { type: "boolean", help: "show the first events and store nothing" },
  },
  async run({ platform, positionals, options, flags, say }) {
    const mapping = options["mapping"] === undefined ? undefined : await mappingOf(options["mapping"]);
    const [vendor, path, ...rest] = mapping && positionals.length === 1 ? [`mapping:${slugOf(options["mapping"] ?? "")}`, ...positionals] : positionals;
    if (!vendor || !path || rest.length > 0) throw new Refusal("invalid", "Say the vendor and one file: pnpm -s daybook import github audit.ndjson");
    const organization = await chooseOrganization(platform, options["organization"]);
    const context = asDaybook(organization.id, "Operator");
    const upload = await readUpload(path);
    const named = vendor === "auto" ? await recognised(platform, context, upload) : vendor;
    if (flags.has("preview")) return told(await previewOf(platform, context, { upload, vendor: named, mapping }));
    let spokenAt = 0;
    const started = Date.now();
    const result = await importRecords(
      platform,
      context,
      { vendor: named, mapping, fileName: basename(path), text: upload.text, bytes: upload.bytes },
      (soFar) => {
        if (Date.now() - spokenAt < progressEveryMs) return;
        spokenAt = Date.now();
        say(progressLine(soFar, upload, started));
      },
    );
    return { json: { ...result, vendor: named }, lines: reportOf(result, named) };
  },
});

async function mappingOf(path: string): Promise<Mapping> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new Refusal("invalid", `There is no file ${path}.`);
  });
  const [frame] = frameUpload(text);
  if (!frame || "problem" in frame) throw new Refusal("invalid", `${path} is no JSON: ${frame?.problem.message ?? "it is empty."}`);
  const parsed = mappingSchema.safeParse(frame.record);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal("invalid", `${path} is no mapping: \`${issue?.path.map(String).join(".") ?? ""}\`: ${issue?.message ?? "not valid"}`);
}

const slugOf = (path: string): string => mappingSlug(basename(path, extname(path)));

const previewOf = (
  platform: Platform,
  context: Context,
  { upload, vendor, mapping }: { upload: Upload; vendor: string | null; mapping?: Mapping | undefined },
) => read(platform, context, previewImport, { head: upload.head, whole: upload.whole, vendor, mapping });

async function recognised(platform: Platform, context: Context, upload: Upload): Promise<string> {
  const { importer, suggestion } = await previewOf(platform, context, { upload, vendor: null });
  if (importer) return importer.vendor;
  throw new Refusal(
    "invalid",
    `No importer reads these records. Write a mapping and name it with --mapping FILE.json. To begin with:\n${JSON.stringify(suggestion, null, 2)}`,
  );
}

function told(preview: ImportPreview): { json: object; lines: string[] } {
  const rows = preview.events.map(({ line, occurred_at, actor, action, resource, status, ip }) =>
    [`line ${line}`, occurred_at, actor.name ?? actor.email ?? actor.id ?? actor.type, action, resource?.name ?? resource?.id ?? "–", status, ip ?? "–"].join(
      "  ",
    ),
  );
  const problems = preview.problems.slice(0, shownMax).map(({ line, message }) => `  line ${line}: ${message}`);
  return {
    json: preview,
    lines: [
      `${preview.importer ? `Read as ${preview.importer.title}` : "No importer reads these records"}: ${preview.events.length} events of the first records. Nothing was stored.`,
      ...rows,
      ...(preview.problemsTotal === 0 ? [] : [`${preview.problemsTotal} would not come in:`, ...problems]),
    ],
  };
}

function progressLine({ records, created, duplicates }: ImportResult, { bytes }: Upload, started: number): string {
  const perSecond = Math.round((created + duplicates) / Math.max(0.001, (Date.now() - started) / 1_000));
  return `${records} records read (${Math.min(100, Math.round((bytes.read() / Math.max(1, bytes.total)) * 100))} % of the file), ${created} created, ${duplicates} there already, ${perSecond}/s`;
}

const reportOf = (result: ImportResult, vendor: string): string[] => [
  `${result.records} records read as ${vendor}: ${result.created} events created, ${result.duplicates} were there already.`,
  `Import ${result.importId}. To take it back: pnpm -s daybook import undo ${result.importId}`,
  ...counted(
    result.conflictsTotal,
    "stand for other content under an id that was there",
    result.conflicts.map(({ line, vendorId }) => `line ${line}: ${vendorId}`),
  ),
  ...counted(
    result.problemsTotal,
    "did not come in",
    result.problems.map(({ line, message }) => `line ${line}: ${message}`),
  ),
];

const counted = (total: number, what: string, lines: string[]): string[] =>
  total === 0 ? [] : [`${total} ${what}:`, ...lines.slice(0, shownMax).map((line) => `  ${line}`)];
