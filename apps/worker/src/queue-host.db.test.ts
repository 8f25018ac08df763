import { randomBytes } from "node:crypto";
import { openFolderDoor } from "@daybook/archive";
import { noSealer } from "@daybook/services";
import type { Platform } from "@daybook/services";
import { openStore, organizations } from "@daybook/store";
import { testDatabase } from "@daybook/testkit";
import { expect, test } from "vitest";
import { openQueueHost } from "./queue-host.ts";

test("what a failed job was given to store is neither in the log nor in the queue", async () => {
  const database = await testDatabase();
  const lines: string[] = [];
  const platform: Platform = {
    store: openStore({ url: database.url, applicationName: "worker-test", max: 4 }),
    mail: { transport: "mailbox", from: "daybook@localhost", send: () => Promise.reject(new Error("no mail leaves a test")) },
    folder: openFolderDoor({ allowedRoots: [] }),
    http: { plainHttp: false, ask: () => Promise.reject(new Error("a test asks nobody")) },
    sealer: noSealer,
    fixtures: () => Promise.resolve(undefined),
    origin: "http://localhost:4747",
    random: (bytes) => randomBytes(bytes),
    now: () => new Date(),
    log: { info: () => {}, warn: () => {}, error: (fields) => void lines.push(JSON.stringify(fields)) },
  };
  const run = async () => void (await organizations.find(platform.store.platform, "hunter2"));
  const host = await openQueueHost({ url: database.url, platform, jobs: [{ queue: "test.fail", cron: "0 0 1 1 *", run }] });
  try {
    await platform.store.platformTransaction((tx) => tx.execute("select pg_notify('daybook_wake', 'test.fail')"));
    const kept = async () => database.asOwner("select output::text from pgboss.job where output is not null");
    await expect.poll(async () => (await kept()).length, { timeout: 15_000, interval: 100 }).toBeGreaterThan(0);
    const told = lines.join("\n") + JSON.stringify(await kept());
    expect(told).toContain("invalid input syntax for type uuid");
    expect(told).not.toContain("params");
  } finally {
    await host.stop();
    await platform.store.close();
    await database.close();
  }
});
