import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { catalogEntries } from "@daybook/catalog";
import type { Plugin } from "vite";

/**
 * Published types stand alone: from what `tsc -b` wrote to `dist/types`, the declarations that an entry reaches go beside its code. The
 * shape of events comes along from `@daybook/event`, and the known actions as the plain list that they are.
 */
export function publishDeclarations({ folder, entries }: { folder: string; entries: readonly string[] }): Plugin {
  const output = join(folder, "dist");
  return {
    name: "daybook:publish-declarations",
    buildStart() {
      if (!existsSync(output)) return;
      for (const name of readdirSync(output)) if (name !== "types") rmSync(join(output, name), { recursive: true });
    },
    closeBundle() {
      const written = new Set<string>();
      const publish = ({ from, to }: Declaration): void => {
        if (written.has(to)) return;
        written.add(to);
        const text = readFileSync(from, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, "");
        const standing = text.replace(/(from |import\()"([^"]+)"/g, (_whole, before: string, specifier: string) => {
          const target = resolveDeclaration(specifier, { from, to }, output);
          if (target) publish(target);
          const path = target ? relative(dirname(to), target.to) : relative(dirname(to), join(output, knownActions));
          return `${before}"${path.startsWith(".") ? path : `./${path}`}"`.replace(/\.d\.ts"$/, '.js"');
        });
        mkdirSync(dirname(to), { recursive: true });
        writeFileSync(to, standing);
      };
      for (const entry of entries) publish({ from: join(output, "types", `${entry}.d.ts`), to: join(output, `${entry}.d.ts`) });
      const keys = catalogEntries().map(({ key }) => `  | ${JSON.stringify(key)}`);
      writeFileSync(join(output, knownActions), `/** Every action that Daybook knows. */\nexport type KnownAction =\n${keys.join("\n")};\n`);
    },
  };
}

const knownActions = "known-actions.d.ts";
const eventTypes = join(import.meta.dirname, "../event/dist/types");

interface Declaration {
  from: string;
  to: string;
}

/** Undefined stands for the catalog, whose types are the list of its actions. */
function resolveDeclaration(specifier: string, { from, to }: Declaration, output: string): Declaration | undefined {
  if (specifier === "@daybook/catalog") return undefined;
  if (specifier === "@daybook/event") return { from: join(eventTypes, "audit-event.d.ts"), to: join(output, "event/audit-event.d.ts") };
  if (!specifier.startsWith(".")) throw new Error(`${from} needs ${specifier}, which a reader of the published types may not have`);
  const declared = specifier.replace(/\.ts$/, ".d.ts");
  return { from: join(dirname(from), declared), to: join(dirname(to), declared) };
}
