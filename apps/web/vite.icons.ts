import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const icons = /\/lucide-react\/dist\/esm\/icons\/[\w-]+\.mjs$/;
const drawer = fileURLToPath(new URL("src/ui/lucide-icon.ts", import.meta.url));

/** Lucide's icons as bare shapes: without names and keys, which only Lucide's own drawing reads, the sixty of the first page weigh a third less. */
export const bareIcons = (): Plugin => ({
  name: "daybook:bare-icons",
  apply: "build",
  enforce: "pre",
  resolveId: {
    filter: { id: /\/createLucideIcon\.mjs$/ },
    handler: (_source, importer = "") => (icons.test(importer) ? drawer : null),
  },
  transform: {
    filter: { id: icons },
    handler: (code) => ({
      code: code
        .replaceAll(/, key: "\w+"/g, "")
        .replace(/\bname: "[\w-]+",\n\s*size: 24,/, "")
        .replace(/,\n\s*aliases: \[[^\]]*\]/, "")
        .replace(/^__iconData\.node;$/m, ""),
      map: null,
    }),
  },
});
