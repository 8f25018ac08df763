import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const checkout = resolve(import.meta.dirname, "../../..");

export interface RunningDaybook {
  url: string;
  setupLink: string;
  dataFolder: string;
  /** Runs `pnpm -s daybook …` against it and returns what it printed. */
  command(...words: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Five seconds on a quiet machine; one with thirty processes for two cores has taken more than 120. */
const startMsMax = 200_000;

/** The product as a person starts it: supervisor, embedded Postgres, API, worker, built console; on a data folder of its own. */
export async function startDaybook(environment: Record<string, string> = {}): Promise<RunningDaybook> {
  const dataFolder = await mkdtemp(join(tmpdir(), "daybook-e2e-"));
  if (process.getuid?.() === 0) await chmod(dataFolder, 0o755);
  // Below 32,768, where systems take the ports of outgoing connections from.
  const port = String(20_000 + Math.floor(Math.random() * 12_000));
  const env = { ...process.env, DAYBOOK_DATA: dataFolder, PORT: port, NODE_ENV: "", DATABASE_URL: "", DAYBOOK_URL: "", ...environment };
  const supervisor = spawn(process.execPath, [join(checkout, "apps/cli/src/start.ts")], { cwd: checkout, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const setupLink = await new Promise<string>((settle, reject) => {
    const giveUp = () => {
      // Nobody else would end it: whoever asked has only the error.
      supervisor.kill("SIGTERM");
      reject(new Error(`Daybook did not start:\n${said}`));
    };
    const timer = setTimeout(giveUp, startMsMax);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const link = /Console\s+(\S+)[\s\S]*Stop/.exec(said)?.[1];
      if (link === undefined) return;
      clearTimeout(timer);
      settle(link);
    };
    supervisor.stdout.on("data", hear);
    supervisor.stderr.on("data", hear);
    supervisor.once("exit", (code) => reject(new Error(`Daybook ended with ${code}:\n${said}`)));
  });
  return {
    url: new URL(setupLink).origin,
    setupLink,
    dataFolder,
    command: (...words) => runCommand(words, env),
    async stop() {
      const gone = new Promise((settle) => supervisor.once("exit", settle));
      supervisor.kill("SIGTERM");
      await gone;
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

function runCommand(words: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const tsx = join(checkout, "node_modules/tsx/dist/cli.mjs");
  const child = spawn(
    process.execPath,
    [tsx, "--tsconfig", join(checkout, "packages/reports/tsconfig.json"), join(checkout, "apps/cli/src/main.ts"), ...words],
    { cwd: checkout, env },
  );
  let out = "";
  let complaint = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  return new Promise((settle, reject) => {
    child.once("exit", (code) => (code === 0 ? settle(out) : reject(new Error(`daybook ${words.join(" ")} ended with ${code}: ${complaint}`))));
  });
}
