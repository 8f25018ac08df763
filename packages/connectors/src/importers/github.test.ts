import { describe, expect, test } from "vitest";
import arrayText from "../../fixtures/github-audit.array.json?raw";
import text from "../../fixtures/github-audit.ndjson?raw";
import type { Json } from "@daybook/event";
import { mapAll, mapOne, rateOf } from "../testing.ts";
import { github } from "./github.ts";

const read = (record: Json) => mapOne(github, record);
const lines = mapAll(github, text);

test("every line and every item of the container becomes one event with an action and an actor", () => {
  expect(lines).toHaveLength(43);
  expect(mapAll(github, arrayText)).toHaveLength(25);
  for (const { event } of lines) expect(event).toMatchObject({ action: expect.any(String), actor: { type: expect.any(String) }, log_type: "activity" });
});

test("the fields are as full as the records are", () => {
  expect(rateOf(lines, ({ event }) => event.occurred_at)).toBeCloseTo(32 / 43);
  expect(rateOf(lines, ({ event }) => event.actor?.name)).toBe(1);
  expect(rateOf(lines, ({ event }) => event.resource)).toBeCloseTo(42 / 43);
  expect(rateOf(lines, ({ vendorId }) => vendorId ?? undefined)).toBeCloseTo(11 / 43);
});

describe("who", () => {
  test("a record without an actor is GitHub's own doing", () => {
    expect(read({ action: "repo.archived" }).actor).toEqual({ type: "system", name: "GitHub" });
    expect(read({ action: "git.push", actor: "" }).actor).toEqual({ type: "system", name: "GitHub" });
  });

  test("a bot is a service user, by its flag or by its name", () => {
    expect(read({ action: "git.push", actor: "secret-scanning[bot]" }).actor?.type).toBe("service_user");
    expect(read({ action: "git.push", actor: "ci", actor_is_bot: true })).toMatchObject({ actor: { type: "service_user" }, origin: "automation" });
  });

  test("a person keeps id, login and the e-mail of the identity provider", () => {
    expect(read({ action: "repo.create", actor: "badger", actor_id: 1234567, external_identity_nameid: "badger@acme.com" }).actor).toEqual({
      type: "user",
      id: "1234567",
      name: "badger",
      email: "badger@acme.com",
    });
  });

  test("an actor id above 2^53 keeps its digits", () => {
    expect(read({ action: "repo.create", actor: "badger", actor_id: JSON.rawJSON("9007199254740993") }).actor?.id).toBe("9007199254740993");
  });

  test("the use of a token is an act through the API", () => {
    expect(read({ action: "git.clone", actor: "cat", programmatic_access_type: "Fine-grained personal access token" })).toMatchObject({
      origin: "api",
      metadata: { programmatic_access_type: "Fine-grained personal access token" },
    });
  });
});

describe("what and on what", () => {
  test.each([
    ["repo.create", {}, "created", "repository", "my-org/my-repo"],
    ["repo.access", {}, "updated", "repository", "my-org/my-repo"],
    ["repo.destroy", {}, "deleted", "repository", "my-org/my-repo"],
    ["org.add_member", { user: "bob" }, "granted", "user", "bob"],
    ["org.remove_member", { user: "bob" }, "revoked", "user", "bob"],
    ["team.promote_maintainer", { user: "bob" }, "promoted", "user", "bob"],
    ["git.clone", {}, "exported", "repository", "my-org/my-repo"],
    ["workflows.completed_workflow_run", { workflow_id: 44444444, name: "nightly" }, "completed", "workflow", "nightly"],
    ["hook.create", { data: { hook_id: 111222333444555 } }, "created", "hook", "111222333444555"],
    ["protected_branch.policy_override", { branch: "refs/heads/main" }, "executed", "protected_branch", "refs/heads/main"],
    ["repository_vulnerability_alert.dismiss", { ghsa_id: "GHSA-1", operation_type: "modify" }, "updated", "repository_vulnerability_alert", "GHSA-1"],
    ["made_up.by_nobody", { operation_type: "remove" }, "deleted", "repository", "my-org/my-repo"],
  ])("%s", (action, more, operation, type, name) => {
    const event = read({ action, actor: "cat", org: "my-org", repo: "my-org/my-repo", ...more });
    expect(event).toMatchObject({ action, operation, namespace: action.split(".")[0] });
    expect([event.resource?.type, event.resource?.name ?? event.resource?.id]).toEqual([type, name]);
    expect(event.description).toContain(name);
    expect(event.related_resources).toContainEqual({ type: "organization", name: "my-org" });
  });

  test("a failed workflow run and an action named after a failure are failed; anything else succeeded", () => {
    expect(read({ action: "workflows.completed_workflow_run", conclusion: "failure" }).status).toBe("failed");
    expect(read({ action: "org.sso_login_failed" }).status).toBe("failed");
    expect(read({ action: "repo.create" }).status).toBe("success");
  });
});

describe("changes", () => {
  test("old_x and previous_x stand before x", () => {
    expect(read({ action: "repo.access", visibility: "public", previous_visibility: "private", old_name: "a", name: "b" }).changes?.fields).toEqual([
      { path: "visibility", before: "private", after: "public" },
      { path: "name", before: "a", after: "b" },
    ]);
  });

  test("older records keep them in data", () => {
    expect(read({ action: "repo.access", data: { old_name: "a", name: "b" } }).changes?.fields).toEqual([{ path: "name", before: "a", after: "b" }]);
    expect(read({ action: "repo.access", data: '{"old_name":"a","name":"b"}' }).changes?.fields).toEqual([{ path: "name", before: "a", after: "b" }]);
  });

  test("those of a ruleset carry the rule's name", () => {
    const ruleset_rules_updated = [{ name: "pull_request", old_parameters: { approvals: 2 }, parameters: { approvals: 0 } }];
    expect(read({ action: "repository_ruleset.update", ruleset_rules_updated }).changes?.fields).toEqual([
      { path: "ruleset_rules.pull_request.parameters", before: { approvals: 2 }, after: { approvals: 0 } },
    ]);
  });
});

test("the time of the stream goes before the time of creation, and a missing one is told", () => {
  expect(read({ action: "repo.create", "@timestamp": 1712643475186, created_at: 1710369387788 }).occurred_at).toBe("2024-04-09T06:17:55.186Z");
  expect(read({ action: "repo.create", created_at: "1710369387788" }).occurred_at).toBe("2024-03-13T22:36:27.788Z");
  const without = read({ action: "repo.create" });
  expect(without.occurred_at).toBeUndefined();
  expect(without.metadata).toEqual({ time_missing: true });
});

test("an address that is none stays readable as the source", () => {
  expect(read({ action: "repo.create", actor_ip: "203.0.113.7" }).context).toEqual({ ip: "203.0.113.7" });
  expect(read({ action: "repo.create", actor_ip: "private" })).toMatchObject({ metadata: { source_address: "private" } });
});
