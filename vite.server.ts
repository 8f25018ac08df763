import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ViteUserConfig } from "vitest/config";

type Plugin = NonNullable<ViteUserConfig["plugins"]>[number];

const checkout = import.meta.dirname;

/** Folders that a bundle needs beside it, by the name they get there. */
const assets = {
  migrations: "packages/store/migrations",
  fixtures: "packages/connectors/fixtures",
} as const;

export interface ServerBundle {
  /** The folder of the app. */
  app: string;
  assets: readonly (keyof typeof assets)[];
}

/**
 * One file per server program, `dist/main.mjs`, that runs with no node_modules: it starts faster (nothing to look up), and
 * an image needs nothing but Node and this folder.
 */
export function serverBundle({ app, assets: needed }: ServerBundle): ViteUserConfig {
  return {
    root: app,
    plugins: [emptyOutput(join(app, "dist")), copyAssets(join(app, "dist"), needed)],
    ssr: { noExternal: true, target: "node" },
    build: {
      ssr: "src/main.ts",
      target: "node24",
      outDir: "dist",
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        output: { entryFileNames: "main.mjs", codeSplitting: false, banner },
        // `pg` asks for its native twin only when told to use it, which nobody does.
        external: ["pg-native"],
      },
    },
  };
}

/**
 * Runs before everything else in the bundle. A program from sources finds its files beside them; a bundle carries them along
 * and says so here. CommonJS code inside expects the names of its own time.
 */
const banner = `import { existsSync as existsBesideBundle } from "node:fs";
import { createRequire as createBundleRequire } from "node:module";
import { fileURLToPath as pathOfUrl } from "node:url";
const require = createBundleRequire(import.meta.url);
const __filename = pathOfUrl(import.meta.url);
const __dirname = pathOfUrl(new URL(".", import.meta.url));
for (const [variable, places] of [
  ["DAYBOOK_MIGRATIONS", ["./migrations"]],
  ["DAYBOOK_FIXTURES", ["./fixtures"]],
  ["DAYBOOK_WEB_DIST", ["./web", "../../web/dist"]],
]) {
  const found = places.map((place) => pathOfUrl(new URL(place, import.meta.url))).find((place) => existsBesideBundle(place));
  if (found !== undefined) process.env[variable] ||= found;
}`;

/** All but the type declarations of `tsc -b`, which share the folder. */
function emptyOutput(output: string): Plugin {
  return {
    name: "daybook:empty-output",
    buildStart() {
      if (!existsSync(output)) return;
      for (const name of readdirSync(output)) if (name !== "types") rmSync(join(output, name), { recursive: true });
    },
  };
}

function copyAssets(output: string, needed: readonly (keyof typeof assets)[]): Plugin {
  return {
    name: "daybook:copy-assets",
    closeBundle() {
      for (const name of needed) {
        const source = join(checkout, assets[name]);
        if (existsSync(source)) cpSync(source, join(output, name), { recursive: true });
      }
    },
  };
}
