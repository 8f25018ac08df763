import { builtInViews, permissionChanges } from "@daybook/alerts";
import { catalogEntries } from "@daybook/catalog";
import type { AuditEvent, Status } from "@daybook/event";
import { canonicalSearch, clausesToQuery, matches, parseSearch, queryOf } from "@daybook/query";
import { describe, expect, test } from "vitest";
import { viewState } from "./view-state.ts";

const queryOfView = (id: string) => {
  const view = builtInViews.find((each) => each.id === id);
  return clausesToQuery(parseSearch(view?.state.q ?? "").clauses, {});
};

describe.each(builtInViews.map((view) => [view.id, view] as const))("%s", (_id, { state }) => {
  test("is a search that is understood whole, and a state that a saved view could have", () => {
    expect(parseSearch(state.q).problems).toEqual([]);
    expect(parseSearch(canonicalSearch(state.q)).clauses).toEqual(parseSearch(state.q).clauses);
    expect(queryOf({ q: state.q }).is).toBe("all");
    expect(viewState.parse(state)).toEqual(state);
  });
});

describe("the view of permission changes and the alert of that name are one definition", () => {
  const query = queryOfView("permission-changes");
  const shows = (event: AuditEvent) => matches(query, event as never);
  const fires = (event: AuditEvent) => permissionChanges.matches(permissionChanges.defaults, event);
  const event = (action: string, operation: string, status: Status = "success"): AuditEvent => ({ ...permissionChanges.sample, action, operation, status });

  test("for every action that the catalog knows, in every status", () => {
    const entries = catalogEntries();
    for (const status of ["success", "failed", "in_progress", "pending_approval"] as const)
      for (const { key, operation } of entries)
        expect([key, status, shows(event(key, operation, status))]).toEqual([key, status, fires(event(key, operation, status))]);
    expect(entries.filter(({ key, operation }) => shows(event(key, operation))).length).toBeGreaterThan(50);
  });

  test.each([
    "user.account.privilege.grant",
    "group.user_membership.add",
    "application.user_membership.remove",
    "system.api_token.create",
    "iam.role.update",
    "role_change_to_admin",
    "permissions_assigned",
    "owner_transferred",
    "member_role_lowered",
    "warehouse_ownership_transferred",
    "git.push",
    "user.session.start",
    "quarterly_forecast_touched",
  ])("for %s, which the catalog does not know", (action) => {
    expect(shows(event(action, "other"))).toBe(fires(event(action, "other")));
  });

  test("for looking at permissions, which changes none", () => {
    for (const operation of ["viewed", "exported"])
      expect([shows(event("permission_granted", operation)), fires(event("permission_granted", operation))]).toEqual([false, false]);
  });
});

test.each([
  ["large-exports", { operation: "exported", rows_returned: 10_001 }, true],
  ["large-exports", { operation: "exported", rows_returned: 10_000 }, false],
  ["sensitive-access", { operation: "viewed", metadata: { tags: ["pii"] } }, true],
  ["sensitive-access", { operation: "viewed", metadata: { tags: ["public"] } }, false],
  ["failed-operations", { status: "failed" }, true],
  ["weekly-review", { operation: "viewed" }, false],
  ["weekly-review", { operation: "updated" }, true],
  ["failed-syncs", { namespace: "syncs", status: "failed" }, true],
  ["api-tokens", { namespace: "api_tokens" }, true],
  ["anonymous", { actor: { type: "anonymous" } }, true],
  ["anonymous", { actor: { type: "user", id: "u" } }, false],
] as const)("%s of %j: %s", (id, more, shown) => {
  expect(matches(queryOfView(id), { ...permissionChanges.sample, ...more } as never)).toBe(shown);
});
