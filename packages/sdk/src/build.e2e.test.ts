import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeDaybook, token } from "../test/fake-daybook.ts";

const sdk = fileURLToPath(new URL("..", import.meta.url));
const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "daybook-sdk-"));
const installed = join(folder, "node_modules/@daybook/sdk");

/** What a reader of the registry gets: the built files and the manifest as `pnpm publish` writes it, in a folder with nothing else. */
beforeAll(async () => {
  execFileSync(process.execPath, [tsc, "-b", sdk], { stdio: "inherit" });
  await build({ configFile: join(sdk, "vite.config.ts"), logLevel: "error" });
  mkdirSync(installed, { recursive: true });
  cpSync(join(sdk, "dist"), join(installed, "dist"), { recursive: true, filter: (path) => !path.endsWith("dist/types") });
  const { publishConfig, devDependencies: _unpublished, ...manifest } = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8")) as Record<string, object>;
  writeFileSync(join(installed, "package.json"), JSON.stringify({ ...manifest, ...publishConfig }));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names of what the files import from outside the package. */
const foreignImports = (kind: RegExp) =>
  readdirSync(join(installed, "dist"), { recursive: true, encoding: "utf8" })
    .filter((path) => kind.test(path))
    .flatMap((path) =>
      [...readFileSync(join(installed, "dist", path), "utf8").matchAll(/(?:\bfrom |\bimport\(|^import )"([^".][^"]*)"/gm)].map(([, name]) => name ?? ""),
    );

test("the package has no dependency, and its files import nothing but Node itself; its types nothing at all", () => {
  expect(JSON.parse(readFileSync(join(installed, "package.json"), "utf8"))).not.toHaveProperty("dependencies");
  expect(foreignImports(/\.js$/).filter((name) => !name.startsWith("node:"))).toEqual([]);
  expect(foreignImports(/\.js$/).length).toBeGreaterThan(3);
  expect(foreignImports(/\.d\.ts$/)).toEqual([]);
});

test("the files ask for nothing that came to engines after Node 20", () => {
  const files = readdirSync(join(installed, "dist"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".js"));
  const later = /rawJSON|isRawJSON|withResolvers|groupBy|Promise\.try|fromAsync|AbortSignal\.any|import\.meta\.dirname|\bIterator\./i;
  expect(files.filter((path) => later.test(readFileSync(join(installed, "dist", path), "utf8")))).toEqual([]);
});

describe("a program outside the workspace", () => {
  const check = (name: string, text: string, options: string[] = []): string => {
    writeFileSync(join(folder, name), text);
    const strict = ["--noEmit", "--strict", "--target", "es2022", "--types", "", "--lib", "es2022,dom"];
    try {
      execFileSync(process.execPath, [tsc, ...strict, ...options, join(folder, name)], { cwd: folder, encoding: "utf8" });
      return "";
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };
  const consumer = `
    import { createDaybook, diff } from "@daybook/sdk";
    import type { DaybookEvent, EventDefaults, KnownAction, Receipt } from "@daybook/sdk";
    import { daybookExpress } from "@daybook/sdk/express";
    import { daybookFastify } from "@daybook/sdk/fastify";
    import { daybookHono } from "@daybook/sdk/hono";
    import { auditMutations, daybookTrpc } from "@daybook/sdk/trpc";
    const daybook = createDaybook({ url: "https://daybook.example.com", token: "t", flushAfterMs: 5 });
    const known: KnownAction = "notebook_created";
    const own: DaybookEvent = { action: "rocket_launched", changes: diff({ a: 1 }, { a: 2 }), actor: { type: "user", id: "u" } };
    const defaults: EventDefaults = { context: { request_id: "r" } };
    const receipt: Receipt = await daybook.with(defaults).log(own);
    if (receipt.status === "created") receipt.seq.toFixed();
    const durable: boolean = await daybook.log({ action: known }).spooled;
    const { settled }: { settled: boolean } = await daybook.close();
    export const all = [daybookExpress(daybook), daybookHono(daybook), daybookTrpc(daybook), auditMutations(daybook), daybookFastify, durable, settled];
  `;

  test.each([
    ["Node's own resolution", ["--module", "nodenext"]],
    ["a bundler's", ["--module", "esnext", "--moduleResolution", "bundler"]],
    ["a bundler's for browsers", ["--module", "esnext", "--moduleResolution", "bundler", "--customConditions", "browser"]],
  ])("is checked against the published types, by %s", (_which, options) => {
    expect(check("consumer.ts", consumer, options)).toBe("");
  });

  test.each([
    ["a wrong type of actor", 'await daybook.log({ action: "a", actor: { type: "robot" } });', "robot"],
    ["a misspelt field", 'await daybook.log({ action: "a", acter: {} });', "acter"],
    ["an action that is no string", "await daybook.log({ action: 7 });", "number"],
  ])("is told of %s", (_what, line, word) => {
    const text = `import { createDaybook } from "@daybook/sdk";\nconst daybook = createDaybook({ url: "https://d.example", token: "t" });\n${line}\nexport {};`;
    expect(check("mistaken.ts", text, ["--module", "nodenext"])).toContain(word);
  });

  test("runs in plain Node", async () => {
    const fake = await fakeDaybook();
    const program = `import { createDaybook } from "@daybook/sdk";
      const daybook = createDaybook({ url: ${JSON.stringify(fake.url)}, token: ${JSON.stringify(token)}, spoolFolder: "spool" });
      daybook.log({ action: "program_started" });`;
    writeFileSync(join(folder, "program.js"), program);
    const { execFile } = await import("node:child_process");
    await new Promise<void>((done, fail) => execFile(process.execPath, ["program.js"], { cwd: folder }, (error) => (error ? fail(error) : done())));
    expect([...fake.stored.values()].map(({ event }) => event["action"])).toEqual(["program_started"]);
    await fake.close();
  });
});

test("bundled for a browser it has nothing of Node in it, and is small", async () => {
  writeFileSync(
    join(folder, "page.js"),
    'import { createDaybook, diff } from "@daybook/sdk";\nwindow.daybook = createDaybook({ url: location.origin, token: "t" });\nwindow.diff = diff;\n',
  );
  const lib = { entry: join(folder, "page.js"), formats: ["es" as const] };
  const output = await build({ root: folder, configFile: false, logLevel: "error", build: { write: false, lib, minify: true } });
  const [bundle] = Array.isArray(output) ? output : [output];
  if (!bundle || !("output" in bundle)) throw new Error("the bundler gives its output");
  const text = bundle.output.map((part) => (part.type === "chunk" ? part.code : "")).join("");
  expect(text).toContain("pagehide");
  expect(text).not.toMatch(/node:|\bBuffer\b|\bprocess\b|AsyncLocalStorage|__vite-browser-external|\brequire\(/);
  const bytes = { minified: text.length, gzipped: gzipSync(text).length };
  console.log(`@daybook/sdk in a browser: ${bytes.minified} bytes minified, ${bytes.gzipped} gzipped`);
  expect(bytes.gzipped).toBeLessThan(gzippedBytesMax);
});

/** A page should not pay more for its audit log than for a small picture. */
const gzippedBytesMax = 8_000;
