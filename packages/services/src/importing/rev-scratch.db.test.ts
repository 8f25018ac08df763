import { afterAll, beforeAll, expect, test } from "vitest";
import { testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import { importRecords } from "./import-records.ts";
let platform: TestPlatform;
beforeAll(async () => { platform = await testPlatform(); });
afterAll(() => platform.close());
for (const n of [300, 1000, 1500]) test("page per line "+n, async () => {
  const context = await testOrganization(platform);
  const page = JSON.stringify({ next: "x", hits: Array.from({ length: n }, (_, at) => ({ action: "a.b", time: "2026-11-10T08:00:00Z", id: `${at}`, pad: "y".repeat(Math.floor(800_000/n)) })) });
  let maxRss = 0; let lag = 0; let last = performance.now(); const timer = setInterval(() => { const now = performance.now(); lag = Math.max(lag, now - last); last = now; maxRss = Math.max(maxRss, process.memoryUsage().rss); }, 10);
  const started = performance.now();
  const result = await importRecords(platform, context, { vendor: "mapping:x", mapping: { split: "hits", fields: { action: "action", occurred_at: "time", id: "id" } }, fileName: "f", text: (async function*(){ yield page; })() }).catch((e: unknown) => e);
  clearInterval(timer);
  console.log(n, result instanceof Error ? result.message.slice(0,300) : { ...(result as object) }, "ms", performance.now() - started, "rss", maxRss / 1e6, "lag", lag);
}, 300_000);
test("all problems: progress", async () => {
  const context = await testOrganization(platform);
  let calls = 0; 
  await importRecords(platform, context, { vendor: "github", fileName: "f", text: (async function*(){ for (let i=0;i<60000;i++) yield "{}"; })() }, () => { calls += 1; }).catch((e: unknown) => e);
  console.log("progress calls with 60000 problem lines", calls);
}, 300_000);
