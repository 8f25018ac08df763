import { join } from "node:path";
import type { Service } from "./supervise.ts";

export interface ServicesRequest {
  checkout: string;
  /** Where the API listens, and where the console is found: in development the two differ. */
  api: { host: string; port: number };
  consolePort: number;
  environment: () => Record<string, string | undefined>;
}

/**
 * Almost all that a write allocates dies with its answer: it gets room while it is young. What does grow old is collected at twice what
 * is alive, not at four times: a stream of lines then takes 270 MB instead of 500, and batches cost no more (at 1.5 times they cost a third more). No
 * source maps: the bundle is not minified, and the map alone takes 200 MB. The image says the same.
 */
const flags = { api: ["--max-semi-space-size=24", "--heap-growing-percent=100"], worker: [] };

/** What `pnpm start` runs: the bundles, as production does. */
export function bundledServices({ checkout, environment }: ServicesRequest): Service[] {
  return (["api", "worker"] as const).map((name) => ({
    name,
    run: [...flags[name], join(checkout, "apps", name, "dist", "main.mjs")],
    cwd: join(checkout, "apps", name),
    environment: name === "api" ? environment : () => withoutOwner(environment()),
  }));
}

/** Only the API migrates. */
const withoutOwner = ({ DATABASE_OWNER_URL: _owner, ...rest }: Record<string, string | undefined>) => rest;

/** What `pnpm dev` runs: the sources, started again at every change, and the console by Vite, which swaps modules in place. */
export function developmentServices({ checkout, api, consolePort, environment }: ServicesRequest): Service[] {
  const watched = ["api", "worker"].map((name) => ({
    name,
    // Only the mail templates are JSX outside of the console; their settings apply to the files they include.
    run: [
      join(checkout, "node_modules/tsx/dist/cli.mjs"),
      "watch",
      "--clear-screen=false",
      "--tsconfig",
      join(checkout, "packages/reports/tsconfig.json"),
      "src/main.ts",
    ],
    cwd: join(checkout, "apps", name),
    environment: name === "api" ? environment : () => withoutOwner(environment()),
  }));
  const web = join(checkout, "apps/web");
  const vite: Service = {
    name: "web",
    run: [join(web, "node_modules/vite/bin/vite.js"), "--host", "localhost", "--port", String(consolePort), "--strictPort"],
    cwd: web,
    environment: () => ({ ...withoutOwner(environment()), DAYBOOK_API_ORIGIN: `http://${api.host}:${api.port}` }),
  };
  return [...watched, vite];
}
