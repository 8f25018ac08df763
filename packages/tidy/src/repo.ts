import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout that these tests look at. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

const skipped = new Set(["node_modules", "dist", ".git", ".turbo", ".data", "fixtures", "__golden__", "coverage"]);

/** Every file below a folder, as paths from the root, without what tools have made. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [relative(root, join(root, path))];
  });
}

export const read = (path: string): string => readFileSync(join(root, path), "utf8");

export interface Manifest {
  name: string;
  folder: string;
  dependencies: string[];
  devDependencies: string[];
}

/** The workspace's packages with their own dependencies on each other, by short name. */
export function workspace(): Manifest[] {
  return ["packages", "apps"].flatMap((group) =>
    readdirSync(join(root, group)).map((short) => {
      const manifest = JSON.parse(read(join(group, short, "package.json"))) as { dependencies?: object; devDependencies?: object };
      const own = (of: object | undefined) => Object.keys(of ?? {}).flatMap((name) => (name.startsWith("@daybook/") ? name.slice("@daybook/".length) : []));
      return { name: short, folder: join(group, short), dependencies: own(manifest.dependencies), devDependencies: own(manifest.devDependencies) };
    }),
  );
}

export const isTest = (path: string): boolean => /\.(test|bench)\.tsx?$/.test(path);
