import { actionPattern } from "@daybook/event";
import type { PreparedEvent } from "@daybook/event";
import { expect, test } from "vitest";
import { classify } from "./classify.ts";
import { namespaces } from "./namespaces/index.ts";
import { describeEvent } from "./sentence.ts";

const event = (action: string, resource: PreparedEvent["resource"], metadata = {}) => ({ action, resource, metadata }) as unknown as PreparedEvent;

test("every action is defined once, in snake_case, with a past participle last", () => {
  const actions = namespaces.flatMap((namespace) => Object.keys(namespace.events));
  expect(new Set(actions).size).toBe(actions.length);
  for (const action of actions) {
    expect(action).toMatch(actionPattern);
    expect(action).toMatch(/^[a-z]+(_[a-z]+)*_([a-z]*ed|sent|in|out)$/);
  }
});

test("every sentence names its object and leaves no slot open", () => {
  for (const namespace of namespaces) {
    for (const action of Object.keys(namespace.events)) {
      const sentence = describeEvent(event(action, { type: "thing", id: "t1", name: "Q2" }, { verb: "tokens.create", count: 3 }));
      expect(sentence).not.toMatch(/[{}]/);
      expect(sentence.length).toBeGreaterThan(3);
    }
  }
});

test.each([
  ["notebook_created", { namespace: "notebook", operation: "created", logType: "activity" }],
  ["iam:CreateUser", { namespace: "iam", operation: "created", logType: "activity" }],
  ["user.account.privilege.grant", { namespace: "user", operation: "granted", logType: "activity" }],
  ["frobnicate", { namespace: "custom", operation: "other", logType: "activity" }],
  ["alerts_sent", { namespace: "alerts", operation: "completed", logType: "system" }],
])("%s is classified from the catalog or from its own words", (action, expected) => {
  expect(classify(action)).toEqual(expected);
});

test.each([
  ["notebook_created", 'Created notebook "Q2"'],
  ["iam:CreateUser", 'Iam create user: "Q2"'],
  ["api_token_workspace_created", 'Created workspace token "Q2"'],
])("%s reads as a sentence", (action, sentence) => {
  expect(describeEvent(event(action, { type: "notebook", name: "Q2" }))).toBe(sentence);
});
