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
export type Job = keyof typeof jobs;
const isJob = (name: string | undefined): name is Job => name !== undefined && Object.hasOwn(jobs, name);

async function main([job, url, now, dieAt]: string[]): Promise<void> {
  if (!url || !now || !isJob(job)) throw new Error("usage: child-program.ts <job> <database> <time> <step>");
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

await main(process.argv.slice(2));
