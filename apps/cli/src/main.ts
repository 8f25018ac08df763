import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Refusal } from "@daybook/event";
import { readConnection } from "@daybook/postgres-server";
import type { Platform } from "@daybook/services";
import { commands } from "./commands/index.ts";
import { openPlatform } from "./wire.ts";

/** `pnpm -s daybook <command> … [--json]`: the operator's command line. Thin: every command calls verbs. */
const exitRefused = 1;
const exitMisused = 2;
const checkout = resolve(import.meta.dirname, "../../..");

const words = process.argv.slice(2);
const command = commands.find(({ name }) => name.split(" ").every((word, at) => words[at] === word));
if (!command) misuse();
const { json, ...given } = readArguments(command);
const call = { ...given, say: (line: string) => console.error(line) };
try {
  const answer = "offline" in command ? command.run(call) : await withPlatform((platform) => command.run({ ...call, platform }));
  console.log(json ? JSON.stringify(answer.json) : answer.lines.join("\n"));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(json ? JSON.stringify({ error: { code: error.code, message: error.message } }) : error.message);
  process.exitCode = exitRefused;
}

async function withPlatform<T>(use: (platform: Platform) => Promise<T>): Promise<T> {
  const embedded = readConnection(join(process.env["DAYBOOK_DATA"] || join(checkout, ".data"), "postgres"));
  const databaseUrl = process.env["DATABASE_URL"] || embedded?.loginUrl || embedded?.url;
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
    return await use(platform);
  } finally {
    await platform.store.close();
  }
}

function readArguments({ name, options }: (typeof commands)[number]) {
  try {
    const { values, positionals } = parseArgs({
      args: words.slice(name.split(" ").length),
      allowPositionals: true,
      options: { ...options, json: { type: "boolean" } },
    });
    const entries = Object.entries<unknown>(values);
    return {
      positionals,
      options: Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
      flags: new Set(entries.filter(([, value]) => value === true).map(([option]) => option)),
      json: values.json === true,
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return misuse();
  }
}

function misuse(): never {
  console.error(`Usage: pnpm -s daybook <command> [--json]\n\n${commands.map(({ usage }) => `  ${usage}`).join("\n")}`);
  process.exit(exitMisused);
}
