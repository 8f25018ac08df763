import { catalogEntries } from "@daybook/catalog";
import { expect, test } from "vitest";
import { accessSearch } from "../access-actions.ts";
import { builtInViewOf, builtInViews } from "./index.ts";

const searchLengthMax = 2_000;
const valuesMax = 100;

test("no two built-in views share an id or a name, and each is found by its id", () => {
  expect(new Set(builtInViews.map(({ id }) => id)).size).toBe(builtInViews.length);
  expect(new Set(builtInViews.map(({ name }) => name)).size).toBe(builtInViews.length);
  for (const view of builtInViews) expect(builtInViewOf(view.id)).toBe(view);
  expect(builtInViewOf("none")).toBeUndefined();
});

test.each(builtInViews.map((view) => [view.id, view] as const))(
  "%s has an id that can stand in a link, words that a person can read, and a search that fits",
  (_id, view) => {
    expect(view.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(view.description).toMatch(/\.$/);
    expect(view.state.q.length).toBeLessThanOrEqual(searchLengthMax);
  },
);

test("the search for changes of access holds no more values than a search may", () => {
  expect(accessSearch.split(" OR ").length).toBeLessThanOrEqual(valuesMax);
});

test("namespaces and operations that they name are those of the catalog", () => {
  const entries = catalogEntries();
  const known = new Set(entries.flatMap(({ namespace, operation }) => [`namespace:${namespace}`, operation]));
  for (const { state } of builtInViews) {
    for (const [namespace] of state.q.matchAll(/namespace:\w+/g)) expect(known).toContain(namespace);
    for (const [, operations = ""] of state.q.matchAll(/operation:\(([^)]*)\)/g)) for (const each of operations.split(" OR ")) expect(known).toContain(each);
  }
});
