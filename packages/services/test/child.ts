import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundled } from "@daybook/testkit";
import type { Job } from "./child-program.ts";

interface Life {
  url: string;
  now: string;
  /** The step, counted from 1, at which the process kills itself with SIGKILL; 0 is never. */
  dieAt?: number;
}

/** Made once for all the lives of a file. */
let program: ReturnType<typeof bundled> | undefined;

/**
 * A process that runs one job at a fixed time, before a folder with a dbt run that failed, and can be killed. It says `ready` before and how many
 * steps it took after; what it leaves in the database is all that the test goes by.
 */
export async function startChild(job: Job, { url, now, dieAt = 0 }: Life) {
  program ??= bundled(fileURLToPath(new URL("child-program.ts", import.meta.url)));
  const { path, env } = await program;
  const child = spawn(process.execPath, [path, job, url, now, String(dieAt)], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  /** Resolves when the job ended or the process was killed. */
  const done = new Promise<{ signal: string | null; steps: number }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code) reject(new Error(`the child ended with ${code}: ${complaint}`));
      else resolve({ signal, steps: Number(/done (\d+)/.exec(said)?.[1] ?? 0) });
    });
  });
  done.catch(() => undefined);
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("ready")) resolve();
    });
    done.then(() => resolve(), reject);
  });
  return {
    ready,
    done,
    async kill(): Promise<void> {
      child.kill("SIGKILL");
      await done;
    },
  };
}
