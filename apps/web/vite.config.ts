import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const apiOrigin = process.env["DAYBOOK_API_ORIGIN"] ?? "http://127.0.0.1:4747";
const proxied = ["/trpc", "/api", "/v1", "/docs", "/openapi.json", "/livez", "/readyz"];

export default defineConfig({
  plugins: [react({ compiler: true }), tailwindcss()],
  // Everything is served from the same origin: no inlined data: script, so that `script-src 'self'` is enough.
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The core packages are pure: a module of theirs that nothing uses, with the schemas it would bring, stays out.
    rolldownOptions: { treeshake: { moduleSideEffects: [{ test: /\/packages\/[a-z]+\/src\//, sideEffects: false }] } },
  },
  server: { proxy: Object.fromEntries(proxied.map((path) => [path, { target: apiOrigin, changeOrigin: true }])) },
});
