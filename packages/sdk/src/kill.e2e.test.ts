import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "@daybook/testkit";
import { expect, test } from "vitest";
import { fakeDaybook, faults } from "../test/fake-daybook.ts";
import { testClient } from "../test/test-client.ts";

const program = fileURLToPath(new URL("../test/logging-child.ts", import.meta.url));
const kills = 20;
const lifeMsMax = 120;
/** Apart enough that no life logs so many. */
const numbersOfLife = 1_000_000;

/** Lets the program run, kills it some ms after its first promise, and returns the numbers that it was promised. */
async function killed(url: string, folder: string, first: number, lifeMs: number): Promise<number[]> {
  const child = spawn(process.execPath, [program, url, folder, String(first)], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  let dying = false;
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    if (dying) return;
    dying = true;
    setTimeout(() => child.kill("SIGKILL"), lifeMs);
  });
  await new Promise((ended) => child.once("close", ended));
  return text.split("\n").slice(0, -1).map(Number);
}

const seed = Number(process.hrtime.bigint() % 2n ** 32n);

test(`a process killed ${kills} times, while the server fails at random, loses nothing that was spooled and doubles nothing (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), "daybook-kill-"));
  const fake = await fakeDaybook();
  try {
    fake.faultOf = () => (random() < 0.5 ? "none" : (faults[Math.floor(random() * faults.length)] ?? "none"));
    const promised: number[] = [];
    for (let life = 0; life < kills; life++) promised.push(...(await killed(fake.url, folder, life * numbersOfLife, random() * lifeMsMax)));
    fake.faultOf = () => "none";
    const heir = testClient({ url: fake.url, spoolFolder: folder });
    expect(await heir.flush({ timeoutMs: 30_000 })).toEqual({ settled: true });
    await heir.close();

    const stored = [...fake.stored.values()].map(({ event }) => (event["metadata"] as { n: number }).n);
    const there = new Set(stored);
    expect(promised.length).toBeGreaterThan(kills);
    expect(promised.filter((n) => !there.has(n))).toEqual([]);
    expect(there.size).toBe(stored.length);
    expect(readdirSync(folder)).toEqual([]);
    const arrivals = [...fake.arrivals.values()].reduce((sum, count) => sum + count, 0);
    console.log(`${kills} kills: ${promised.length} promised, ${stored.length} stored, ${arrivals} arrivals, lost 0, doubled 0 (seed ${seed})`);
  } finally {
    await fake.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
