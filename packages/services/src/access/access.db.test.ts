import { equals, everything } from "@daybook/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { look, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { authenticateToken, createToken, listTokens, memberViewer, openSession, recordFailedSignIn, revokeToken, setUp, slugOf } from "./index.ts";

let platform: TestPlatform;
const actions = async (organizationId: string) =>
  (await platform.store.feed(organizationId, { afterSeq: 0, query: everything, limit: 100 })).events.map(({ action }) => action);

beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

const setup = {
  owner: { name: "Alice Chen", email: "Alice@Company.com", password: "correct horse battery" },
  organization: { name: "Acme & Söhne", timeZone: "Europe/Paris" },
};
const runSetup = () => setUp(platform, setup, { passwordHash: "hash", request: { ip: "192.168.1.100" }, starters: [] });

test("setup makes owner, organization and first token once, however many try at the same time, and records it", async () => {
  const attempts = await Promise.allSettled([runSetup(), runSetup(), runSetup()]);
  const done = attempts.filter((attempt) => attempt.status === "fulfilled");
  expect(done).toHaveLength(1);
  const result = done[0]?.value;
  if (!result) throw new Error("one setup succeeds");
  expect(result.organization.slug).toBe("acme-so-hne");
  expect(await actions(result.organization.id)).toEqual(["organization_created", "api_token_workspace_created"]);
  expect((await authenticateToken(platform, result.token)).context.viewer).toMatchObject({ kind: "token", organizationId: result.organization.id });
  await expect(runSetup()).rejects.toMatchObject({ code: "conflict" });
  const person = { id: result.userId, name: "Alice Chen", email: "alice@company.com" };
  await platform.store.platformTransaction((tx) => openSession(platform, tx, { person, method: "password", request: { ip: "10.0.0.1" } }));
  await recordFailedSignIn(platform, { email: "ALICE@company.com", request: { ip: "10.0.0.2" }, reason: "wrong_password" });
  await recordFailedSignIn(platform, { email: "nobody@company.com", request: {}, reason: "wrong_password" });
  expect(await actions(result.organization.id)).toEqual(["organization_created", "api_token_workspace_created", "user_logged_in", "user_login_failed"]);
});

test("a token works until it is revoked or expires, and every other text is refused alike", async () => {
  const owner = await testOrganization(platform);
  const { id, token } = await perform(platform, owner, createToken, { name: "siem pull", scopes: ["events:read"] });
  expect((await authenticateToken(platform, token)).context.viewer).toMatchObject({ tokenId: id, scopes: ["events:read"] });
  const refusals = [token.slice(0, -1), `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`, "", "Bearer", `${token}x`];
  for (const text of refusals) await expect(authenticateToken(platform, text)).rejects.toMatchObject({ code: "unauthenticated" });
  await perform(platform, owner, revokeToken, { tokenId: id });
  await expect(authenticateToken(platform, token)).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(perform(platform, owner, revokeToken, { tokenId: id })).rejects.toMatchObject({ code: "not_found" });

  const soon = await perform(platform, owner, createToken, { name: "short", scopes: ["events:write"], expiresAt: new Date(Date.now() + 60_000).toISOString() });
  const later = { ...platform, now: () => new Date(Date.now() + 61_000) };
  await expect(authenticateToken(later, soon.token)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a token is kept as its hash: neither table nor log holds its text", async () => {
  const owner = await testOrganization(platform);
  const { token } = await perform(platform, owner, createToken, { name: "ci", scopes: ["events:write"] });
  const secret = token.slice(20);
  const rows = await look<{ text: string }>(platform, "select workspace_tokens::text as text from workspace_tokens union all select events::text from events");
  expect(rows.filter(({ text }) => text.includes(secret))).toEqual([]);
  expect(JSON.stringify(await read(platform, owner, listTokens, undefined))).not.toContain(secret);
});

test("creating and revoking a token are events that name it and who did it", async () => {
  const owner = await testOrganization(platform);
  const { id } = await perform(platform, owner, createToken, { name: "ci", scopes: ["events:write"] });
  await perform(platform, owner, revokeToken, { tokenId: id });
  const page = await platform.store.search(owner.viewer.organizationId, { query: equals("resource.id", id), limit: 10 });
  expect(page.events.map(({ action, actor }) => ({ action, actor: actor.id }))).toEqual([
    { action: "api_token_workspace_revoked", actor: owner.viewer.actor.id },
    { action: "api_token_workspace_created", actor: owner.viewer.actor.id },
  ]);
});

test("another's organization and one that does not exist get the same answer", async () => {
  const [mine, theirs] = [await testOrganization(platform), await testOrganization(platform)];
  const person = personOf(mine);
  const answers = await Promise.allSettled([
    memberViewer(platform, person, theirs.viewer.organizationId),
    memberViewer(platform, person, "01900000-0000-7000-8000-000000000000"),
  ]);
  expect(answers.map((answer) => answer.status === "rejected" && String(answer.reason))).toEqual(
    Array(2).fill("Refusal: There is no such organization, or you are not a member of it."),
  );
  await expect(
    perform(platform, theirs, revokeToken, { tokenId: (await perform(platform, mine, createToken, { name: "x", scopes: ["events:read"] })).id }),
  ).rejects.toMatchObject({
    code: "not_found",
  });
});

test.each([
  ["Larkspur Analytics", "larkspur-analytics"],
  ["株式会社", "organization"],
  ["--A--", "a"],
])("%s is %s in a URL", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

function personOf({ viewer }: Context) {
  if (viewer.kind !== "member") throw new Error("a person");
  return { id: viewer.userId, name: viewer.actor.name ?? "", email: viewer.actor.email ?? "" };
}
