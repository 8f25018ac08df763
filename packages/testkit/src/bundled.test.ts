import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bundled } from "./bundled.ts";

test("a program of several modules runs from one file, and finds what lies beside its sources", async () => {
  const folder = mkdtempSync(join(tmpdir(), "daybook-bundled-"));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("words.txt", "beside");
  write("words.ts", `import { readFileSync } from "node:fs";\nexport const words: string = readFileSync(new URL("words.txt", import.meta.url), "utf8");`);
  write("main.ts", `import { words } from "./words.ts";\nconsole.log(words, process.argv[2]);`);
  const { path, env } = await bundled(join(folder, "main.ts"));
  rmSync(join(folder, "words.ts"));
  const { stdout, stderr } = spawnSync(process.execPath, [path, "given"], { env: { ...process.env, ...env }, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect({ stdout, stderr }).toEqual({ stdout: "beside given\n", stderr: "" });
});
