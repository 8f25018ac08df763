import { vocabulary } from "@daybook/catalog";
import { builtInRedactor, prepareEvent } from "@daybook/event";
import { clausesToQuery, matches, parseSearch } from "@daybook/query";
import type { CaseSubject } from "@daybook/store";
import { expect, test } from "vitest";
import { demoEvents } from "../../activity/demo/demo-events.ts";
import { reviewItems } from "../review-items.ts";
import { recipeOf } from "./index.ts";

const now = new Date("2026-11-20T15:30:00.000Z");
const log = demoEvents({ now, seed: 20_261_120, zone: "Europe/Paris" }).map((event, at) => {
  const arrival = { id: `event-${at}`, receivedAt: now, source: "demo", tokenId: null, origin: null, actor: { type: "system" as const } };
  const prepared = prepareEvent(event, arrival, vocabulary, builtInRedactor);
  if ("problem" in prepared) throw new Error(prepared.problem.message);
  return prepared.event;
});
const found = (q: string) => {
  const query = clausesToQuery(parseSearch(q).clauses);
  return log.filter((event) => matches(query, event as never));
};

/** What each step of a recipe finds in the month of the demo company. */
function walk(id: string, subject: CaseSubject) {
  const recipe = recipeOf(id);
  if (!recipe) throw new Error(`no recipe ${id}`);
  return Object.fromEntries(recipe.steps.map((step) => [step.id, found(step.q(subject))]));
}
const actorsOf = (events: readonly { actor: { name?: string | undefined } }[] | undefined) =>
  [...new Set(events?.map(({ actor }) => actor.name ?? ""))].toSorted();
const actionsOf = (events: readonly { action: string }[] | undefined) => [...new Set(events?.map(({ action }) => action))].toSorted();

test("who made payroll public, and who took it back, is what changed in it", () => {
  const steps = walk("what_changed", { kind: "resource", value: "Payroll overview" });
  const changes = steps["before_after"]?.map(({ actor, changes: told }) => [actor.name, told?.fields[0]?.before, told?.fields[0]?.after]);
  expect(changes).toEqual([
    ["Diego Torres", "private", "public"],
    ["Aiko Tanaka", "public", "private"],
  ]);
  expect(steps["changes"]?.filter(({ action }) => action === "report_visibility_changed")).toHaveLength(2);
  expect(actorsOf(steps["who"])).toEqual(expect.arrayContaining(["Aiko Tanaka", "Diego Torres"]));
});

test("one user's night shows: the odd address, the passwords that were wrong, the exports", () => {
  const steps = walk("one_user", { kind: "actor", value: "tomasz.nowak@larkspur.example" });
  expect(actorsOf(steps["everything"])).toEqual(expect.arrayContaining(["Tomasz Nowak"]));
  expect(new Set(steps["addresses"]?.map(({ context }) => context.ip))).toContain("192.0.2.166");
  expect(steps["failed"]?.filter(({ action, context }) => action === "user_login_failed" && context.ip === "192.0.2.166")).toHaveLength(3);
  expect(steps["exports"]?.filter(({ context }) => context.ip === "192.0.2.166")).toHaveLength(26);
});

test("a leak of customers leads to who took them out, although what was exported is a query", () => {
  const steps = walk("data_leak", { kind: "resource", value: "customers_db" });
  expect(steps["exports"]?.length).toBeGreaterThanOrEqual(26);
  expect(actorsOf(steps["exports"])).toEqual(["Tomasz Nowak"]);
  expect(actorsOf(steps["readers"])).toContain("Tomasz Nowak");
  expect(steps["timeline"]?.length).toBeGreaterThanOrEqual(steps["exports"]?.length ?? 0);
});

test("who had permission is told where the log tells it, and found empty where it does not", () => {
  const told = walk("data_leak", { kind: "resource", value: "Snowflake production" })["permission"];
  expect(actionsOf(told)).toEqual(["connection_member_access_changed", "connection_member_added_with_role", "connection_member_removed"]);
  expect(walk("data_leak", { kind: "resource", value: "All customers" })["permission"]).toEqual([]);
});

test("a pipeline that failed shows its errors, and a single run its course", () => {
  const steps = walk("failed_operation", { kind: "resource", value: "Daily ETL" });
  expect(steps["failures"]?.map(({ error }) => error?.message)).toContain("Step 2 - database connection timeout");
  expect(actionsOf(steps["around"])).toEqual(expect.arrayContaining(["pipeline_failed", "pipeline_restarted", "pipeline_started"]));
  const failed = steps["failures"]?.[0];
  const run = walk("failed_operation", { kind: "operation", value: failed?.operation_id ?? "" });
  expect(actionsOf(run["around"])).toEqual(expect.arrayContaining(["pipeline_failed", "pipeline_started"]));
  expect(run["failures"]?.map(({ id }) => id)).toEqual([failed?.id]);
});

test("each item of the weekly review finds something in the month, but where nothing is tagged", () => {
  const counts = Object.fromEntries(reviewItems.flatMap(({ id, q }) => (q === null ? [] : [[id, found(q).length]])));
  expect(counts).toMatchObject({ large_exports: expect.any(Number), anonymous: 1 });
  for (const id of ["permission_changes", "admin_roles", "failed_operations", "large_exports", "new_actors"]) expect(counts[id], id).toBeGreaterThan(0);
});
