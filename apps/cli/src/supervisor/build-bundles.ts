import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** Builds console, API and worker, as far as their sources changed. Turborepo knows from hashes; nothing changed takes half a second. */
export async function buildBundles(checkout: string): Promise<void> {
  const turbo = join(checkout, "node_modules", ".bin", "turbo");
  const child = spawn(turbo, ["run", "build", "--output-logs=errors-only", "--ui=stream", "--no-update-notifier"], {
    cwd: checkout,
    env: { ...process.env, ...trustCheckout(checkout), TURBO_TELEMETRY_DISABLED: "1", PATH: pathWithPnpm() },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (piece: string) => (said += piece));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`The build failed:\n${said.trim()}`);
}

export function isBuilt(checkout: string): boolean {
  return ["apps/api/dist/main.mjs", "apps/worker/dist/main.mjs", "apps/web/dist/index.html"].every((path) => existsSync(join(checkout, path)));
}

/** Turborepo asks git which files changed, and git refuses to answer root in the checkout of an ordinary user. */
function trustCheckout(checkout: string): Record<string, string> {
  return { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "safe.directory", GIT_CONFIG_VALUE_0: checkout };
}

/** Turborepo looks for pnpm on the path; pnpm names itself to what it runs, but is not always there. */
function pathWithPnpm(): string {
  const pnpm = process.env["npm_execpath"];
  return [process.env["PATH"], pnpm === undefined ? undefined : dirname(pnpm)].filter(Boolean).join(delimiter);
}
