import { describe, expect, test } from "vitest";
import { mayImport, pure } from "./layers.ts";
import { filesBelow, isTest, read, workspace } from "./repo.ts";

const packages = workspace();
const importPattern = /(?:from|import)\s*\(?\s*"([^"]+)"/g;
const importsOf = (path: string): string[] => [...read(path).matchAll(importPattern)].map((match) => match[1] ?? "");
const sources = (folder: string) => filesBelow(`${folder}/src`).filter((path) => /\.tsx?$/.test(path) && !isTest(path) && !path.includes("/testing/"));

test("every package of the workspace has its row in the table, and every row its package", () => {
  expect(packages.map(({ name }) => name).toSorted()).toEqual(Object.keys(mayImport).toSorted());
});

describe.each(packages)("$name", ({ name, folder, dependencies, devDependencies }) => {
  const allowed = mayImport[name] ?? [];

  test("declares only what the table allows", () => {
    expect(dependencies.filter((dependency) => !allowed.includes(dependency))).toEqual([]);
  });

  test("imports only what it declares and the table allows", () => {
    for (const path of sources(folder)) {
      const crossed = importsOf(path)
        .filter((specifier) => specifier.startsWith("@daybook/"))
        .map((specifier) => specifier.split("/")[1] ?? "")
        .filter((target) => !allowed.includes(target) && !(name === "web" && target === "api" && isTypeOnly(path)));
      expect({ path, crossed }).toEqual({ path, crossed: [] });
    }
  });

  test("reaches no neighbour by path", () => {
    for (const path of filesBelow(`${folder}/src`).filter((file) => /\.tsx?$/.test(file))) {
      const depth = path.split("/").length - folder.split("/").length - 1;
      for (const specifier of importsOf(path)) expect({ path, specifier, up: ups(specifier) <= depth }).toEqual({ path, specifier, up: true });
    }
  });

  test("tells the compiler of exactly the packages it depends on", () => {
    // The console has one configuration for its sources and one for its tools.
    const config = JSON.parse(read(`${folder}/${name === "web" ? "tsconfig.src.json" : "tsconfig.json"}`)) as { references?: { path: string }[] };
    const references = (config.references ?? []).map(({ path }) => path.split("/").at(-1) ?? "");
    // The published client carries what it uses inside its build, so its readers install nothing else.
    const known = name === "web" || name === "sdk" ? [...dependencies, ...devDependencies] : dependencies;
    expect(references.filter((reference) => !known.includes(reference))).toEqual([]);
    expect(dependencies.filter((dependency) => !references.includes(dependency))).toEqual([]);
  });
});

test.each(pure)("%s is compiled without Node and without a browser", (name) => {
  const config = JSON.parse(read(`packages/${name}/tsconfig.json`)) as { compilerOptions?: { types?: string[]; lib?: string[] } };
  expect(config.compilerOptions?.types ?? []).toEqual([]);
  expect((config.compilerOptions?.lib ?? []).filter((lib) => lib.startsWith("dom"))).toEqual([]);
});

const ups = (specifier: string): number => specifier.split("/").filter((part) => part === "..").length;
const isTypeOnly = (path: string): boolean => !/import\s+(?!type)[^;]*"@daybook\/api/.test(read(path));
