import { parseArgs } from "node:util";
import { benches } from "./index.ts";

/** `pnpm -s bench <name> [--events N] [--json] [--keep folder]`: figures as a table, or one JSON object in the last line. */
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { events: { type: "string" }, json: { type: "boolean", default: false }, keep: { type: "string" } },
});
const bench = benches.find(({ name }) => name === positionals[0]);
const events = values.events === undefined ? bench?.eventsDefault : Number(values.events);
if (!bench || events === undefined || !Number.isInteger(events) || events < 1) {
  console.error(`Usage: pnpm -s bench <${benches.map(({ name }) => name).join("|")}> [--events N] [--json] [--keep folder]`);
  process.exit(2);
}
const figures = await bench.run({ events, keep: values.keep, say: (line) => console.error(line) });
if (values.json) console.log(JSON.stringify(figures));
else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(32)} ${value}`);
