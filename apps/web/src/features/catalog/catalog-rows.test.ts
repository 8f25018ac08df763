import { expect, test } from "vitest";
import { fakeCatalogAnswers, untoldCatalog } from "../../testing/fake-catalog.ts";
import { catalogRows, stateCounts, wantsCustom, type Catalog, type CustomAction } from "./catalog-rows.ts";
import { isNarrowed, readCatalogSearch, withChoice, type CatalogSearch } from "./catalog-search.ts";
import { curlSnippet, sdkSnippet } from "./write-snippets.ts";

const answers = fakeCatalogAnswers({});
const catalog = answers["catalog.list"]?.() as Catalog;
const page = answers["catalog.custom"]?.() as { actions: CustomAction[] };
const custom = page.actions;
const keysOf = (search: CatalogSearch) => catalogRows(catalog, custom, search).flatMap(({ rows }) => rows.map(({ key }) => key));

test("all actions stand in their namespaces, and the custom ones last", () => {
  const groups = catalogRows(catalog, custom, {});
  expect(groups.map(({ id }) => id)).toEqual([...catalog.namespaces.map(({ id }) => id), "custom"]);
  expect(keysOf({})).toHaveLength(catalog.entries.length + custom.length);
});

test.each<[CatalogSearch, string[]]>([
  [{ q: "ROLE bob" }, ["org_user_role_changed"]],
  [{ q: "kiln" }, ["kiln_fired"]],
  [{ q: "nothing like it" }, []],
  [{ state: "custom" }, ["iam:CreateAccessKey", "kiln_fired", "protected_branch.destroy"]],
  [{ preset: "business_intelligence" }, ["org_user_role_changed", "org_user_invited", "connection_member_added_with_role"]],
  [{ preset: "automation", group: "Connections" }, ["connection_invite_consumed"]],
  [{ preset: "no_such_preset" }, []],
  [{ log: "system" }, ["dbt_data_sync_started", "dbt_data_sync_completed"]],
  [{ namespace: "users", state: "seen" }, ["user_logged_in", "org_user_role_changed", "org_user_invited"]],
  [{ namespace: "organization_variables", state: "never" }, ["organization_variable_created"]],
])("%o finds %o", (search, keys) => {
  expect(keysOf(search)).toEqual(keys);
});

test("ordered by volume or by time, known and custom actions stand in one list", () => {
  expect(keysOf({ order: "volume" })[0]).toBe("user_logged_in");
  expect(keysOf({ order: "volume", state: "custom" })).toEqual(["kiln_fired", "iam:CreateAccessKey", "protected_branch.destroy"]);
  expect(keysOf({ order: "latest", state: "custom" })).toEqual(["kiln_fired", "iam:CreateAccessKey", "protected_branch.destroy"]);
});

test("the counts of the states add up, and are told to nobody who may not know them", () => {
  const counts = stateCounts(catalog);
  expect(counts).toMatchObject({ all: keysOf({}).length, seen: keysOf({ state: "seen" }).length, never: keysOf({ state: "never" }).length, custom: 3 });
  expect([counts?.capped, stateCounts({ ...catalog, customCount: catalog.customCountedMax })?.capped]).toEqual([false, true]);
  expect(stateCounts(untoldCatalog)).toBeNull();
});

test.each<[CatalogSearch, boolean]>([
  [{}, true],
  [{ state: "seen" }, true],
  [{ state: "never" }, false],
  [{ preset: "automation" }, false],
  [{ log: "system" }, false],
])("with %o the server is asked for custom actions: %s", (search, wanted) => {
  expect(wantsCustom(search)).toBe(wanted);
});

test("what a link got wrong is left out", () => {
  expect(readCatalogSearch({ state: "foo", order: ["volume"], group: "Webhooks", log: "system", q: "" })).toEqual({ log: "system" });
  expect(readCatalogSearch({ preset: "automation", group: "Webhooks", action: "webhook_created" })).toEqual({
    preset: "automation",
    group: "Webhooks",
    action: "webhook_created",
  });
  expect(withChoice({ q: "a", order: "volume" }, { q: "" })).toEqual({ order: "volume" });
  expect([isNarrowed({ order: "volume", action: "x" }), isNarrowed({ state: "never" })]).toEqual([false, true]);
});

test("the snippets are complete, whatever stands in the sample", () => {
  const event = { action: "team_created", resource: { type: "team", name: "Bob's" } };
  expect(curlSnippet("https://daybook.acme.example", event)).toContain(`"name":"Bob'\\''s"`);
  expect(sdkSnippet("https://daybook.acme.example", event)).toContain(
    `daybook.log({\n  action: "team_created",\n  resource: {"type":"team","name":"Bob's"}\n});`,
  );
});
