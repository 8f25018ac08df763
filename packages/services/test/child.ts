import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { openStore } from "@daybook/store";
import { consume, deliverMail, evaluateAlerts, foldOperations, purgeExpired, rollUp, runSyncs, sendDueReports } from "../src/index.ts";
import type { Platform } from "../src/index.ts";
import { stepped } from "./dying-at.ts";
import { dbtFolder, platformOn } from "./platform-on.ts";

const jobs = {
  purgeExpired,
  sendDueReports,
  runSyncs,
  rollUp: (platform: Platform) => consume(platform, rollUp),
  foldOperations: (platform: Platform) => consume(platform, foldOperations),
  async alert(platform: Platform): Promise<void> {
    await consume(platform, evaluateAlerts);
    await deliverMail(platform);
  },
};
const isJob = (name: string | undefined): name is keyof typeof jobs => name !== undefined && Object.hasOwn(jobs, name);

interface Life {
  url: string;
  now: string;
  /** The step, counted from 1, at which the process kills itself with SIGKILL; 0 is never. */
  dieAt?: number;
}

/**
 * A process that runs one job at a fixed time, before a folder with a dbt run that failed, and can be killed. It says `ready` before and how many
 * steps it took after; what it leaves in the database is all that the test goes by.
 */
export function startChild(job: keyof typeof jobs, { url, now, dieAt = 0 }: Life) {
  const tsx = createRequire(new URL("../../../package.json", import.meta.url)).resolve("tsx");
  const given = ["--import", tsx, fileURLToPath(import.meta.url), job, url, now, String(dieAt)];
  const child = spawn(process.execPath, given, { stdio: ["ignore", "pipe", "pipe"] });
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

async function main([job, url, now, dieAt]: string[]): Promise<void> {
  if (!url || !now || !isJob(job)) throw new Error("usage: child.ts <job> <database> <time> <step>");
  const store = openStore({ url, applicationName: "child", max: 2 });
  const platform = platformOn(store, { now: () => new Date(now), origin: "https://daybook.acme.example", folder: dbtFolder("with-error") });
  await store.ping();
  let steps = 0;
  const pass = () => {
    steps += 1;
    if (steps === Number(dieAt)) process.kill(process.pid, "SIGKILL");
  };
  console.log("ready");
  await jobs[job](stepped(platform, pass));
  console.log(`done ${steps}`);
  await store.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
