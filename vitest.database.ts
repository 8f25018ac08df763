import type { TestProject } from "vitest/node";
import { migrate } from "./packages/store/src/index.ts";
import { startTestServer } from "./packages/testkit/src/test-server.ts";

/** One server for all database tests of a run. Here because the testkit must not import the store, which imports it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer(async (url) => void (await migrate({ url })));
  project.provide("postgresUrl", server.url);
  return () => server.stop();
}
