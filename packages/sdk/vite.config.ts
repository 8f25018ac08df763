import { join } from "node:path";
import { defineConfig } from "vite";
import { publishDeclarations } from "./declarations.ts";

const entries = ["index", "browser", "middleware/express", "middleware/fastify", "middleware/hono", "middleware/trpc"];
const folder = import.meta.dirname;

/** Plain modules that stand alone: what they use of the workspace's packages is inside, and nothing of npm is. */
export default defineConfig({
  root: folder,
  plugins: [publishDeclarations({ folder, entries })],
  build: {
    target: "es2022",
    minify: false,
    sourcemap: false,
    reportCompressedSize: false,
    emptyOutDir: false,
    lib: { entry: Object.fromEntries(entries.map((name) => [name, join(folder, `src/${name}.ts`)])), formats: ["es"] },
    rolldownOptions: {
      external: [/^node:/],
      output: { chunkFileNames: "shared/[name].js", entryFileNames: "[name].js" },
      // The core packages are pure: a module of theirs that nothing uses, with the schemas it would bring, stays out.
      treeshake: { moduleSideEffects: [{ test: /\/packages\/(event|catalog)\/src\//, sideEffects: false }] },
    },
  },
});
