import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { readFile, stat } from "node:fs/promises";
import { Refusal } from "@daybook/event";
import { asDaybook, importRecords } from "@daybook/services";
import { chooseOrganization } from "./choose-organization.ts";
import { defineCommand } from "./define-command.ts";

/** NDJSON above this is read line by line; any other container has to be held as a whole. */
const wholeBytesMax = 256 * 1024 * 1024;

export const importFile = defineCommand({
  name: "import",
  usage: "import <vendor> <file> [--organization SLUG]      vendors: github, okta, cloudtrail",
  options: { organization: { type: "string", help: "the organization's name in URLs" } },
  async run({ platform, positionals, options, say }) {
    const [vendor, path, ...rest] = positionals;
    if (!vendor || !path || rest.length > 0) throw new Refusal("invalid", "Say the vendor and one file: pnpm -s daybook import github audit.ndjson");
    const organization = await chooseOrganization(platform, options["organization"]);
    const result = await importRecords(
      platform,
      asDaybook(organization.id, "Operator"),
      { vendor, fileName: basename(path), text: await textOf(path) },
      (soFar) => say(`${soFar.records} records read`),
    );
    return {
      json: result,
      lines: [
        `${result.records} records read: ${result.created} events created, ${result.duplicates} were there already.`,
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
      ],
    };
  },
});

async function textOf(path: string): Promise<string | AsyncIterable<string>> {
  const file = await stat(path).catch(() => null);
  if (!file?.isFile()) throw new Refusal("invalid", `There is no file ${path}.`);
  if (/\.(ndjson|jsonl)$/.test(path)) return linesOf(path);
  if (file.size > wholeBytesMax) throw new Refusal("invalid", `${path} has ${file.size} bytes; a file that is no NDJSON may have ${wholeBytesMax}.`);
  return readFile(path, "utf8");
}

/** The file is opened when its first line is asked for: an interface that waits for its reader loses what it read in between. */
async function* linesOf(path: string): AsyncGenerator<string> {
  yield* createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity });
}

const counted = (total: number, what: string, lines: string[]): string[] =>
  total === 0 ? [] : [`${total} ${what}:`, ...lines.slice(0, 20).map((line) => `  ${line}`)];
