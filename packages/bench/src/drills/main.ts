import { parseArgs } from "node:util";
import { drills } from "./index.ts";

/** `pnpm -s drill <name> [--count N] [--seed N] [--json]`: exits with 1 when something happened that may not. */
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { count: { type: "string" }, seed: { type: "string" }, json: { type: "boolean", default: false } },
});
const drill = drills.find(({ name }) => name === positionals[0]);
const count = values.count === undefined ? drill?.count.byDefault : Number(values.count);
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
if (!drill || !Number.isInteger(count) || !count || count < 1 || !Number.isInteger(seed)) {
  console.error(`Usage: pnpm -s drill <${drills.map(({ name, count: { unit } }) => `${name} (counts ${unit})`).join("|")}> [--count N] [--seed N] [--json]`);
  process.exit(2);
}
const { figures, failures } = await drill.run({ count, seed, say: (line) => console.error(line) });
if (values.json) console.log(JSON.stringify({ seed, ...figures, failures }));
else for (const [name, value] of Object.entries({ seed, ...figures })) console.log(`${name.padEnd(24)} ${value}`);
for (const failure of failures) console.error(failure);
process.exit(failures.length === 0 ? 0 : 1);
