import { expect, test } from "vitest";
import { filesBelow, read } from "./repo.ts";

/** Folders in which a kind is one file and one line of the registry. */
const registries = [
  { folder: "packages/connectors/src/importers", registry: "packages/connectors/src/importers/index.ts", tested: true },
  { folder: "packages/connectors/src/dialects", registry: "packages/connectors/src/dialects/index.ts", tested: true },
  { folder: "packages/connectors/src/sources", registry: "packages/connectors/src/sources/index.ts", tested: true },
  { folder: "packages/alerts/src/kinds", registry: "packages/alerts/src/kinds/index.ts", tested: true },
  { folder: "packages/catalog/src/namespaces", registry: "packages/catalog/src/namespaces/index.ts", tested: false },
  { folder: "packages/policy/src/shared-kinds", registry: "packages/policy/src/shared-kinds/index.ts", tested: false },
  { folder: "apps/worker/src/jobs", registry: "apps/worker/src/jobs/index.ts", tested: false },
];

test.each(registries)("each kind in $folder has one import in the registry, and its test beside it", ({ folder, registry, tested }) => {
  const files = filesBelow(folder).filter((path) => path.slice(folder.length + 1).match(/^[a-z0-9-]+\.ts$/) && path !== registry);
  const kinds = files.filter((path) => /export const \w+ = define[A-Z]\w*\(|satisfies (Importer|Source|AlertKind)\b/.test(read(path)));
  expect(kinds.length).toBeGreaterThan(0);
  const imported = [...read(registry).matchAll(/from "\.\/([a-z0-9-]+)\.ts"/g)].map((match) => `${folder}/${match[1]}.ts`);
  for (const kind of kinds) {
    expect(imported.filter((path) => path === kind)).toEqual([kind]);
    if (tested) expect(filesBelow(folder)).toContain(kind.replace(/\.ts$/, ".test.ts"));
  }
});
