import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { chunkGroups } from "./vite.chunks.ts";
import { compressedFiles } from "./vite.compressed.ts";
import { earlyLog } from "./vite.early.ts";
import { bareIcons } from "./vite.icons.ts";

const apiOrigin = process.env["DAYBOOK_API_ORIGIN"] ?? "http://127.0.0.1:4747";
const proxied = ["/trpc", "/api", "/v1", "/docs", "/openapi.json", "/livez", "/readyz"];

// Where rendering is hot, and where a context's value has to stay the same. Leaves and frame have little to remember, and what they need for it weighs
// 4.5 kB of the first page: docs/decisions/2026-11-21-the-way-to-the-first-rows.md.
const compiled = ["/src/features/", "/src/forms/", "/src/shell/organization.tsx"];

export default defineConfig({
  plugins: [react({ compiler: { sources: compiled } }), tailwindcss(), earlyLog(), bareIcons(), compressedFiles()],
  // What it stands in for is part of React by now.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim$/, replacement: "react" }] },
  // Everything is served from the same origin: no inlined data: script, so that `script-src 'self'` is enough.
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The core packages are pure: a module of theirs that nothing uses, with the schemas it would bring, stays out.
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: /\/packages\/[a-z]+\/src\//, sideEffects: false }] },
      output: { codeSplitting: { groups: chunkGroups } },
    },
  },
  server: { proxy: Object.fromEntries(proxied.map((path) => [path, { target: apiOrigin, changeOrigin: true }])) },
});
