import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Refusal } from "@daybook/event";
import { readConnection } from "@daybook/postgres-server";
import { commands } from "./commands/index.ts";
import { openPlatform } from "./wire.ts";

/** `pnpm -s daybook <command> … [--json]`: the operator's command line. Thin: every command calls verbs. */
const exitRefused = 1;
const exitMisused = 2;
const checkout = resolve(import.meta.dirname, "../../..");

const words = process.argv.slice(2);
const command = commands.find(({ name }) => name.split(" ").every((word, at) => words[at] === word));
if (!command) misuse();
const parsed = readArguments(command);
const databaseUrl = process.env["DATABASE_URL"] || readConnection(join(process.env["DAYBOOK_DATA"] || join(checkout, ".data"), "postgres"))?.url;
if (!databaseUrl) {
  console.error("No database: start Daybook first (`npx -y pnpm@12 start`), or set DATABASE_URL.");
  process.exit(exitRefused);
}
const platform = openPlatform({
  databaseUrl,
  origin: process.env["DAYBOOK_URL"] || "http://localhost:4747",
  fixturesFolder: process.env["DAYBOOK_FIXTURES"] || join(checkout, "packages/connectors/fixtures"),
  warn: (line) => console.error(line),
});
try {
  const answer = await command.run({ platform, positionals: parsed.positionals, options: parsed.options, say: (line) => console.error(line) });
  console.log(parsed.json ? JSON.stringify(answer.json) : answer.lines.join("\n"));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(parsed.json ? JSON.stringify({ error: { code: error.code, message: error.message } }) : error.message);
  process.exitCode = exitRefused;
} finally {
  await platform.store.close();
}

function readArguments({ name, options }: (typeof commands)[number]) {
  try {
    const { values, positionals } = parseArgs({
      args: words.slice(name.split(" ").length),
      allowPositionals: true,
      options: { ...Object.fromEntries(Object.keys(options).map((option) => [option, { type: "string" as const }])), json: { type: "boolean" as const } },
    });
    const { json, ...rest } = values as { json?: boolean } & Record<string, string | undefined>;
    return { positionals, options: rest as Record<string, string | undefined>, json: json === true };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return misuse();
  }
}

function misuse(): never {
  console.error(`Usage: pnpm -s daybook <command> [--json]\n\n${commands.map(({ usage }) => `  ${usage}`).join("\n")}`);
  process.exit(exitMisused);
}
