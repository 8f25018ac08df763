import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin } from "vite";
import { testFolder } from "./test-folder.ts";

/**
 * A program of ours as one file of JavaScript, for a test that starts it again and again: it is there in 0.3 s of a core, where loading the same from its
 * sources takes 2 s each time. Making it takes 2 s. Every module in it still finds the files that lie beside its source.
 */
export async function bundled(program: string): Promise<{ path: string; env: Record<string, string> }> {
  const folder = testFolder();
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  // Loaded when asked for: every database test imports this package, few start programs.
  const { build } = await import("vite");
  await build({
    configFile: false,
    logLevel: "error",
    plugins: [besideItsSource],
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: program,
      target: "node24",
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: { external: ["pg-native"], output: { entryFileNames: "program.mjs", codeSplitting: false, banner } },
    },
  });
  return { path: join(folder, "program.mjs"), env: { NODE_COMPILE_CACHE: join(folder, "compiled") } };
}

/** CommonJS code inside expects the names of its own time. */
const banner = `import { createRequire as createBundleRequire } from "node:module";
const require = createBundleRequire(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`;

const besideItsSource: Plugin = {
  name: "daybook:beside-its-source",
  transform: (code, id) =>
    code.includes("import.meta.url") ? { code: code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href)), map: null } : null,
};
