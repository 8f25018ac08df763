import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { actionsOf, callTrpc, setUpOwner, testApi } from "../../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../../test/test-api.ts";
import { joinMember } from "../../../../test/join-member.ts";

const page = readFileSync(join(import.meta.dirname, "../../../../../../docs/access.md"), "utf8");
const blocks = [...page.matchAll(/```sh\n([^]*?)```/g)].map(([, text = ""]) => text);

let api: TestApi;
let owner: Owner;
let token: string;

beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
  await joinMember(api, owner, "ann@example.com");
  const made = await callTrpc(api, "tokens.create", {
    input: { name: "host", scopes: ["access:read", "access:write"] },
    mutation: true,
    cookie: owner.cookie,
    organizationId: owner.organizationId,
  });
  token = (made.data as { token: string }).token;
});
afterAll(() => api.close());

const run = async (text: string): Promise<string> => {
  const env = { ...process.env, DAYBOOK_URL: api.url, DAYBOOK_TOKEN: token };
  return (await promisify(execFile)("sh", ["-e", "-c", text], { env })).stdout;
};

test("the lines of the page run as they stand, in their order, and say what the page says", async () => {
  expect(blocks).toHaveLength(5);
  const answers: string[] = [];
  for (const block of blocks) answers.push(await run(block));
  const asked = answers[3] ?? "";
  expect(asked).toContain('"reason":"by group Data team: Query"');
  expect(asked).toContain('"reason":"given directly: Manage"');
  const actions = await actionsOf(api, owner.organizationId);
  for (const action of [
    "group_created",
    "group_member_added",
    "connection_created",
    "connection_group_added_with_role",
    "collection_created",
    "collection_member_added",
    "workspace_default_access_changed",
    "connection_group_removed",
    "collection_member_removed",
    "group_member_removed",
    "group_deleted",
    "connection_deleted",
  ])
    expect(actions).toContain(action);
});

test("run a second time, the lines that say how things shall be record nothing that is so already", async () => {
  const keeping = blocks.slice(0, 3);
  for (const block of keeping) await run(block);
  const before = (await actionsOf(api, owner.organizationId)).length;
  for (const block of keeping) await run(block);
  expect((await actionsOf(api, owner.organizationId)).length).toBe(before);
});
