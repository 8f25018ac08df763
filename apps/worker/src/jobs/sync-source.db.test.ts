import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { openFolderDoor } from "@daybook/archive";
import { createSource, foundOrganization, listRuns, newId, perform, read, runSource } from "@daybook/services";
import { noSealer } from "@daybook/services";
import type { Platform } from "@daybook/services";
import { members, openStore } from "@daybook/store";
import { testDatabase } from "@daybook/testkit";
import { expect, test } from "vitest";
import { openQueueHost } from "../queue-host.ts";
import { syncSource } from "./sync-source.ts";

const folder = fileURLToPath(new URL("../../../../packages/connectors/fixtures/dbt/success", import.meta.url));

test("a run that somebody asks for is carried out at once by the worker, woken by the request itself", async () => {
  const database = await testDatabase();
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
    log: { info: () => {}, warn: () => {}, error: () => {} },
  };
  await platform.store.ensurePartitions([new Date()]);
  const owner = { userId: newId(platform), name: "Ada", email: "ada@example.com" };
  const { context } = await platform.store.platformTransaction(async (tx) => {
    await members.insertUser(tx, { id: owner.userId, accountId: newId(platform), name: owner.name, email: owner.email, passwordHash: "-" });
    return foundOrganization(tx, platform, { owner, name: "Acme", timeZone: "Europe/Paris", demo: false, request: {}, starters: [] });
  });
  const host = await openQueueHost({ url: database.url, platform, jobs: [syncSource] });
  try {
    const { id: sourceId } = await perform(platform, context, createSource, { kind: "dbt", name: "Models", settings: { folder } });
    for (let round = 1; round <= 2; round += 1) {
      await perform(platform, context, runSource, { sourceId });
      const states = async () => (await read(platform, context, listRuns, { sourceId })).map(({ state }) => state);
      await expect.poll(states, { timeout: 15_000, interval: 50 }).toEqual(Array.from({ length: round }, () => "succeeded"));
    }
  } finally {
    await host.stop();
    await platform.store.close();
    await database.close();
  }
});
