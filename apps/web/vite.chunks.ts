import { fileURLToPath } from "node:url";

interface Module {
  importedIds: readonly string[];
  dynamicallyImportedIds: readonly string[];
}
interface Modules {
  getModuleInfo: (id: string) => Module | null;
}

const source = fileURLToPath(new URL("src/", import.meta.url));
const explorer = `${source}features/logs/explorer.tsx`;
const pageOfLog = `${source}features/logs/logs-page.tsx`;

/** What a module of the console needs of the console, itself included, apart from what it asks for later. */
function needed(start: string, modules: Modules): Set<string> {
  const found = new Set<string>();
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id) || !id.startsWith(source)) continue;
    found.add(id);
    waiting.push(...(modules.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}

/** What the log needs, and what of it other pages need too. */
function planned(modules: Modules): { log: Set<string>; others: Set<string> } {
  const routes = [...needed(`${source}main.tsx`, modules)];
  const pages = new Set(routes.flatMap((id) => modules.getModuleInfo(id)?.dynamicallyImportedIds ?? []));
  const others = new Set<string>();
  for (const page of pages) {
    const parts = needed(page, modules);
    if (!parts.has(explorer)) for (const part of parts) others.add(part);
  }
  return { log: needed(pageOfLog, modules), others };
}

let plan: ReturnType<typeof planned> | undefined;
const named = (name: string, isIn: (id: string, plan: ReturnType<typeof planned>) => boolean) => ({
  debugName: name,
  name: (id: string, modules: Modules): string | null => (isIn(id, (plan ??= planned(modules))) ? name : null),
});

/**
 * The way to the first rows in few files. Left to itself the bundler makes a file of each set of modules that some pages share: 45 of them before the
 * first row, most of some hundred bytes, which compress to 207 kB and cost a request each; in six files the same code is 198 kB.
 */
export const chunkGroups = [
  { name: "console", tags: ["$initial" as const], priority: 4 },
  { ...named("shared", (id, { log, others }) => log.has(id) && others.has(id)), priority: 3 },
  { name: "icons", test: /[\\/]lucide-react[\\/]/, minShareCount: 3, priority: 2 },
  // Without what it needs of npm: that would go into its file although other pages need it, and they would fetch the whole explorer for it.
  { ...named("explorer", (id, { log }) => log.has(id)), priority: 1, includeDependenciesRecursively: false },
];
