import type { TestProject } from "vitest/node";
import { ensureLogin, migrate } from "./packages/store/src/index.ts";
import { startTestServer } from "./packages/testkit/src/test-server.ts";

/** One server for all database tests of a run. Here because the testkit must not import the store, which imports it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer(async ({ ownerUrl, url }) => {
    await migrate({ url: ownerUrl });
    await ensureLogin({ ownerUrl, url });
  });
  project.provide("postgresUrl", server.url);
  return () => server.stop();
}
