import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { openStore } from "@daybook/store";
import { consume, deliverMail, evaluateAlerts, purgeExpired, sendDueReports } from "../src/index.ts";
import type { Platform } from "../src/index.ts";
import { platformOn } from "./platform-on.ts";

const jobs = {
  purgeExpired,
  sendDueReports,
  async alert(platform: Platform): Promise<void> {
    await consume(platform, evaluateAlerts);
    await deliverMail(platform);
  },
};
const isJob = (name: string | undefined): name is keyof typeof jobs => name !== undefined && Object.hasOwn(jobs, name);

/**
 * A process that runs one job at a fixed time and can be killed. It says `ready` before and `done` after; what it leaves in the database is
 * all that the test goes by.
 */
export function startChild(job: keyof typeof jobs, { url, now }: { url: string; now: string }) {
  const tsx = createRequire(new URL("../../../package.json", import.meta.url)).resolve("tsx");
  const child = spawn(process.execPath, ["--import", tsx, fileURLToPath(import.meta.url), job, url, now], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const hears = (word: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => said.includes(word) && resolve();
      child.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        look();
      });
      child.once("exit", (code) => (code === null || said.includes(word) ? resolve() : reject(new Error(`the child ended with ${code}: ${complaint}`))));
      look();
    });
  const ready = hears("ready");
  const done = hears("done");
  done.catch(() => undefined);
  return {
    ready,
    /** Resolves when the job ended or the process was killed. */
    done,
    async kill(): Promise<void> {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
    },
  };
}

async function main([job, url, now]: string[]): Promise<void> {
  if (!url || !now || !isJob(job)) throw new Error("usage: child.ts <job> <database> <time>");
  const store = openStore({ url, applicationName: "child", max: 2 });
  const platform = platformOn(store, { now: () => new Date(now), origin: "https://daybook.acme.example" });
  await store.ping();
  console.log("ready");
  await jobs[job](platform);
  console.log("done");
  await store.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
