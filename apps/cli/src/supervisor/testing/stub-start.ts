import { join } from "node:path";
import { runDaybook } from "../run-daybook.ts";

/** A start with stand-ins for API and worker, as a process of its own that tests can kill. The data folder is its argument. */
const service = join(import.meta.dirname, "stub-service.ts");
const unwanted = new AbortController();

const daybook = await runDaybook({
  checkout: import.meta.dirname,
  dataFolder: process.argv[2] ?? "",
  environment: process.env,
  development: false,
  prepare: async () => {},
  services: ({ environment }) => [
    { name: "api", run: [service], cwd: import.meta.dirname, environment },
    { name: "worker", run: [service, "idle"], cwd: import.meta.dirname, environment },
  ],
  say: (line) => console.log(line),
  wanted: unwanted.signal,
});

if (daybook === null) process.exit(0);
process.once("SIGTERM", () => void daybook.stop().then(() => process.exit(0)));
