import { afterAll, beforeAll, expect, test } from "vitest";
import { getEvents, logOf, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

const operatorToken = "the-operators-token-of-these-tests";
const nobody = "0198d3f2-7a10-7000-8000-000000000000";
let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await testApi({ operatorToken });
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

const ask = async (path: string, { token = operatorToken, method = "GET", body }: { token?: string; method?: string; body?: unknown } = {}) => {
  const response = await fetch(`${api.url}/v1/operator/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const planPath = (id = owner.organizationId) => `organizations/${id}/plan`;

test("the operator lists the organizations", async () => {
  expect(await ask("organizations")).toEqual({
    status: 200,
    body: { organizations: [{ id: owner.organizationId, name: "Acme", slug: owner.slug, demo: false }] },
  });
});

test("the plan that the operator sets is read back, holds for tokens, and is in the organization's log", async () => {
  const plan = { name: "Free", without: ["log"], retention_days_max: 30 };
  expect(await ask(planPath(), { method: "PUT", body: plan })).toEqual({ status: 200, body: plan });
  expect(await ask(planPath())).toEqual({ status: 200, body: plan });
  const refused = await getEvents(api, owner.token);
  expect([refused.status, refused.body["code"], refused.body["detail"]]).toEqual([
    402,
    "not_in_plan",
    expect.stringContaining("not part of this organization's plan"),
  ]);
  expect(refused.body).not.toHaveProperty("events");
  expect(await ask(planPath(), { method: "PUT", body: { name: "Pro" } })).toMatchObject({ status: 200, body: { without: [], retention_days_max: null } });
  const changes = (await logOf(api, owner.organizationId)).filter(({ action }) => action === "organization_plan_changed");
  expect(changes).toMatchObject([{ origin: "api", actor: { name: "Operator" } }, { changes: { after: { name: "Pro" } } }]);
});

test.each([
  ["no name", {}],
  ["an unknown feature", { name: "Free", without: ["telepathy"] }],
  ["no days", { name: "Free", retention_days_max: 0 }],
  ["a half day", { name: "Free", retention_days_max: 0.5 }],
  ["an unknown field", { name: "Free", price: 3 }],
  ["a list", []],
])("a plan with %s is refused", async (_what, body) => {
  expect(await ask(planPath(), { method: "PUT", body })).toMatchObject({ status: 400, body: { code: "invalid" } });
});

test("an organization that is not there is not found", async () => {
  expect(await ask(planPath(nobody))).toMatchObject({ status: 404, body: { code: "not_found" } });
  expect(await ask(planPath(nobody), { method: "PUT", body: { name: "Free" } })).toMatchObject({ status: 404 });
});

test("no other token opens the operator's door, and guessing is slowed down", async () => {
  expect(await ask("organizations", { token: owner.token })).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
  const answers = [];
  for (let attempt = 0; attempt < 25; attempt += 1) answers.push((await ask("organizations", { token: `guess ${attempt}` })).status);
  expect(answers).toContain(429);
  expect((await ask("organizations")).status).toBe(200);
});

test("without the setting there is no such door", async () => {
  const closed = await testApi();
  try {
    const response = await fetch(`${closed.url}/v1/operator/organizations`, { headers: { authorization: "Bearer undefined" } });
    expect(response.status).toBe(404);
  } finally {
    await closed.close();
  }
});
