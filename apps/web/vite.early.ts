import type { Plugin } from "vite";

const pageOfLog = /\/features\/logs\/logs-page\.tsx$/;

/** Tells `public/early.js` which files the log consists of: their names have a hash that only the build knows. */
export const earlyLog = (): Plugin => ({
  name: "daybook:early-log",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler(html, { bundle = {}, chunk: entry }) {
      const chunks = Object.values(bundle).filter((each) => each.type === "chunk");
      const log = chunks.find(({ moduleIds }) => moduleIds.some((id) => pageOfLog.test(id)));
      if (!log || !entry) this.error("The file of the log is not found.");
      const isFirst = new Set([entry.fileName, ...entry.imports]);
      const files = new Set<string>();
      const waiting = [log.fileName];
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        if (files.has(file) || isFirst.has(file)) continue;
        files.add(file);
        waiting.push(...(chunks.find(({ fileName }) => fileName === file)?.imports ?? []));
      }
      const names = [...files].map((file) => `/${file}`).join(" ");
      return html.replace('src="/early.js"', `src="/early.js" data-log="${names}"`);
    },
  },
});
